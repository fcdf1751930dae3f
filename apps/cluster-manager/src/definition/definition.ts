import type { EntryView } from '@fallover/contract';
import { type DefinitionDocument, err, scriptPath as pathIn } from '@fallover/events';
import type { ClusterStore, WriteRequest } from '@fallover/store';
import type { MethodRules } from '../notification/rules.ts';
import type { NotLaidDown } from '../peers/lay-down.ts';
import type { ScriptLibrary } from '../script-library/script-library.ts';
import { type ScriptUseCases, scriptUseCases } from '../script-library/use-cases.ts';
import { asKnownLast } from './as-known-last.ts';
import { changeUseCases } from './changes.ts';
import type { CheckTrust } from './checks.ts';
import { type EntryUseCases, entryUseCases, namesInBoth } from './entries.ts';
import { hashed } from './documents.ts';
import { exampleUseCase } from './example.ts';
import { exchangeUseCases } from './exchange.ts';
import { definitionError, definitionFaultOf, refusal, systemReason } from './faults.ts';
import { revisionFiles } from './revision-files.ts';
import { revisionUseCases } from './revisions.ts';
import { type DefinitionReader, definitionReader, type NumberedDocument } from './state.ts';
import { layDown, synchroniseUseCases, type VerifyDraft } from './synchronise.ts';
import { definitionViews } from './views.ts';

export interface DefinitionParts {
  store: ClusterStore;
  /** This node, and all nodes of the cluster. */
  node: string;
  nodes(): readonly string[];
  cluster: string;
  /** Where the launcher reads revisions, by hash. */
  revisionDirectory: string;
  /** The folder with the example's `configuration.json` and `scripts/`. */
  exampleSource: string;
  stateDirectory: string;
  checkTrust: CheckTrust;
  /** Before anything becomes active. */
  verifyDraft: VerifyDraft;
  library: ScriptLibrary;
  /** The draft with this hash is laid down on the other members; where that was not done, and why. */
  layDownElsewhere(hash: string): Promise<NotLaidDown[]>;
  /** The settings of a remote notification method with their secrets sealed. */
  sealed(settings: readonly string[]): string[];
  /** What the transport of a remote notification method says besides the rules of the definition; what this node lacks for it. */
  methods: Pick<MethodRules, 'faults' | 'warnings'>;
  /** ISO 8601, UTC. */
  now(): string;
  /** Draft or active revision are other than before: screens are told. */
  changed(): void;
}

export type DefinitionUseCases = EntryUseCases &
  ScriptUseCases &
  ReturnType<typeof changeUseCases> &
  ReturnType<typeof revisionUseCases> &
  ReturnType<typeof synchroniseUseCases> &
  ReturnType<typeof exchangeUseCases> &
  ReturnType<typeof exampleUseCase>;

export interface Definition {
  useCases: DefinitionUseCases;
  /** What runs go by. Number 0 and the empty document before the first synchronise. */
  activeDocument(): Promise<NumberedDocument>;
  /** What would be active after a synchronise, under the number that is active now. */
  draftDocument(): Promise<NumberedDocument>;
  /** What the entry of the draft that a request changes says before it; undefined for one that changes none. */
  entryBefore(endpoint: string, input: { parameters: unknown }): Promise<object | undefined>;
  /** Those of draft and active revision, as a list shows them. */
  notificationMethods(): Promise<EntryView[]>;
  /** The document of any revision: a run keeps its own until it ends. */
  documentOf(hash: string): Promise<DefinitionDocument>;
  /** The same, once its bytes and those of its scripts are on this node (P7): nothing is started by a revision before. */
  laidDown(hash: string): Promise<DefinitionDocument>;
  /** The draft and its scripts are on this node when it returns, if the draft has this hash here too; else why not. */
  layDownDraft(hash: string): Promise<string | undefined>;
  /** Lays the active revision down for the launcher, where its file is missing or differs. At start, before anything runs. */
  ensureRevisionFile(): Promise<void>;
}

