import {
  type CustomEvent,
  cleanFields,
  diffDocuments,
  type Entry,
  type EventCustomization,
  err,
  findEvent,
  ok,
  PREDEFINED_EVENTS,
  unknownEvent,
} from '@fallover/events';
import type { Answer, ClusterStore } from '@fallover/store';
import type { UseCases } from '../http/use-cases.ts';
import { type CheckTrust, checkEntry, warningsAbout } from './checks.ts';
import { type DraftEntry, documentOf, entryText } from './documents.ts';
import { type DefinitionFault, type EntryRef, refusal } from './faults.ts';
import { customEventEntry, customEventNames, type DefinitionReader, type DefinitionState, eventEntry, usersOf } from './state.ts';
import { customEventView, eventView } from './views.ts';

export type EntryUseCases = Pick<
  UseCases,
  'listEvents' | 'getEvent' | 'changeEventCustomization' | 'listCustomEvents' | 'changeCustomEvent' | 'deleteCustomEvent'
>;

export interface EntryParts {
  store: ClusterStore;
  reader: DefinitionReader;
  node: string;
  nodes: readonly string[];
  checkTrust: CheckTrust;
}

const refused = (fault: DefinitionFault) => err(refusal(fault));

/** A reply as the store keeps it, for a repeat of the request. */
export const answerOf = (status: number, reply: unknown): Answer => ({ status, body: JSON.stringify(reply) ?? '' });

/** Reads and changes the draft, an entry at a time. */
export function entryUseCases({ store, reader, node, nodes, checkTrust }: EntryParts): EntryUseCases {
  return {
    async listEvents() {
      const state = await reader.now();
      return ok({ events: PREDEFINED_EVENTS.map((event) => eventView(event, state)) });
    },

    async getEvent({ parameters }) {
      const event = findEvent(parameters.event);
      if (!event) return refused({ code: 'unknown_event', fault: unknownEvent(parameters.event) });
      return ok(eventView(event, await reader.now()));
    },

    async changeEventCustomization({ parameters, body }, { request }) {
      const event = findEvent(parameters.event);
      if (!event) return refused({ code: 'unknown_event', fault: unknownEvent(parameters.event) });
      const state = await reader.now();
      const fields = cleanFields(body.fields as EventCustomization);
      const entry: Entry = { class: 'event', name: event.name, fields };
      const check = checkEntry({ ...entry, fields: body.fields as EventCustomization }, state.draft, nodes);
      if (check.faults.length > 0) return refused({ code: 'invalid_input', faults: check.faults });
      const warnings = await warningsAbout(entry, check, node, checkTrust);
      const found = eventEntry(state, event.name)?.revision ?? 0;
      if (found !== body.revision) return refused({ code: 'changed_meanwhile', entry: refOf(entry) });
      const document = entryText(entry);
      // Nothing is customised and nothing shall be: there is nothing to write.
      if (document === undefined && found === 0) return ok({ event: eventView(event, state), warnings });
      const reply = (revision: number) => ({ event: eventView(event, withEntry(state, { ...entry, revision })), warnings });
      return saved(
        reply,
        (answer) => store.saveEntry(request, { ...refOf(entry), revision: found, document }, answer),
        refOf(entry),
      );
    },

    async listCustomEvents() {
      const state = await reader.now();
      const names = new Set([...customEventNames(state.draft), ...customEventNames(state.activeDocument.entries)]);
      return ok({ customEvents: [...names].sort().map((name) => customEventView(name, state)) });
    },

    async changeCustomEvent({ parameters: { name }, body }, { request }) {
      const state = await reader.now();
      const fields = cleanFields(body.fields as CustomEvent);
      const entry: Entry = { class: 'custom_event', name, fields };
      const check = checkEntry({ ...entry, fields: body.fields as CustomEvent }, state.draft, nodes);
      if (check.faults.length > 0) return refused({ code: 'invalid_input', faults: check.faults });
      const warnings = await warningsAbout(entry, check, node, checkTrust);
      const reply = (revision: number) => ({
        customEvent: customEventView(name, withEntry(state, { ...entry, revision })),
        warnings,
      });
      const write = { ...refOf(entry), revision: body.revision, document: entryText(entry) };
      return saved(reply, (answer) => store.saveEntry(request, write, answer), refOf(entry));
    },

    // An event that takes the custom event up at this very moment is found by synchronise, which checks the whole draft.
    async deleteCustomEvent({ parameters: { name }, query }, { request }) {
      const state = await reader.now();
      const entry: EntryRef = { class: 'custom_event', name };
      if (!customEventEntry(state, name)) return refused({ code: 'not_found', entry });
      const usedBy = usersOf(name, state);
      if (usedBy.length > 0) return refused({ code: 'in_use', name, usedBy });
      const write = { ...entry, revision: query.revision, document: undefined };
      const written = await store.saveEntry(request, write, () => answerOf(204, undefined));
      if (written.outcome === 'repeated') return { repeated: written.answer };
      return written.outcome === 'written' ? ok(undefined) : refused({ code: 'changed_meanwhile', entry });
    },
  };
}

const refOf = ({ class: entryClass, name }: EntryRef): EntryRef => ({ class: entryClass, name });

/** Saves, and replies with what the store keeps as the answer. */
async function saved<Reply>(
  reply: (revision: number) => Reply,
  save: (answer: (revision: number) => Answer) => ReturnType<ClusterStore['saveEntry']>,
  entry: EntryRef,
) {
  let given: Reply | undefined;
  const written = await save((revision) => {
    given = reply(revision);
    return answerOf(200, given);
  });
  if (written.outcome === 'repeated') return { repeated: written.answer };
  return written.outcome === 'written' ? ok(given as Reply) : refused({ code: 'changed_meanwhile', entry });
}

/** The definition as it is once this entry is written. */
function withEntry(state: DefinitionState, entry: DraftEntry): DefinitionState {
  const others = state.draft.filter(({ class: entryClass, name }) => entryClass !== entry.class || name !== entry.name);
  const draft = entryText(entry) === undefined ? others : [...others, entry];
  const draftDocument = documentOf(state.draftDocument.cluster, draft);
  return { ...state, draft, draftDocument, changes: diffDocuments(state.activeDocument, draftDocument) };
}
