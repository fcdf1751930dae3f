import { OUTCOMES } from '@fallover/events';
import { FormSelect, FormSelectOption } from '@patternfly/react-core/dist/dynamic/components/FormSelect';
import { SearchInput } from '@patternfly/react-core/dist/dynamic/components/SearchInput';
import { TextInput } from '@patternfly/react-core/dist/dynamic/components/TextInput';
import { useQuery } from '@tanstack/react-query';
import { eventsQuery } from '../../live/queries.ts';
import { localTime, momentOf } from './local-time.ts';
import type { RunFilter } from './queries.ts';

interface RunFiltersProps {
  filter: RunFilter;
  change: (changes: Partial<Record<keyof RunFilter, string>>) => void;
}

export function RunFilters({ filter, change }: RunFiltersProps) {
  const known = useQuery(eventsQuery).data?.map(({ name }) => name) ?? [];
  const { event } = filter;
  // An event that is not known any more may still have runs.
  const events = event !== undefined && !known.includes(event) ? [event, ...known] : known;
  return (
    <search className="smit-filters run-filters" aria-label="Runs">
      <SearchInput
        aria-label="Text"
        placeholder="Event, argument"
        value={filter.text ?? ''}
        onChange={(_, text) => change({ text })}
        onClear={() => change({ text: '' })}
      />
      <FormSelect aria-label="Event" value={event ?? ''} onChange={(_, value) => change({ event: value })}>
        <FormSelectOption value="" label="every event" />
        {events.map((one) => (
          <FormSelectOption key={one} value={one} label={one} />
        ))}
      </FormSelect>
      <FormSelect aria-label="Outcome" value={filter.outcome ?? ''} onChange={(_, value) => change({ outcome: value })}>
        <FormSelectOption value="" label="every outcome" />
        {OUTCOMES.map((one) => (
          <FormSelectOption key={one} value={one} label={one} />
        ))}
      </FormSelect>
      <Moment label="accepted from" value={filter.since} change={(since) => change({ since })} />
      <Moment label="until" value={filter.until} change={(until) => change({ until })} />
    </search>
  );
}

function Moment({ label, value, change }: { label: string; value: string | undefined; change: (value: string) => void }) {
  const id = `runs-${label.replace(' ', '-')}`;
  return (
    <span className="run-filter-moment">
      <label htmlFor={id}>{label}</label>
      <TextInput id={id} type="datetime-local" value={localTime(value)} onChange={(_, next) => change(momentOf(next))} />
    </span>
  );
}
