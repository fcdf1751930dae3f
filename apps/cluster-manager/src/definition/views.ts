import type { CustomEventView, EventView } from '@fallover/contract';
import { defaultTimeUntilWarning, type PredefinedEvent } from '@fallover/events';
import { activeFields, customEventEntry, type DefinitionState, eventEntry, usersOf } from './state.ts';

/** A predefined event with what is customised on it. */
export function eventView(event: PredefinedEvent, state: DefinitionState): EventView {
  const { calledBy: _, ...facts } = event;
  const draft = eventEntry(state, event.name);
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
  const draft = customEventEntry(state, name);
  const active = activeFields(state, 'custom_event', name) as CustomEventView['active'];
  return {
    name,
    ...(draft ? { draft: { revision: draft.revision, fields: draft.fields } } : {}),
    ...(active ? { active } : {}),
    synchronised: isSynchronised(state, 'custom_event', name),
    usedBy: usersOf(name, state),
  };
}

const isSynchronised = ({ changes }: DefinitionState, entryClass: string, name: string): boolean =>
  !changes.some((change) => change.class === entryClass && change.name === name);
