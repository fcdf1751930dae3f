import type { CustomEventView, EntryView, EventView } from '@fallover/contract';
import { defaultTimeUntilWarning, type PredefinedEvent, usersOfEntry } from '@fallover/events';
import type { EntryRef } from './faults.ts';
import { activeFields, type DefinitionState, entryOf } from './state.ts';

/** A predefined event with what is customised on it. */
export function eventView(event: PredefinedEvent, state: DefinitionState): EventView {
  const { calledBy: _, ...facts } = event;
  const draft = entryOf(state, 'event', event.name);
  const active = activeFields(state, 'event', event.name) as EventView['active'];
  return {
    ...facts,
    arguments: event.arguments.map((argument) => ({ ...argument })),
    defaultTimeUntilWarning: defaultTimeUntilWarning(event),
    ...(draft ? { draft: { revision: draft.revision, fields: draft.fields } } : {}),
    ...(active ? { active } : {}),
    synchronised: isSynchronised(state, 'event', event.name),
  };
}

export function customEventView(name: string, state: DefinitionState): CustomEventView {
  const draft = entryOf(state, 'custom_event', name);
  const active = activeFields(state, 'custom_event', name) as CustomEventView['active'];
  return {
    name,
    ...(draft ? { draft: { revision: draft.revision, fields: draft.fields } } : {}),
    ...(active ? { active } : {}),
    synchronised: isSynchronised(state, 'custom_event', name),
    usedBy: usersOfEntry({ class: 'custom_event', name }, state.draft).map((user) => user.name),
  };
}

/** An entry of any class, with the entries of the draft that name it. */
export function entryView({ class: entryClass, name }: EntryRef, state: DefinitionState, usedBy: EntryRef[]): EntryView {
  const draft = entryOf(state, entryClass, name);
  const active = activeFields(state, entryClass, name);
  return {
    class: entryClass,
    name,
    ...(draft ? { draft: { revision: draft.revision, fields: draft.fields as Fields } } : {}),
    ...(active ? { active: active as Fields } : {}),
    synchronised: isSynchronised(state, entryClass, name),
    usedBy,
  };
}
type Fields = NonNullable<EntryView['active']>;

const isSynchronised = ({ changes }: DefinitionState, entryClass: string, name: string): boolean =>
  !changes.some((change) => change.class === entryClass && change.name === name);
