import type { CustomEventView, EntryView, EventView } from '@fallover/contract';
import { byEntry, defaultTimeUntilWarning, entryUsers, type PredefinedEvent } from '@fallover/events';
import type { EntryRef } from './faults.ts';
import type { DefinitionState } from './state.ts';

/** The entries of a definition as they are shown. */
export interface DefinitionViews {
  /** A predefined event with what is customised on it. */
  event(event: PredefinedEvent): EventView;
  customEvent(name: string): CustomEventView;
  /** An entry of any class, with the entries of the draft that name it. */
  entry(entry: EntryRef): EntryView;
}

/** What is known of all entries is put in order once, so that a list of them takes no longer for each than a single one. */
export function definitionViews(
  { draft, activeDocument, changes }: DefinitionState,
  scriptPath: (name: string) => string | undefined,
): DefinitionViews {
  const inDraft = byEntry(draft.map((entry) => [entry, entry] as const));
  const isActive = byEntry(activeDocument.entries.map((entry) => [entry, entry] as const));
  const changed = byEntry(changes.map((change) => [change, change] as const));
  const users = entryUsers(draft);
  const bothSides = (ref: EntryRef) => {
    const [now, active] = [inDraft.get(ref), isActive.get(ref)];
    return {
      ...(now ? { draft: { revision: now.revision, fields: now.fields as Fields } } : {}),
      ...(active ? { active: active.fields as Fields } : {}),
      synchronised: !changed.has(ref),
    };
  };
  const usedBy = (ref: EntryRef): EntryRef[] => {
    if (ref.class !== 'script') return users.ofEntry(ref);
    const path = scriptPath(ref.name);
    return path === undefined ? [] : users.ofCommand(path);
  };
  return {
    event({ calledBy: _, ...event }) {
      return {
        ...event,
        arguments: event.arguments.map((argument) => ({ ...argument })),
        defaultTimeUntilWarning: defaultTimeUntilWarning(event),
        ...(bothSides({ class: 'event', name: event.name }) as Pick<EventView, 'draft' | 'active' | 'synchronised'>),
      };
    },
    customEvent(name) {
      const ref = { class: 'custom_event', name } as const;
      return {
        name,
        ...(bothSides(ref) as Pick<CustomEventView, 'draft' | 'active' | 'synchronised'>),
        usedBy: usedBy(ref).map((user) => user.name),
      };
    },
    entry: ({ class: entryClass, name }) => {
      const ref = { class: entryClass, name };
      return { ...ref, ...bothSides(ref), usedBy: usedBy(ref) };
    },
  };
}

type Fields = NonNullable<EntryView['active']>;
