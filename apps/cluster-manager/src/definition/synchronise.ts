import { type Entry, err, ok } from '@fallover/events';
import type { ActiveRevision, ClusterStore } from '@fallover/store';
import type { UseCases } from '../http/use-cases.ts';
import { type CheckTrust, checkEntry, namingEntry, trustWarnings } from './checks.ts';
import { hashed } from './documents.ts';
import { answerOf } from './entries.ts';
import { inputWarning, refusal, systemReason, type Warning } from './faults.ts';
import type { RevisionFiles } from './revision-files.ts';
import type { DefinitionReader, DefinitionState } from './state.ts';

export interface SynchroniseParts {
  store: ClusterStore;
  reader: DefinitionReader;
  files: RevisionFiles;
  node: string;
  nodes: readonly string[];
  checkTrust: CheckTrust;
  /** ISO 8601, UTC. */
  now(): string;
}

export function synchroniseUseCases(parts: SynchroniseParts): Pick<UseCases, 'getConfiguration' | 'synchronise'> {
  const { store, reader, files, nodes } = parts;
  return {
    async getConfiguration() {
      const state = await reader.now();
      const { active, changes } = state;
      return ok({ ...(active ? { active } : {}), changes, exampleLoadable: isEmptyCluster(state) });
    },

    /** Checks the whole draft, lays the document's bytes down for the launcher, and only then moves the pointer. */
    async synchronise({ body: { comment } }, { principal, request }) {
      const state = await reader.now();
      const entries = state.draft.map((entry) => ({ entry, faults: checkEntry(entry, state.draft, nodes).faults }));
      const wrong = entries.filter(({ faults }) => faults.length > 0);
      if (wrong.length > 0) return err(refusal({ code: 'draft_not_valid', entries: wrong }));
      const { changes } = state;
      if (changes.length === 0) return err(refusal({ code: 'nothing_to_synchronise' }));
      const warnings = await warningsOf(state, parts);

      const { text, hash } = hashed(state.draftDocument);
      const laidDown = layDown(files, hash, text);
      if (laidDown) return err(laidDown);
      const at = parts.now();
      const next = { document: text, hash, at, by: principal.name, ...(comment === undefined ? {} : { comment }) };
      const unchanged = { active: state.active?.number ?? 0, entries: state.draft.map(revisionOf) };
      const reply = ({ number }: Pick<ActiveRevision, 'number'>) => ({ number, hash, changes, warnings });
      const written = await store.activate(request, next, unchanged, (revision) => answerOf(201, reply(revision)));
      if (written.outcome === 'repeated') return { repeated: written.answer };
      if (written.outcome === 'changed_meanwhile') return err(refusal({ code: 'changed_meanwhile' }));
      return ok(reply({ number: unchanged.active + 1 }));
    },
  };
}

/** Nothing in the draft and nothing active: the only cluster into which the example is put. */
export const isEmptyCluster = ({ draft, active }: Pick<DefinitionState, 'draft' | 'active'>): boolean =>
  draft.length === 0 && active === undefined;

/** The refusal when the bytes of a revision cannot be kept. */
export function layDown(files: RevisionFiles, hash: string, text: string): ReturnType<typeof refusal> | undefined {
  try {
    files.write(hash, text);
    return undefined;
  } catch (error) {
    const reason = systemReason(error);
    if (reason === undefined) throw error;
    return refusal({ code: 'revision_not_writable', path: files.path(hash), reason });
  }
}

const revisionOf = ({ class: entryClass, name, revision }: Entry & { revision: number }) => ({
  class: entryClass,
  name,
  revision,
});

/** What the rules say of entries that change, and of every command that could not be started now. */
async function warningsOf(
  { draft, changes }: DefinitionState,
  { node, nodes, checkTrust }: SynchroniseParts,
): Promise<Warning[]> {
  const warnings: Warning[] = [];
  for (const entry of draft) {
    const isChanged = changes.some((change) => change.class === entry.class && change.name === entry.name);
    const ruled = isChanged ? checkEntry(entry, draft, nodes).warnings.map(inputWarning) : [];
    const found = [...ruled, ...(await trustWarnings(entry, node, checkTrust))];
    warnings.push(...found.map((warning) => namingEntry(entry, warning)));
  }
  return warnings;
}
