import './events.css';
import type { EventView } from '@fallover/contract';
import { EVENT_CLASSES, type EventArgument, eventUsage } from '@fallover/events';
import { Checkbox } from '@patternfly/react-core/dist/dynamic/components/Checkbox';
import { FormSelect, FormSelectOption } from '@patternfly/react-core/dist/dynamic/components/FormSelect';
import { Label } from '@patternfly/react-core/dist/dynamic/components/Label';
import { SearchInput } from '@patternfly/react-core/dist/dynamic/components/SearchInput';
import { Table, Tbody, Td, Th, Thead, Tr } from '@patternfly/react-table/dist/dynamic/components/Table';
import { useQuery } from '@tanstack/react-query';
import { Link } from 'react-router';
import { eventsQuery } from '../../live/queries.ts';
import { classWords } from '../../smit/event-words.ts';
import { Known } from '../../smit/Known.tsx';
import { PanelFrame } from '../../smit/PanelFrame.tsx';
import { useFilter } from '../../smit/use-filter.ts';
import { customisedFields } from './customised.ts';

const FILTERS = ['q', 'class', 'customised'] as const;

export default function Events() {
  const [filter, change] = useFilter(FILTERS);
  const events = useQuery(eventsQuery);
  return (
    <PanelFrame
      title="Change/Show Pre-Defined Events"
      fastPath="cm_events"
      lead="What the cluster manager does for each event, and what is customised on it. Choose an event to change its commands."
      commands={['fallover query event']}
    >
      <div className="smit-filters">
        <SearchInput
          aria-label="Search events"
          placeholder="Name, meaning, command"
          value={filter.q ?? ''}
          onChange={(_, q) => change({ q })}
          onClear={() => change({ q: '' })}
        />
        <FormSelect aria-label="Class" value={filter.class ?? ''} onChange={(_, value) => change({ class: value })}>
          <FormSelectOption value="" label="every class" />
          {EVENT_CLASSES.map((one) => (
            <FormSelectOption key={one} value={one} label={classWords(one)} />
          ))}
        </FormSelect>
        <Checkbox
          id="only-customised"
          label="only customised"
          isChecked={filter.customised === 'yes'}
          onChange={(_, checked) => change({ customised: checked ? 'yes' : '' })}
        />
      </div>
      <Known query={events}>{(all) => <EventTable all={all} found={all.filter((event) => matches(event, filter))} />}</Known>
    </PanelFrame>
  );
}

function matches(event: EventView, filter: { [Name in (typeof FILTERS)[number]]?: string | undefined }): boolean {
  const words = (filter.q ?? '').toLowerCase().split(/\s+/);
  const text =
    `${event.name} ${usageOf(event)} ${event.meaning} ${event.occurs} ${customisedFields(event).join(' ')}`.toLowerCase();
  return (
    words.every((word) => text.includes(word)) &&
    (!filter.class || event.eventClass === filter.class) &&
    (filter.customised !== 'yes' || !event.synchronised || customisedFields(event).length > 0)
  );
}

function EventTable({ all, found }: { all: EventView[]; found: EventView[] }) {
  if (found.length === 0) return <p className="smit-empty">No event of {all.length} matches. Clear the search or the class.</p>;
  return (
    <>
      <p className="smit-count" aria-live="polite">
        {found.length === all.length ? `${all.length} events` : `${found.length} of ${all.length} events`}
      </p>
      <Table role="table" variant="compact" aria-label="Events" gridBreakPoint="grid-lg">
        <Thead>
          <Tr>
            <Th width={25}>Event</Th>
            <Th>Class</Th>
            <Th>Speed</Th>
            <Th width={40}>Meaning</Th>
            <Th width={20}>Customised</Th>
          </Tr>
        </Thead>
        <Tbody>
          {found.map((event) => (
            <Tr key={event.name}>
              <Td dataLabel="Event">
                <Link to={`/smit/cm_event/${encodeURIComponent(event.name)}`} className="smit-event-name">
                  {event.name}
                </Link>
                {event.arguments.length > 0 ? <div className="events-usage">{usageOf(event)}</div> : null}
              </Td>
              <Td dataLabel="Class">{classWords(event.eventClass)}</Td>
              <Td dataLabel="Speed">{event.slow ? 'slow' : 'fast'}</Td>
              <Td dataLabel="Meaning">
                {event.meaning}
                <div className="smit-count">{event.occurs}</div>
              </Td>
              <Td dataLabel="Customised">
                <Customised event={event} />
              </Td>
            </Tr>
          ))}
        </Tbody>
      </Table>
    </>
  );
}

/** The arguments as the manual writes them. */
const usageOf = (event: EventView): string =>
  eventUsage({ name: '', arguments: event.arguments as readonly EventArgument[] }).trim();

/** The event's own panel has the full pathnames. */
const withoutDirectories = (field: string): string => field.replace(/(^| )\/\S*\//g, '$1');

function Customised({ event }: { event: EventView }) {
  const fields = customisedFields(event);
  if (event.synchronised && fields.length === 0) return <span className="smit-quiet">no</span>;
  return (
    <>
      <Label isCompact {...(event.synchronised ? { color: 'blue' as const } : { status: 'warning' as const })}>
        {event.synchronised ? 'customised' : 'not synchronised'}
      </Label>
      {fields.length > 0 ? <div className="smit-count">{fields.map(withoutDirectories).join(', ')}</div> : null}
    </>
  );
}
