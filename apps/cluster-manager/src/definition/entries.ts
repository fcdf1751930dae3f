import { entry as entrySchema } from '@fallover/contract';
import {
  type CustomEvent,
  type Entry,
  type EventCustomization,
  entryUsers,
  err,
  findEvent,
  namesOf,
  ok,
  PREDEFINED_EVENTS,
  predefinedPrograms,
  replacedProgramText,
  unknownEvent,
} from '@fallover/events';
import type { UseCases } from '../http/use-cases.ts';
import { type EntryRef, refusal } from './faults.ts';
import type { DefinitionState } from './state.ts';
import { definitionViews } from './views.ts';
import { type EntryWrites, entryWrites, type WriterParts } from './write-entry.ts';

export type EntryUseCases = Pick<
  UseCases,
  | 'listEvents'
  | 'getEvent'
  | 'getRecoveryProgram'
  | 'changeEventCustomization'
  | 'listCustomEvents'
  | 'changeCustomEvent'
  | 'deleteCustomEvent'
  | 'listEntries'
  | 'changeEntry'
  | 'deleteEntry'
>;

export interface EntryParts extends WriterParts {
  cluster: string;
  /** The full pathname that a script of the library is configured with; undefined when the library is off. */
  scriptPath(name: string): string | undefined;
}

/** Reads and changes the draft, an entry at a time. */
export function entryUseCases(parts: EntryParts): EntryUseCases {
  const { reader, store } = parts;
  const writes: EntryWrites = entryWrites(parts);
  const usersOf = (entry: EntryRef) => (state: DefinitionState) => usersIn(entry, state, parts.scriptPath);
  const viewsOf = (state: DefinitionState) => definitionViews(state, parts.scriptPath);
  return {
    async listEvents() {
      const state = await reader.now();
      return ok({ events: PREDEFINED_EVENTS.map(viewsOf(state).event) });
    },

    async getEvent({ parameters }) {
      const event = findEvent(parameters.event);
      if (!event) return err(refusal({ code: 'unknown_event', fault: unknownEvent(parameters.event) }));
      return ok(viewsOf(await reader.now()).event(event));
    },

    async getRecoveryProgram({ parameters }) {
      const event = findEvent(parameters.event);
      if (!event) return err(refusal({ code: 'unknown_event', fault: unknownEvent(parameters.event) }));
      const { draft: entries, activeDocument } = await reader.now();
      const [draft, active] = [{ entries }, activeDocument].map((document) => replacedProgramText(document, event.name));
      return ok({
        event: event.name,
        predefined: [...predefinedPrograms(event.name)],
        ...(draft === undefined ? {} : { draft }),
        ...(active === undefined ? {} : { active }),
        synchronised: draft === active,
      });
    },

    async changeEventCustomization({ parameters, body: { revision, fields } }, { request }) {
      const event = findEvent(parameters.event);
      if (!event) return err(refusal({ code: 'unknown_event', fault: unknownEvent(parameters.event) }));
      const entry: Entry = { class: 'event', name: event.name, fields: fields as EventCustomization };
      return writes.change({ entry, revision }, request, (state, warnings) => ({ event: viewsOf(state).event(event), warnings }));
    },

    async listCustomEvents() {
      const state = await reader.now();
      return ok({ customEvents: namesInBoth(state, 'custom_event').map(viewsOf(state).customEvent) });
    },

    async changeCustomEvent({ parameters: { name }, body: { revision, fields } }, { request }) {
      const entry: Entry = { class: 'custom_event', name, fields: fields as CustomEvent };
      return writes.change({ entry, revision }, request, (state, warnings) => ({
        customEvent: viewsOf(state).customEvent(name),
        warnings,
      }));
    },

    deleteCustomEvent({ parameters: { name }, query }, { request }) {
      const entry: EntryRef = { class: 'custom_event', name };
      return writes.remove(entry, query.revision, request, usersOf(entry));
    },

    async listEntries({ parameters }) {
      const state = await reader.now();
      const entries = namesInBoth(state, parameters.class).map((name) => ({ class: parameters.class, name }));
      return ok({ entries: entries.map(viewsOf(state).entry) });
    },

    async changeEntry({ parameters, body: { revision, fields } }, { request }) {
      const parsed = entrySchema.safeParse({ ...parameters, fields });
      if (!parsed.success)
        return err(refusal({ code: 'fields_not_understood', entry: parameters, reason: issueOf(parsed.error) }));
      const entry = parsed.data as Entry;
      if (entry.class === 'cluster' && entry.name !== parts.cluster)
        return err(refusal({ code: 'not_this_cluster', name: entry.name, cluster: parts.cluster }));
      if (entry.class === 'script') {
        if (parts.scriptPath(entry.name) === undefined) return err(refusal({ code: 'library_is_off' }));
        const content = entry.fields.content?.cluster;
        if (content !== undefined && (await store.content(content)) === undefined)
          return err(refusal({ code: 'content_not_kept', name: entry.name }));
      }
      return writes.change({ entry, revision }, request, (state, warnings) => ({
        entry: viewsOf(state).entry(entry),
        warnings,
      }));
    },

    deleteEntry({ parameters, query }, { request }) {
      return writes.remove(parameters, query.revision, request, usersOf(parameters));
    },
  };
}

/** The entries of the draft that name this one; for a script those whose command is its file. */
function usersIn(
  entry: EntryRef,
  { draft }: Pick<DefinitionState, 'draft'>,
  scriptPath: (name: string) => string | undefined,
): EntryRef[] {
  const users = entryUsers(draft);
  if (entry.class !== 'script') return users.ofEntry(entry);
  const path = scriptPath(entry.name);
  return path === undefined ? [] : users.ofCommand(path);
}

export const namesInBoth = ({ draft, activeDocument }: DefinitionState, entryClass: EntryRef['class']): string[] =>
  [...new Set([...namesOf(draft, entryClass), ...namesOf(activeDocument.entries, entryClass)])].sort();

const issueOf = ({ issues: [issue] }: { issues: { path: PropertyKey[]; message: string }[] }): string =>
  `${issue?.path.join('.') || 'it'}: ${issue?.message ?? 'not understood'}`;
