import './log-viewing.css';
import type { NodeLogView } from '@fallover/contract';
import { Table, Tbody, Td, Th, Thead, Tr } from '@patternfly/react-table/dist/dynamic/components/Table';
import { useQuery, useQueryClient } from '@tanstack/react-query';
import { useEffect, useMemo } from 'react';
import { Link } from 'react-router';
import { sessionQuery } from '../../live/queries.ts';
import { Known } from '../../smit/Known.tsx';
import { Log } from '../../smit/log/Log.tsx';
import { NodeChoice } from '../../smit/nodes/NodeChoice.tsx';
import { PanelFrame } from '../../smit/PanelFrame.tsx';
import { commandLine } from '../../smit/shell-words.ts';
import { clockTime, size } from '../../smit/times.ts';
import { useFilter } from '../../smit/use-filter.ts';
import { OnlyLines } from './OnlyLines.tsx';
import { addressed, type LogOfNode, logNamed, logsQuery } from './queries.ts';

/** The log files of a node: chosen, read, searched, followed and downloaded. */
export default function LogViewing() {
  const [filter, change] = useFilter(['node', 'log', 'only', 'line', 'find'] as const);
  const own = useQuery(sessionQuery).data?.node;
  const node = filter.node === own ? undefined : filter.node;
  const query = useQuery(logsQuery(node));
  const log = filter.log ?? 'hacmp.out';
  const of = useMemo(() => ({ node, log }), [node, log]);
  const on = node === undefined ? [] : ['--node', node];
  const only = filter.only ?? '';
  return (
    <PanelFrame
      title="Log Viewing"
      fastPath="cm_log_viewing"
      lead={`${leadOf(node)} hacmp.out has what the cluster manager did and what every command wrote; at midnight it becomes hacmp.out.1.`}
      commands={[commandLine(['fallover', 'query', 'log', ...on]), commandLine(['fallover', 'query', 'log', log, ...on])]}
    >
      <div className="smit-filters">
        <NodeChoice value={node} change={(next) => change({ node: next, log: '', only: '', line: '', find: '' })} />
      </div>
      <Known query={query}>{({ logs }) => <Logs logs={logs} of={of} only={only} />}</Known>
      {query.data ? (
        <OnlyLines
          key={`${node} ${log}`}
          of={of}
          text={only}
          enter={(text) => change({ only: text, line: undefined, log })}
          whole={<WholeLog key={`${node} ${log}`} of={of} size={query.data.logs.find(({ name }) => name === log)?.size} />}
        />
      ) : null}
    </PanelFrame>
  );
}

const leadOf = (node: string | undefined): string =>
  node === undefined ? 'The log files of this node.' : `The log files of node ${node}: its cluster manager is asked for them.`;

function Logs({ logs, of, only }: { logs: readonly NodeLogView[]; of: LogOfNode; only: string }) {
  const chosen = of.log;
  if (logs.length === 0) return <p className="smit-empty">There is no log yet: hacmp.out comes with the first event.</p>;
  return (
    <Table role="table" variant="compact" aria-label="Logs" className="logs" gridBreakPoint="">
      <Thead>
        <Tr>
          <Th width={30}>Log</Th>
          <Th>Size</Th>
          <Th width={50}>Last change</Th>
        </Tr>
      </Thead>
      <Tbody>
        {logs.map(({ name, size: bytes, changedAt }) => (
          <Tr key={name} {...(name === chosen ? { isRowSelected: true } : {})}>
            <Td dataLabel="Log">
              <Link
                to={`?${new URLSearchParams({ ...addressed({ ...of, log: name }), ...(only === '' ? {} : { only }) })}`}
                {...(name === chosen ? { 'aria-current': 'true' } : {})}
              >
                {name}
              </Link>
            </Td>
            <Td dataLabel="Size" modifier="nowrap">
              {size(bytes)}
            </Td>
            <Td dataLabel="Last change">
              <time dateTime={changedAt} title={changedAt}>
                {clockTime(changedAt)}
              </time>
            </Td>
          </Tr>
        ))}
      </Tbody>
    </Table>
  );
}

function WholeLog({ of, size: bytes }: { of: LogOfNode; size: number | undefined }) {
  const { log } = of;
  const queries = useQueryClient();
  const source = useMemo(() => logNamed(of), [of]);
  const here = useMemo(() => addressed(of), [of]);
  // What the list of logs says has grown, or has become another file, is read on.
  useEffect(() => {
    if (bytes !== undefined) void queries.invalidateQueries({ queryKey: [...source.key, 'tail'] });
  }, [queries, source, bytes]);
  return (
    <Log
      source={source}
      title={log}
      heading="h2"
      name="log"
      label={`Lines of ${log}`}
      live={!/\.\d$/.test(log)}
      timed={false}
      empty="Nothing is in it yet. Its first lines come with the first event."
      here={here}
    />
  );
}
