import {
  countChanges,
  type DefinitionDocument,
  type EntryChange,
  err,
  exchangeNoteSentence,
  exportFileName,
  type ImportPlan,
  ok,
  planImport,
  writeConfiguration,
} from '@fallover/events';
import type { ClusterStore, EntryWrite } from '@fallover/store';
import type { UseCases } from '../http/use-cases.ts';
import { keyOf } from './changes.ts';
import { entryText, hashed, sha256 } from './documents.ts';
import { refusal } from './faults.ts';
import { namedDocument } from './revisions.ts';
import { type DefinitionReader, type DefinitionState, isAnotherDraft } from './state.ts';
import { answerOf } from './write-entry.ts';

export interface ExchangeParts {
  store: ClusterStore;
  reader: DefinitionReader;
  cluster: string;
  nodes(): readonly string[];
  /** The full pathname that a script of the library is configured with; undefined when the library is off. */
  scriptPath(name: string): string | undefined;
  /** The settings of a remote notification method with their secrets sealed. */
  sealed(settings: readonly string[]): string[];
}

/** The configuration as a file, and a file as a change of the draft. */
export function exchangeUseCases(parts: ExchangeParts): Pick<UseCases, 'exportConfiguration' | 'importConfiguration'> {
  const { store, reader, cluster, nodes } = parts;
  const documentNamed = namedDocument(parts);
  return {
    async exportConfiguration({ query: { format, of } }) {
      const found = await documentNamed(of);
      if (!found.ok) return err(refusal(found.error));
      const { document } = found.value;
      const texts = await textsOf(document, store);
      const name = exportFileName(cluster, of, format);
      return ok({
        headers: { 'Content-Disposition': `attachment; filename="${name}"` },
        body: writeConfiguration(format, document, (digest) => texts.get(digest)),
      });
    },

    async importConfiguration({ body }, { request }) {
      const state = await reader.now();
      if (isAnotherDraft(state, body.draft)) return err(refusal({ code: 'changed_meanwhile' }));
      const draft = hashed(state.draftDocument).hash;
      const planned = planImport(body, {
        draft: state.draftDocument,
        liveNodes: nodes(),
        digestOf: sha256,
        sealed: parts.sealed,
      });
      if (!planned.ok) return err(refusal({ code: 'file_not_accepted', faults: planned.error }));
      const plan = planned.value;
      const needsLibrary = plan.changes.some(({ class: entryClass, kind }) => entryClass === 'script' && kind !== 'deleted');
      if (needsLibrary && parts.scriptPath('any') === undefined) return err(refusal({ code: 'library_is_off' }));
      if (body.dryRun || plan.changes.length === 0) return ok({ ...replyOf(plan, false), draft });
      const reply = { ...replyOf(plan, true), draft };
      const written = await store.saveEntries(request, writesOf(plan, state), () => answerOf(200, reply));
      if (written.outcome === 'repeated') return { repeated: written.answer };
      return written.outcome === 'written' ? ok(reply) : err(refusal({ code: 'changed_meanwhile' }));
    },
  };
}

/** The texts of the library scripts of a document, by their SHA-256. */
async function textsOf({ entries }: DefinitionDocument, store: ClusterStore): Promise<Map<string, string>> {
  const texts = new Map<string, string>();
  for (const entry of entries) {
    const digest = entry.class === 'script' ? entry.fields.content?.cluster : undefined;
    const text = digest === undefined ? undefined : await store.content(digest);
    if (digest !== undefined && text !== undefined) texts.set(digest, text);
  }
  return texts;
}

const replyOf = ({ format, whole, changes, notes }: ImportPlan, saved: boolean) => ({
  format,
  whole,
  saved,
  count: countChanges(changes),
  changes,
  notes: notes.map((note) => ({
    code: note.code,
    ...(note.line === undefined ? {} : { line: note.line }),
    sentence: exchangeNoteSentence(note),
  })),
});

/** Each entry that differs, against the revision that was read: whoever saved one of them meanwhile is not written over. */
function writesOf({ after, changes, contents }: ImportPlan, { draft }: DefinitionState): EntryWrite[] {
  const before = new Map(draft.map((entry) => [keyOf(entry), entry.revision]));
  const now = new Map(after.map((entry) => [keyOf(entry), entry]));
  return changes.map(({ class: entryClass, name }: EntryChange): EntryWrite => {
    const key = keyOf({ class: entryClass, name });
    const entry = now.get(key);
    const digest = entry?.class === 'script' ? entry.fields.content?.cluster : undefined;
    const text = digest === undefined ? undefined : contents.get(digest);
    return {
      class: entryClass,
      name,
      revision: before.get(key) ?? 0,
      document: entry && entryText(entry),
      ...(digest === undefined || text === undefined ? {} : { content: { sha256: digest, text } }),
    };
  });
}
