import {
  CLASS_FIELDS,
  changesBetween,
  countChanges,
  differsByNode,
  type Entry,
  type EntryClass,
  entryChecker,
  err,
  type FieldName,
  ok,
  reverted,
} from '@fallover/events';
import type { ClusterStore, EntryWrite } from '@fallover/store';
import type { UseCases } from '../http/use-cases.ts';
import { documentOf, entryText, hashed } from './documents.ts';
import { type EntryRef, refusal } from './faults.ts';
import type { DefinitionReader } from './state.ts';
import { answerOf, refOf } from './write-entry.ts';

export interface ChangeParts {
  store: ClusterStore;
  reader: DefinitionReader;
  nodes(): readonly string[];
}

/** Draft against active revision, value by value, and the way back. */
export function changeUseCases({ store, reader, nodes }: ChangeParts): Pick<UseCases, 'getChanges' | 'revertChanges'> {
  return {
    async getChanges() {
      const state = await reader.now();
      const { changes } = state;
      const revisions = new Map(state.draft.map((entry) => [keyOf(entry), entry.revision]));
      return ok({
        ...(state.active ? { active: state.active } : {}),
        draft: hashed(state.draftDocument).hash,
        count: countChanges(changes),
        changes: changes.map((change) => ({ ...change, revision: revisions.get(keyOf(change)) ?? 0 })),
      });
    },

    async revertChanges({ body }, { request }) {
      const unknown = body.changes.find(({ class: entryClass, field, node }) => !isPlaceOf(entryClass, field, node));
      if (unknown) return err(refusal({ code: 'fields_not_understood', entry: refOf(unknown), reason: unknownWords(unknown) }));
      const state = await reader.now();
      const before = new Map(state.draft.map((entry) => [keyOf(entry), entry]));
      const stale = body.changes.find((place) => (before.get(keyOf(place))?.revision ?? 0) !== place.revision);
      if (stale) return err(refusal({ code: 'changed_meanwhile', entry: refOf(stale) }));
      const active = new Map(state.activeDocument.entries.map((entry) => [keyOf(entry), entry]));
      const after = new Map<string, Entry | undefined>();
      for (const { field, node, ...ref } of body.changes) {
        const key = keyOf(ref);
        const entry = after.has(key) ? after.get(key) : before.get(key);
        const place = { ...(field === undefined ? {} : { field: field as FieldName }), ...(node === undefined ? {} : { node }) };
        after.set(key, reverted(entry, active.get(key), place));
      }
      const writes = [...after].map(([key, entry]) =>
        writeOf(before.get(key) ?? active.get(key), entry, before.get(key)?.revision ?? 0),
      );
      const draft = draftAfter(state.draft, after);
      const wrong = newFaults(state.draft, draft, nodes());
      if (wrong.length > 0) return err(refusal({ code: 'would_not_be_valid', entries: wrong }));
      const count = countChanges(changesBetween(state.activeDocument, documentOf(state.draftDocument.cluster, draft)));
      const reply = { reverted: body.changes.length, count };
      const written = await store.saveEntries(request, writes, () => answerOf(200, reply));
      if (written.outcome === 'repeated') return { repeated: written.answer };
      return written.outcome === 'written' ? ok(reply) : err(refusal({ code: 'changed_meanwhile' }));
    },
  };
}

/** The class has this field, and values of single nodes where one is meant. */
const isPlaceOf = (entryClass: EntryClass, field: string | undefined, node: string | undefined): boolean =>
  (field === undefined || (CLASS_FIELDS[entryClass] as readonly string[]).includes(field)) &&
  (node === undefined || differsByNode(entryClass));

const unknownWords = ({ field, node }: { field?: string | undefined; node?: string | undefined }): string =>
  `it has no ${field ?? 'value'}${node === undefined ? '' : ` of the node ${node}`}`;

/** NUL stands in no name, so that no class and name are those of another entry. */
export const keyOf = (entry: EntryRef): string => `${entry.class}\u0000${entry.name}`;

/** The write that makes an entry of the draft what it shall be; the one that was there, or the one that comes, names it. */
export function writeOf(before: EntryRef | undefined, after: Entry | undefined, revision: number): EntryWrite {
  const { class: entryClass, name } = (after ?? before) as EntryRef;
  return { class: entryClass, name, revision, document: after && entryText(after) };
}

function draftAfter(draft: readonly Entry[], after: ReadonlyMap<string, Entry | undefined>): Entry[] {
  const others = draft.filter((entry) => !after.has(keyOf(entry)));
  return [...others, ...[...after.values()].filter((entry): entry is Entry => entry !== undefined)];
}

/** The entries that would have faults which they have not now: what one takes back another may still name. */
function newFaults(before: readonly Entry[], after: readonly Entry[], nodes: readonly string[]) {
  const [checkBefore, checkAfter] = [entryChecker(before, nodes), entryChecker(after, nodes)];
  const wrongBefore = new Set(before.filter((entry) => checkBefore(entry).faults.length > 0).map(keyOf));
  return after
    .filter((entry) => !wrongBefore.has(keyOf(entry)))
    .map((entry) => ({ entry: refOf(entry), faults: checkAfter(entry).faults }))
    .filter(({ faults }) => faults.length > 0);
}
