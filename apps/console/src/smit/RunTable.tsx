import type { RunSummary } from '@fallover/contract';
import { onNodeWords } from '@fallover/events';
import { Label } from '@patternfly/react-core/dist/dynamic/components/Label';
import { Table, Tbody, Td, Th, Thead, Tr } from '@patternfly/react-table/dist/dynamic/components/Table';
import { Link } from 'react-router';
import { RunOutcome } from './RunOutcome.tsx';
import { clockTime, duration, elapsedMs } from './times.ts';

export const runTitle = ({ event, args }: Pick<RunSummary, 'event' | 'args'>): string => [event, ...args].join(' ');

export function originWords({ origin }: Pick<RunSummary, 'origin'>): string {
  if (origin.kind === 'cluster_manager') return origin.by === undefined ? 'cluster manager' : `${origin.by} (cluster services)`;
  return origin.kind === 'report' ? `${origin.name} (report ${origin.id ?? 'without an id'})` : origin.name;
}

export function RunTable({ runs, label, now }: { runs: RunSummary[]; label: string; now: number }) {
  return (
    <Table role="table" variant="compact" aria-label={label} gridBreakPoint="grid-md">
      <Thead>
        <Tr>
          <Th width={40}>Event</Th>
          <Th width={20}>Outcome</Th>
          <Th width={20}>Asked for by</Th>
          <Th width={10}>Accepted</Th>
          <Th width={10}>Duration</Th>
        </Tr>
      </Thead>
      <Tbody>
        {runs.map((run) => {
          const elapsed = elapsedMs(run, now);
          return (
            <Tr key={run.id}>
              <Td dataLabel="Event">
                <Link to={`/runs/${run.id}`} className="smit-event-name">
                  {runTitle(run)}
                </Link>
                {onNodeWords(run) === '' ? null : <span className="smit-quiet">{onNodeWords(run)}</span>}
                {run.drill ? (
                  <>
                    {' '}
                    <Label isCompact color="purple">
                      drill
                    </Label>
                  </>
                ) : null}
              </Td>
              <Td dataLabel="Outcome">
                <RunOutcome run={run} />
              </Td>
              <Td dataLabel="Asked for by">{originWords(run)}</Td>
              <Td dataLabel="Accepted">
                <time dateTime={run.acceptedAt} title={run.acceptedAt}>
                  {clockTime(run.acceptedAt, now)}
                </time>
              </Td>
              <Td dataLabel="Duration">
                {elapsed === undefined ? '–' : duration(elapsed)}
                {run.warnings > 0 ? (
                  <span className="smit-warning" title="config_too_long was raised">
                    {' '}
                    {run.warnings === 1 ? '1 warning' : `${run.warnings} warnings`}
                  </span>
                ) : null}
              </Td>
            </Tr>
          );
        })}
      </Tbody>
    </Table>
  );
}
