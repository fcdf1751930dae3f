import { NOTIFICATION_STATES } from '@fallover/events';
import { FormSelect, FormSelectOption } from '@patternfly/react-core/dist/dynamic/components/FormSelect';
import { SearchInput } from '@patternfly/react-core/dist/dynamic/components/SearchInput';
import { useQuery } from '@tanstack/react-query';
import { Link } from 'react-router';
import { eventsQuery } from '../../live/queries.ts';
import { methodsQuery, type NotificationFilter } from '../../smit/notification/queries.ts';
import { STATE_WORDS } from '../../smit/notification/words.ts';

interface NotificationFiltersProps {
  filter: NotificationFilter;
  change: (changes: Partial<Record<keyof NotificationFilter, string>>) => void;
}

export function NotificationFilters({ filter, change }: NotificationFiltersProps) {
  const methods = useQuery(methodsQuery).data?.map(({ name }) => name) ?? [];
  const events = useQuery(eventsQuery).data?.map(({ name }) => name) ?? [];
  return (
    <search className="smit-filters" aria-label="Notifications">
      <SearchInput
        aria-label="Text"
        placeholder="Recipient, subject, answer"
        value={filter.text ?? ''}
        onChange={(_, text) => change({ text })}
        onClear={() => change({ text: '' })}
      />
      <Choice label="Method" every="every method" known={methods} value={filter.method} change={(method) => change({ method })} />
      <Choice label="Event" every="every event" known={events} value={filter.event} change={(event) => change({ event })} />
      <FormSelect aria-label="State" value={filter.state ?? ''} onChange={(_, state) => change({ state })}>
        <FormSelectOption value="" label="every state" />
        {NOTIFICATION_STATES.map((state) => (
          <FormSelectOption key={state} value={state} label={STATE_WORDS[state].says} />
        ))}
      </FormSelect>
      {filter.run === undefined ? null : (
        <span className="smit-quiet">
          of <Link to={`/runs/${filter.run}`}>one run</Link>
        </span>
      )}
    </search>
  );
}

interface ChoiceProps {
  label: string;
  every: string;
  known: readonly string[];
  value: string | undefined;
  change: (value: string) => void;
}

function Choice({ label, every, known, value, change }: ChoiceProps) {
  // What is configured no more may still have sent something.
  const all = value !== undefined && !known.includes(value) ? [value, ...known] : known;
  return (
    <FormSelect aria-label={label} value={value ?? ''} onChange={(_, next) => change(next)}>
      <FormSelectOption value="" label={every} />
      {all.map((one) => (
        <FormSelectOption key={one} value={one} label={one} />
      ))}
    </FormSelect>
  );
}
