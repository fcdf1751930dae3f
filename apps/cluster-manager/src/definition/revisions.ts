import { changesBetween, countChanges, type DefinitionDocument, err, ok, parseName, type Result } from '@fallover/events';
import type { ActiveRevision, ClusterStore, Snapshot } from '@fallover/store';
import type { UseCases } from '../http/use-cases.ts';
import { keyOf, writeOf } from './changes.ts';
import { documentOf } from './documents.ts';
import { type DefinitionFault, refusal } from './faults.ts';
import { type DefinitionReader, isAnotherDraft } from './state.ts';
import { answerOf } from './write-entry.ts';

export interface RevisionParts {
  store: ClusterStore;
  reader: DefinitionReader;
  cluster: string;
  /** ISO 8601, UTC. */
  now(): string;
}

type RevisionUseCases = Pick<
  UseCases,
  'listRevisions' | 'getRevision' | 'compareRevisions' | 'restoreRevision' | 'addSnapshot' | 'deleteSnapshot'
>;

/** A document of the definition, by the word that a person has for it. */
export type NamedDocument = (
  which: string,
) => Promise<Result<{ document: DefinitionDocument; number?: number }, DefinitionFault>>;

/** `draft`, `active`, a revision's number (0 is the empty one before the first), or the name of a snapshot. */
export const namedDocument =
  ({ store, reader, cluster }: Pick<RevisionParts, 'store' | 'reader' | 'cluster'>): NamedDocument =>
  async (which) => {
    const active = await store.active();
    const newest = active?.number ?? 0;
    if (which === 'draft') return ok({ document: (await reader.draft()).document });
    if (which === 'active') return ok({ document: (await reader.active()).document, number: newest });
    if (which === '0') return ok({ document: documentOf(cluster, []), number: 0 });
    const snapshot = (await store.snapshots()).find(({ name }) => name === which);
    const number = snapshot?.revision ?? (/^[0-9]{1,10}$/.test(which) ? Number(which) : undefined);
    const found = number === undefined ? undefined : await reader.byNumber(number);
    return found ? ok({ document: found.document, number: found.number }) : err({ code: 'revision_not_found', which, newest });
  };

/** History: every revision that was made active can be looked at, compared, named and made the draft again. */
export function revisionUseCases(parts: RevisionParts): RevisionUseCases {
  const { store, reader } = parts;
  const documentNamed = namedDocument(parts);
  const newest = async () => (await store.active())?.number ?? 0;
  const notFound = async (which: string) => err(refusal({ code: 'revision_not_found', which, newest: await newest() }));
  return {
    async listRevisions({ query: { before, limit } }) {
      const [found, snapshots, active] = [
        await store.revisions({ limit: limit + 1, ...(before === undefined ? {} : { before }) }),
        await store.snapshots(),
        await newest(),
      ];
      const revisions = found.slice(0, limit).map((revision) => revisionView(revision, snapshots, active));
      return ok({ revisions, more: found.length > limit, snapshots });
    },

    async getRevision({ parameters: { number } }) {
      const found = await reader.byNumber(number);
      if (!found) return notFound(String(number));
      const { document, ...facts } = found;
      const view = revisionView(facts, await store.snapshots(), await newest());
      return ok({ ...view, cluster: document.cluster, entries: document.entries as never });
    },

    async compareRevisions({ query: { from, to } }) {
      const [before, after] = [await documentNamed(from), await documentNamed(to)];
      if (!before.ok) return err(refusal(before.error));
      if (!after.ok) return err(refusal(after.error));
      const changes = changesBetween(before.value.document, after.value.document);
      return ok({ from, to, count: countChanges(changes), changes });
    },

    /** Only the draft changes; that it becomes active is for whoever looks at it then. */
    async restoreRevision({ parameters: { number }, body: { discardChanges, draft: seen } }, { request }) {
      const found = await reader.byNumber(number);
      if (!found) return notFound(String(number));
      const state = await reader.now();
      if (isAnotherDraft(state, seen)) return err(refusal({ code: 'changed_meanwhile' }));
      const open = countChanges(state.changes);
      if (open > 0 && !discardChanges) return err(refusal({ code: 'draft_has_changes', count: open, number }));
      const changes = changesBetween(state.draftDocument, found.document);
      const draft = new Map(state.draft.map((entry) => [keyOf(entry), entry]));
      const wanted = new Map(found.document.entries.map((entry) => [keyOf(entry), entry]));
      const writes = changes.map((change) => {
        const key = keyOf(change);
        return writeOf(draft.get(key), wanted.get(key), draft.get(key)?.revision ?? 0);
      });
      const reply = {
        number,
        count: countChanges(changesBetween(state.activeDocument, found.document)),
        changes,
      };
      const written = await store.saveEntries(request, writes, () => answerOf(200, reply));
      if (written.outcome === 'repeated') return { repeated: written.answer };
      return written.outcome === 'written' ? ok(reply) : err(refusal({ code: 'changed_meanwhile' }));
    },

    async addSnapshot({ parameters: { name }, body: { revision, remark } }, { principal, request }) {
      const named = parseName(name, 'name');
      if (!named.ok) return err(refusal({ code: 'invalid_input', faults: [named.error] }));
      // A number, or one of the words for a document, would have two meanings.
      if (/^[0-9]+$/.test(name) || name === 'draft' || name === 'active')
        return err(refusal({ code: 'not_a_snapshot_name', name }));
      const number = revision ?? (await newest());
      if (!(await store.revision(number))) return notFound(String(number));
      const snapshot: Snapshot = {
        name,
        revision: number,
        at: parts.now(),
        by: principal.name,
        ...(remark === undefined || remark === '' ? {} : { remark }),
      };
      const written = await store.saveSnapshot(request, name, snapshot, answerOf(200, snapshot));
      if (written.outcome === 'repeated') return { repeated: written.answer };
      return written.outcome === 'written' ? ok(snapshot) : err(refusal({ code: 'snapshot_exists', name }));
    },

    async deleteSnapshot({ parameters: { name } }, { request }) {
      const written = await store.saveSnapshot(request, name, undefined, answerOf(204, undefined));
      if (written.outcome === 'repeated') return { repeated: written.answer };
      return written.outcome === 'written' ? ok(undefined) : err(refusal({ code: 'snapshot_not_found', name }));
    },
  };
}

const revisionView = (revision: ActiveRevision, snapshots: readonly Snapshot[], active: number) => ({
  ...revision,
  active: revision.number === active,
  snapshots: snapshots.filter((snapshot) => snapshot.revision === revision.number).map(({ name }) => name),
});
