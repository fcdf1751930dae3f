import type { EventView } from '@fallover/contract';
import { useState } from 'react';
import { useSearchParams } from 'react-router';
import { argumentsFrom, missingArguments, typedFrom } from './arguments.ts';

/** An event and its arguments, as they are being entered. They stand in the URL too: `?event=node_down&arg=nodea&arg=takeover`. */
export function useEventArguments(events: readonly EventView[], nodes: readonly string[]) {
  const [search, setSearch] = useSearchParams();
  const name = search.get('event') ?? '';
  const event = events.find((one) => one.name === name);
  const list = event?.arguments ?? [];
  const [typed, setTyped] = useState<Record<string, string>>(() => typedFrom(list, search.getAll('arg')));
  // One node is all there is to choose: it need not be chosen.
  const only = nodes.length === 1 ? nodes[0] : undefined;
  const fill = (of: EventView['arguments'], values: Record<string, string>): Record<string, string> =>
    Object.fromEntries(
      of.map(({ name, kind, required }) => [name, values[name] ?? (kind === 'node' && required && only ? only : '')]),
    );
  const filled = fill(list, typed);
  const enter = (next: Record<string, string>, of: EventView | undefined): void => {
    setTyped(next);
    setSearch(
      (known) => {
        const kept = [...known].filter(([key]) => key !== 'event' && key !== 'arg');
        const args = of ? argumentsFrom(of.arguments, fill(of.arguments, next)) : [];
        return new URLSearchParams([...kept, ...(of ? [['event', of.name]] : []), ...args.map((arg) => ['arg', arg])]);
      },
      { replace: true },
    );
  };
  return {
    name,
    event,
    list,
    filled,
    args: argumentsFrom(list, filled),
    complete: event !== undefined && missingArguments(list, filled).length === 0,
    /** What was typed is kept for the arguments of the same name. */
    choose: (next: string): void =>
      enter(
        typed,
        events.find((one) => one.name === next),
      ),
    change: (argument: string, value: string): void => enter({ ...typed, [argument]: value }, event),
    reset: (): void => enter({}, event),
  };
}
