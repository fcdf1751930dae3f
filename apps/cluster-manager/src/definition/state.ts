import { type DefinitionDocument, diffDocuments, type EventCustomization } from '@fallover/events';
import type { ActiveRevision, ClusterStore } from '@fallover/store';
import { type DraftEntry, documentOf, hashed, readDocument, readEntry } from './documents.ts';
import { definitionError } from './faults.ts';
import type { RevisionFiles } from './revision-files.ts';

export interface NumberedDocument {
  /** 0 before the first synchronise, with the empty document. */
  number: number;
  hash: string;
  document: DefinitionDocument;
}

/** The definition as it is now: the draft, what is active, and in what they differ. */
export interface DefinitionState {
  draft: DraftEntry[];
  draftDocument: DefinitionDocument;
  active: ActiveRevision | undefined;
  activeDocument: DefinitionDocument;
  changes: ReturnType<typeof diffDocuments>;
}

export interface DefinitionReader {
  now(): Promise<DefinitionState>;
  active(): Promise<NumberedDocument & { text: string }>;
  draft(): Promise<NumberedDocument>;
  /** Of any revision, by its hash: runs keep theirs until they end. */
  byHash(hash: string): Promise<DefinitionDocument>;
}

const MOST_KEPT = 8;

export function definitionReader({
  store,
  cluster,
  files,
}: {
  store: ClusterStore;
  cluster: string;
  files: RevisionFiles;
}): DefinitionReader {
  const empty = { number: 0, document: documentOf(cluster, []), ...hashed(documentOf(cluster, [])) };
  const known = new Map<string, { document: DefinitionDocument; text: string }>();

  const keep = (hash: string, text: string, what: string) => {
    const read = readDocument(text);
    if (!read.ok) throw definitionError({ code: 'definition_not_readable', what, reason: read.error });
    if (known.size >= MOST_KEPT) known.delete(known.keys().next().value as string);
    const kept = { document: read.value, text };
    known.set(hash, kept);
    return kept;
  };

  const ofRevision = async ({ number, hash }: ActiveRevision) => {
    const found = known.get(hash);
    if (found) return found;
    const what = `revision ${number}`;
    const stored = await store.revision(number);
    if (!stored) throw definitionError({ code: 'definition_not_readable', what, reason: 'it is missing in the store' });
    return keep(hash, stored.document, what);
  };

  const active: DefinitionReader['active'] = async () => {
    const pointer = await store.active();
    return pointer ? { number: pointer.number, hash: pointer.hash, ...(await ofRevision(pointer)) } : empty;
  };

  const draftEntries = async (): Promise<DraftEntry[]> =>
    (await store.draft()).map((stored) => {
      const read = readEntry(stored);
      if (read.ok) return read.value;
      const what = `the entry ${stored.class}/${stored.name}`;
      throw definitionError({ code: 'definition_not_readable', what, reason: read.error });
    });

  return {
    active,
    async now() {
      const [draft, pointer] = [await draftEntries(), await store.active()];
      const activeDocument = pointer ? (await ofRevision(pointer)).document : empty.document;
      const draftDocument = documentOf(cluster, draft);
      return { draft, draftDocument, active: pointer, activeDocument, changes: diffDocuments(activeDocument, draftDocument) };
    },
    async draft() {
      const document = documentOf(cluster, await draftEntries());
      return { number: (await store.active())?.number ?? 0, hash: hashed(document).hash, document };
    },
    async byHash(hash) {
      const found = known.get(hash) ?? (hash === empty.hash ? empty : undefined);
      if (found) return found.document;
      const text = files.read(hash);
      if (text !== undefined) return keep(hash, text, files.path(hash)).document;
      for (let number = (await store.active())?.number ?? 0; number > 0; number -= 1) {
        const revision = await store.revision(number);
        if (revision?.hash === hash) return keep(hash, revision.document, `revision ${number}`).document;
      }
      throw definitionError({ code: 'definition_not_readable', what: `the revision ${hash}`, reason: 'it is missing' });
    },
  };
}

type Found<Class extends DraftEntry['class']> = Extract<DraftEntry, { class: Class }>;

export const eventEntry = ({ draft }: Pick<DefinitionState, 'draft'>, name: string): Found<'event'> | undefined =>
  draft.find((entry): entry is Found<'event'> => entry.class === 'event' && entry.name === name);

export const customEventEntry = ({ draft }: Pick<DefinitionState, 'draft'>, name: string): Found<'custom_event'> | undefined =>
  draft.find((entry): entry is Found<'custom_event'> => entry.class === 'custom_event' && entry.name === name);

export const customEventNames = (entries: readonly { class: string; name: string }[]): string[] =>
  entries.filter((entry) => entry.class === 'custom_event').map(({ name }) => name);

/** The events of which a custom event is a pre- or post-event, on any node. */
export const usersOf = (name: string, { draft }: Pick<DefinitionState, 'draft'>): string[] =>
  draft.flatMap((entry) => (entry.class === 'event' && namesIn(entry.fields).includes(name) ? [entry.name] : []));

const namesIn = ({ preEventCommand, postEventCommand }: EventCustomization): string[] =>
  [preEventCommand, postEventCommand].flatMap((field) => [field?.cluster ?? [], ...Object.values(field?.nodes ?? {})].flat());

export const activeFields = (
  { activeDocument }: Pick<DefinitionState, 'activeDocument'>,
  entryClass: DraftEntry['class'],
  name: string,
) => activeDocument.entries.find((entry) => entry.class === entryClass && entry.name === name)?.fields;
