import { Table, Tbody, Td, Th, Thead, Tr } from '@patternfly/react-table/dist/dynamic/components/Table';
import { useQuery } from '@tanstack/react-query';
import { Link } from 'react-router';
import { visible } from '../../smit/ansi.ts';
import { countsOf, outcomeWords, spellsOf } from '../../smit/components/component-words.ts';
import { OutcomeLabel } from '../../smit/components/Labels.tsx';
import { componentRunPath } from '../../smit/components/paths.ts';
import { componentHealthQuery } from '../../smit/components/queries.ts';
import { Known } from '../../smit/Known.tsx';
import { clockTime } from '../../smit/times.ts';

/** The last monitor events, one mark each, the oldest at the left. The view Health has the same as a table. */
export function HealthStrip({ component }: { component: string }) {
  const monitor = useQuery(componentHealthQuery(component)).data?.monitor ?? [];
  const [first] = monitor;
  const last = monitor.at(-1);
  if (!first || !last) return null;
  return (
    <div>
      <div
        className="health-strip"
        role="img"
        aria-label={`The last ${monitor.length} monitor events, ${clockTime(first.at)} to ${clockTime(last.at)}: ${countsOf(monitor)}`}
      >
        {monitor.map(({ run, at, outcome, script }) => (
          <span
            key={run}
            className={`health-${outcome}`}
            title={`${clockTime(at)} ${outcomeWords(outcome).says}${script === undefined ? '' : ` in ${visible(script)}`}`}
          />
        ))}
      </div>
      <p className="smit-help">
        monitor, {clockTime(first.at)} to {clockTime(last.at)}: {countsOf(monitor)}
      </p>
    </div>
  );
}

/** The same as a table: what ended alike one after another is one line. */
export function HealthHistory({ component }: { component: string }) {
  const query = useQuery(componentHealthQuery(component));
  return (
    <Known query={query}>
      {({ monitor }) =>
        monitor.length === 0 ? (
          <p className="smit-empty">The event monitor has not run in this component since Fallover knows it.</p>
        ) : (
          <Table role="table" variant="compact" aria-label="How monitor ended" gridBreakPoint="grid-md">
            <Thead>
              <Tr>
                <Th>Outcome</Th>
                <Th width={25}>Script</Th>
                <Th>From</Th>
                <Th>To</Th>
                <Th>Times in a row</Th>
                <Th screenReaderText="The last of them" />
              </Tr>
            </Thead>
            <Tbody>
              {spellsOf(monitor).map(({ run, from, to, outcome, script, count }) => (
                <Tr key={run}>
                  <Td dataLabel="Outcome">
                    <OutcomeLabel outcome={outcome} />
                  </Td>
                  <Td dataLabel="Script">{script === undefined ? '–' : visible(script)}</Td>
                  <Td dataLabel="From">
                    <Time at={from} />
                  </Td>
                  <Td dataLabel="To">
                    <Time at={to} />
                  </Td>
                  <Td dataLabel="Times in a row">{count}</Td>
                  <Td>
                    <Link
                      to={componentRunPath(component, run)}
                      aria-label={`${count === 1 ? 'Look at it' : 'Look at the last'}: monitor of ${clockTime(to)}`}
                    >
                      {count === 1 ? 'Look at it' : 'Look at the last'}
                    </Link>
                  </Td>
                </Tr>
              ))}
            </Tbody>
          </Table>
        )
      }
    </Known>
  );
}

const Time = ({ at }: { at: string }) => (
  <time dateTime={at} title={at}>
    {clockTime(at)}
  </time>
);