/** The definition of the cluster's events: draft, active revision, example. */
export function definition(parts: DefinitionParts): Definition {
  const files = revisionFiles(parts.revisionDirectory);
  const source = asKnownLast(parts.store);
  const reader = definitionReader({ ...parts, store: source.now, files });
  const { directory } = parts.library;
  const scriptPath = (name: string) => (directory === undefined ? undefined : pathIn(directory, name));
  const useCasesWith = (reader: DefinitionReader): DefinitionUseCases => {
    const inside = { ...parts, files, reader, scriptPath };
    return {
      ...entryUseCases(inside),
      ...scriptUseCases(inside),
      ...changeUseCases(inside),
      ...revisionUseCases(inside),
      ...synchroniseUseCases(inside),
      ...exchangeUseCases(inside),
      ...exampleUseCase(inside),
    };
  };
  const ofScreens = definitionReader({ ...parts, store: source.shown, files });
  return {
    useCases: completed({ writes: useCasesWith(reader), reads: useCasesWith(ofScreens) }, parts),
    async activeDocument() {
      const { number, hash, document } = await reader.active();
      return { number, hash, document };
    },
    draftDocument: () => reader.draft(),
    async entryBefore(endpoint, { parameters }) {
      const given = (parameters ?? {}) as { event?: string; class?: string; name?: string };
      const changes = {
        changeEventCustomization: ['event', given.event],
        changeCustomEvent: ['custom_event', given.name],
        changeEntry: [given.class, given.name],
        deleteEntry: [given.class, given.name],
        changeScript: ['script', given.name],
      } as const;
      if (!Object.hasOwn(changes, endpoint)) return undefined;
      const [entryClass, entryName] = changes[endpoint as keyof typeof changes];
      const { document } = await reader.draft();
      return document.entries.find((entry) => entry.class === entryClass && entry.name === entryName)?.fields ?? {};
    },
    async notificationMethods() {
      const state = await reader.now();
      const views = definitionViews(state, scriptPath);
      return namesInBoth(state, 'notification_method').map((name) => views.entry({ class: 'notification_method', name }));
    },
    documentOf: (hash) => reader.byHash(hash),
    async laidDown(hash) {
      const document = await reader.byHash(hash);
      writeRevision(hash, hashed(document).text);
      const scripts = await parts.library.layDown(document);
      if (!scripts.ok) throw Object.assign(new Error(scripts.error.sentence), { refusal: scripts.error });
      return document;
    },
    async layDownDraft(hash) {
      const { document } = await reader.draft();
      const draft = hashed(document);
      if (draft.hash !== hash) return refusal({ code: 'changed_meanwhile' }).sentence;
      const faulty = layDown(files, hash, draft.text);
      if (faulty) return faulty.sentence;
      const scripts = await parts.library.layDown(document);
      return scripts.ok ? undefined : scripts.error.sentence;
    },
    async ensureRevisionFile() {
      const { hash, text } = await reader.active();
      writeRevision(hash, text);
      // Screens can show it from here on, whatever becomes of the store.
      await source.now.draft();
    },
  };

  function writeRevision(hash: string, text: string): void {
    try {
      files.write(hash, text);
    } catch (error) {
      const reason = systemReason(error);
      throw reason === undefined ? error : definitionError({ code: 'revision_not_writable', path: files.path(hash), reason });
    }
  }
}

const WRITES: readonly (keyof DefinitionUseCases)[] = [
  'changeEventCustomization',
  'changeCustomEvent',
  'deleteCustomEvent',
  'changeEntry',
  'deleteEntry',
  'changeScript',
  'revertChanges',
  'restoreRevision',
  'importConfiguration',
  'addSnapshot',
  'deleteSnapshot',
  'synchronise',
  'loadExample',
];

type AnyUseCase = (input: never, context: { request?: WriteRequest }) => Promise<object>;

/**
 * In every use case: a repeat gets its first answer, also where it would now be refused; what is written is told; and a
 * definition that cannot be read is an answer with its own sentence.
 */
function completed(
  { writes, reads }: Record<'writes' | 'reads', DefinitionUseCases>,
  { store, changed }: DefinitionParts,
): DefinitionUseCases {
  const complete =
    (useCase: AnyUseCase, writes: boolean): AnyUseCase =>
    async (input, context) => {
      try {
        const first = writes && context.request ? await store.answerTo(context.request.id) : undefined;
        if (first) return { repeated: first };
        const result = await useCase(input, context);
        if (writes && 'ok' in result && result.ok === true) changed();
        return result;
      } catch (error) {
        const fault = definitionFaultOf(error);
        if (fault === undefined) throw error;
        return err(refusal(fault));
      }
    };
  const all = (Object.keys(reads) as (keyof DefinitionUseCases)[]).map((name) => {
    const isWrite = WRITES.includes(name);
    return [name, complete((isWrite ? writes : reads)[name] as unknown as AnyUseCase, isWrite)];
  });
  return Object.fromEntries(all) as DefinitionUseCases;
}
