import type { EventView } from '@fallover/contract';
import { classWords } from './event-words.ts';

const PARALLEL: Record<EventView['underParallelProcessing'], string> = {
  once: 'occurs once',
  per_list: 'occurs for each list of resource groups',
  never: 'does not occur',
};

/** What the catalogue says of an event. */
export function EventFacts({ event }: { event: EventView }) {
  const usage = event.arguments.map(({ name, required, several }) => {
    const word = several ? `${name}…` : name;
    return required ? word : `[${word}]`;
  });
  return (
    <dl className="smit-facts">
      <dt>Meaning</dt>
      <dd>{event.meaning}</dd>
      <dt>Occurs</dt>
      <dd>{event.occurs}</dd>
      <dt>Called as</dt>
      <dd>
        <code>{[event.name, ...usage].join(' ')}</code>
      </dd>
      <dt>Class</dt>
      <dd>
        {classWords(event.eventClass)}, {event.slow ? 'slow' : 'fast'}; with parallel processing it{' '}
        {PARALLEL[event.underParallelProcessing]}
      </dd>
    </dl>
  );
}
