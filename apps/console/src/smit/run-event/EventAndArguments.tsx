import type { EventView } from '@fallover/contract';
import { ArgumentEntry } from './ArgumentEntry.tsx';
import { EventChoice } from './EventChoice.tsx';
import { useSuggestions } from './queries.ts';
import type { useEventArguments } from './use-event-arguments.ts';

interface EventAndArgumentsProps {
  events: readonly EventView[];
  nodes: readonly string[];
  entered: ReturnType<typeof useEventArguments>;
  faultsOf: (argument: string, index: number) => string[];
  chosen?: () => void;
  /** The draft is emulated: what is defined there can be chosen. */
  draft?: boolean;
}

/** The first entries of a panel that runs or emulates an event. */
export function EventAndArguments({ events, nodes, entered, faultsOf, chosen, draft = false }: EventAndArgumentsProps) {
  const { name, event, list, filled } = entered;
  const suggestions = useSuggestions(events, list, draft);
  return (
    <>
      <EventChoice
        events={events}
        value={name}
        choose={(next) => {
          entered.choose(next);
          chosen?.();
        }}
      />
      {event ? <p className="smit-lead">{event.meaning}</p> : null}
      {list.map((argument, index) => (
        <ArgumentEntry
          key={argument.name}
          argument={argument}
          value={filled[argument.name] ?? ''}
          change={(value) => entered.change(argument.name, value)}
          nodes={nodes}
          suggestions={suggestions(argument.kind)}
          faults={faultsOf(argument.name, index)}
        />
      ))}
    </>
  );
}
