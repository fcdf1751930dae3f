import { changesBetween, checkEntry, cleanFields, type Entry, err, ok } from '@fallover/events';
import type { Answer, ClusterStore, EntryWrite, WriteRequest } from '@fallover/store';
import type { MethodRules } from '../notification/rules.ts';
import { type CheckTrust, warningsAbout } from './checks.ts';
import { type DraftEntry, documentOf, entryText } from './documents.ts';
import { type DefinitionFault, type EntryRef, refusal, type Warning } from './faults.ts';
import { type DefinitionReader, type DefinitionState, entryOf } from './state.ts';

export interface WriterParts {
  store: ClusterStore;
  reader: DefinitionReader;
  node: string;
  nodes(): readonly string[];
  checkTrust: CheckTrust;
  methods: Pick<MethodRules, 'faults' | 'warnings'>;
}

export interface EntryWrites {
  /**
   * Adds or changes an entry of the draft; `revision` is the one that was read, 0 for none. `reply` is made of the
   * definition as it is then.
   */
  change<Reply>(
    wanted: { entry: Entry; revision: number; content?: EntryWrite['content'] },
    request: WriteRequest,
    reply: (state: DefinitionState, warnings: Warning[]) => Reply,
  ): Promise<Outcome<Reply>>;
  remove(
    entry: EntryRef,
    revision: number,
    request: WriteRequest,
    usersOf: (state: DefinitionState) => EntryRef[],
  ): Promise<Outcome<undefined>>;
}
type Outcome<Reply> =
  | { ok: true; value: Reply }
  | { ok: false; error: ReturnType<typeof refusal> }
  | { repeated: Extract<Awaited<ReturnType<ClusterStore['saveEntry']>>, { outcome: 'repeated' }>['answer'] };

const refused = (fault: DefinitionFault) => err(refusal(fault));

/** A reply as the store keeps it, for a repeat of the request. */
export const answerOf = (status: number, reply: unknown): Answer => ({ status, body: JSON.stringify(reply) ?? '' });

/** How an entry of any class is written to the draft: checked, against the revision that was read, with its answer. */
export function entryWrites(parts: WriterParts): EntryWrites {
  const { store, reader, node, nodes, checkTrust } = parts;
  return {
    async change({ entry: given, revision, content }, request, replyOf) {
      const state = await reader.now();
      const entry = { ...given, fields: cleanFields(given.fields) } as Entry;
      const check = checkEntry(given, state.draft, nodes());
      const faults = [...check.faults, ...parts.methods.faults(entry)];
      if (faults.length > 0) return refused({ code: 'invalid_input', faults });
      const warnings = [
        ...(await warningsAbout(entry, check, node, checkTrust)),
        ...(await parts.methods.warnings(entry, state.draft)),
      ];
      const found = entryOf(state, entry.class, entry.name)?.revision ?? 0;
      if (found !== revision) return refused({ code: 'changed_meanwhile', entry: refOf(entry) });
      const document = entryText(entry);
      // It says nothing and shall say nothing: there is nothing to write.
      if (document === undefined && found === 0) return ok(replyOf(state, warnings));
      const write = { ...refOf(entry), revision: found, document, ...(content ? { content } : {}) };
      let reply: ReturnType<typeof replyOf> | undefined;
      const written = await store.saveEntry(request, write, (number) => {
        reply = replyOf(withEntry(state, { ...entry, revision: number }), warnings);
        return answerOf(200, reply);
      });
      if (written.outcome === 'repeated') return { repeated: written.answer };
      if (written.outcome !== 'written') return refused({ code: 'changed_meanwhile', entry: refOf(entry) });
      return ok(reply as ReturnType<typeof replyOf>);
    },

    // An entry that names this one at this very moment is found by synchronise, which checks the whole draft.
    async remove(entry, revision, request, usersOf) {
      const state = await reader.now();
      if (!entryOf(state, entry.class, entry.name)) return refused({ code: 'not_found', entry });
      const usedBy = usersOf(state);
      if (usedBy.length > 0) return refused({ code: 'in_use', entry, usedBy });
      const write = { ...entry, revision, document: undefined };
      const written = await store.saveEntry(request, write, () => answerOf(204, undefined));
      if (written.outcome === 'repeated') return { repeated: written.answer };
      return written.outcome === 'written' ? ok(undefined) : refused({ code: 'changed_meanwhile', entry });
    },
  };
}

export const refOf = ({ class: entryClass, name }: EntryRef): EntryRef => ({ class: entryClass, name });

/** The definition as it is once this entry is written. */
function withEntry(state: DefinitionState, entry: DraftEntry): DefinitionState {
  const others = state.draft.filter(({ class: entryClass, name }) => entryClass !== entry.class || name !== entry.name);
  const draft = entryText(entry) === undefined ? others : [...others, entry];
  const draftDocument = documentOf(state.draftDocument.cluster, draft);
  return { ...state, draft, draftDocument, changes: changesBetween(state.activeDocument, draftDocument) };
}
