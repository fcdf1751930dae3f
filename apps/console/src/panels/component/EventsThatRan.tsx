import type { ComponentView } from '@fallover/contract';
import { FormSelect, FormSelectOption } from '@patternfly/react-core/dist/dynamic/components/FormSelect';
import { Table, Tbody, Td, Th, Thead, Tr } from '@patternfly/react-table/dist/dynamic/components/Table';
import { useQuery } from '@tanstack/react-query';
import { Link, useSearchParams } from 'react-router';
import { visible } from '../../smit/ansi.ts';
import { askedBy, eventTitle } from '../../smit/components/component-words.ts';
import { RunLabel } from '../../smit/components/Labels.tsx';
import { componentRunPath } from '../../smit/components/paths.ts';
import { componentRunsQuery } from '../../smit/components/queries.ts';
import { Known } from '../../smit/Known.tsx';
import { clockTime, duration } from '../../smit/times.ts';
import { useFilter } from '../../smit/use-filter.ts';

/** Every event that ran in the component, newest first. */
export function EventsThatRan({ component: { name, events } }: { component: ComponentView }) {
  const [{ event, before }, change] = useFilter(['event', 'before'] as const);
  const query = useQuery(componentRunsQuery(name, { event, before }));
  return (
    <>
      <div className="smit-filters">
        <label htmlFor="component-runs-of">Event</label>
        <FormSelect
          id="component-runs-of"
          className="component-event"
          value={event ?? ''}
          onChange={(_, next) => change({ event: next, before: '' })}
        >
          <FormSelectOption value="" label="every event" />
          {events.map((one) => (
            <FormSelectOption key={one.event} value={one.event} label={visible(one.event)} />
          ))}
        </FormSelect>
      </div>
      <Known query={query}>
        {({ runs, more }) => (
          <>
            {runs.length === 0 ? (
              <p className="smit-empty">No such event is known of this component.</p>
            ) : (
              <Table role="table" variant="compact" aria-label="Events that ran" gridBreakPoint="grid-md">
                <Thead>
                  <Tr>
                    <Th width={25}>Event</Th>
                    <Th modifier="fitContent">Outcome</Th>
                    <Th>What came of it</Th>
                    <Th modifier="fitContent">Asked for by</Th>
                    <Th modifier="fitContent">Accepted</Th>
                    <Th modifier="fitContent">Duration</Th>
                  </Tr>
                </Thead>
                <Tbody>
                  {runs.map((run) => (
                    <Tr key={run.id}>
                      <Td dataLabel="Event">
                        <Link className="smit-event-name" to={componentRunPath(name, run.id)}>
                          {visible(eventTitle(run))}
                        </Link>
                      </Td>
                      <Td dataLabel="Outcome" modifier="nowrap">
                        <RunLabel run={run} />
                      </Td>
                      <Td dataLabel="What came of it">{visible(run.sentence)}</Td>
                      <Td dataLabel="Asked for by" modifier="nowrap">
                        {visible(askedBy(run))}
                      </Td>
                      <Td dataLabel="Accepted" modifier="nowrap">
                        <time dateTime={run.acceptedAt} title={run.acceptedAt}>
                          {clockTime(run.acceptedAt)}
                        </time>
                      </Td>
                      <Td dataLabel="Duration" modifier="nowrap">
                        {run.durationMs === undefined ? '–' : duration(run.durationMs)}
                      </Td>
                    </Tr>
                  ))}
                </Tbody>
              </Table>
            )}
            <Older before={before} last={more ? runs.at(-1)?.id : undefined} />
          </>
        )}
      </Known>
    </>
  );
}

/** A page is a place in the URL, so that Back leads to the newer ones. */
function Older({ before, last }: { before: string | undefined; last: string | undefined }) {
  const [search] = useSearchParams();
  const to = (id: string | undefined): string => {
    const next = new URLSearchParams(search);
    next.delete('before');
    if (id !== undefined) next.set('before', id);
    return `?${next}`;
  };
  if (before === undefined && last === undefined) return null;
  return (
    <nav className="smit-pages" aria-label="Pages">
      <Link to={to(undefined)} aria-disabled={before === undefined}>
        Newest
      </Link>
      <Link to={to(last ?? before)} aria-disabled={last === undefined}>
        Older
      </Link>
    </nav>
  );
}
