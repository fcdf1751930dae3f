import type { FindingView } from '@fallover/contract';
import {
  changedFields,
  countChanges,
  type DefinitionDocument,
  type Entry,
  type EntryChange,
  entryChecker,
  err,
  findingSentence,
  ok,
} from '@fallover/events';
import type { ActiveRevision, ClusterStore } from '@fallover/store';
import type { UseCases } from '../http/use-cases.ts';
import type { NotLaidDown } from '../peers/lay-down.ts';
import type { ScriptLibrary } from '../script-library/script-library.ts';
import { hashed } from './documents.ts';
import { refusal, systemReason, type Warning } from './faults.ts';
import type { RevisionFiles } from './revision-files.ts';
import { type DefinitionReader, type DefinitionState, isAnotherDraft } from './state.ts';
import { answerOf } from './write-entry.ts';

/** What verification makes of a draft that shall become active; the result is recorded as the draft's. */
export type VerifyDraft = (
  document: DefinitionDocument,
  override: readonly string[],
  by: string,
) => Promise<{
  findings: FindingView[];
  /** The errors that nobody overrode. */
  blocking: FindingView[];
  /** The errors that somebody overrode, by their ids; and ids of which there is no error to override. */
  overridden: string[];
  unknown: string[];
}>;

export interface SynchroniseParts {
  store: ClusterStore;
  reader: DefinitionReader;
  files: RevisionFiles;
  nodes(): readonly string[];
  verifyDraft: VerifyDraft;
  library: ScriptLibrary;
  layDownElsewhere(hash: string): Promise<NotLaidDown[]>;
  /** ISO 8601, UTC. */
  now(): string;
}

export function synchroniseUseCases(parts: SynchroniseParts): Pick<UseCases, 'getConfiguration' | 'synchronise'> {
  const { store, reader, files, nodes, library } = parts;
  return {
    async getConfiguration() {
      const state = await reader.now();
      const { active, changes } = state;
      return ok({
        ...(active ? { active } : {}),
        changes: changes.map(fieldsThatDiffer),
        changeCount: countChanges(changes),
        exampleLoadable: isEmptyCluster(state),
        ...(library.directory === undefined ? {} : { scriptLibrary: library.directory }),
      });
    },

    /**
     * Verifies the whole draft, lays the bytes of the document and of its scripts down on every member, and only then moves
     * the pointer. What
     * a crash leaves undone behind that is done at the next start.
     */
    async synchronise({ body: { comment, override, draft } }, { principal, request }) {
      const state = await reader.now();
      if (isAnotherDraft(state, draft)) return err(refusal({ code: 'changed_meanwhile' }));
      const check = entryChecker(state.draft, nodes());
      const entries = state.draft.map((entry) => ({ entry, faults: check(entry).faults }));
      const wrong = entries.filter(({ faults }) => faults.length > 0);
      if (wrong.length > 0) return err(refusal({ code: 'draft_not_valid', entries: wrong }));
      const { changes } = state;
      if (changes.length === 0) return mend(state);

      // A script that somebody has changed on this node is mended, not found: else it would keep its own mending from being done.
      await library.follow();
      const verified = await parts.verifyDraft(state.draftDocument, override, principal.name);
      const { findings, blocking, overridden, unknown } = verified;
      if (unknown.length > 0) return err(refusal({ code: 'nothing_to_override', ids: unknown }));
      if (blocking.length > 0) return err(refusal({ code: 'verification_failed', findings: blocking }));

      const { text, hash } = hashed(state.draftDocument);
      const laidDown = layDown(files, hash, text);
      if (laidDown) return err(laidDown);
      const scripts = await library.layDown(state.draftDocument);
      if (!scripts.ok) return scripts;
      const missing = await parts.layDownElsewhere(hash);
      if (missing.length > 0) return err(refusal({ code: 'not_laid_down', nodes: missing }));
      const next = {
        document: text,
        hash,
        at: parts.now(),
        by: principal.name,
        ...(comment === undefined ? {} : { comment }),
        verification: { errors: overridden.length, warnings: countOf(findings, 'warning'), overridden },
      };
      const unchanged = { active: state.active?.number ?? 0, entries: state.draft.map(revisionOf) };
      const reply = ({ number }: Pick<ActiveRevision, 'number'>) => ({
        number,
        hash,
        changes: changes.map(fieldsThatDiffer),
        warnings: findings.map(warningOf),
        findings,
      });
      const written = await store.activate(request, next, unchanged, (revision) => answerOf(201, reply(revision)));
      if (written.outcome === 'repeated') return { repeated: written.answer };
      if (written.outcome === 'changed_meanwhile') return err(refusal({ code: 'changed_meanwhile' }));
      await library.follow();
      return ok(reply({ number: unchanged.active + 1 }));
    },
  };

  /** Nothing is to be made active; but scripts of the active revision that are not as they were laid down are mended. */
  async function mend({ active, activeDocument }: DefinitionState) {
    if (!active || (await library.isAsConfigured())) return err(refusal({ code: 'nothing_to_synchronise' }));
    const scripts = await library.layDown(activeDocument);
    if (!scripts.ok) return scripts;
    await library.follow();
    return ok({ number: active.number, hash: active.hash, changes: [], warnings: [], findings: [] });
  }
}

const fieldsThatDiffer = (change: EntryChange) => ({
  class: change.class,
  name: change.name,
  kind: change.kind,
  fields: changedFields(change),
});

const countOf = (findings: readonly FindingView[], severity: FindingView['severity']): number =>
  findings.filter((finding) => finding.severity === severity).length;

/** What was found, for callers that know warnings only: an error that was overridden is one. */
const warningOf = (finding: FindingView): Warning => ({
  code: finding.code,
  ...(finding.field === undefined ? {} : { field: finding.field }),
  sentence: findingSentence(finding),
});

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
