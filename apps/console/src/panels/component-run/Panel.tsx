import '../../smit/components/components.css';
import { type ComponentRunView, commandLine as linesOf, runComponentEvent } from '@fallover/contract';
import { Table, Tbody, Td, Th, Thead, Tr } from '@patternfly/react-table/dist/dynamic/components/Table';
import { useQuery } from '@tanstack/react-query';
import { Link, useParams } from 'react-router';
import { visible } from '../../smit/ansi.ts';
import { CancelEvent } from '../../smit/components/CancelEvent.tsx';
import { askedBy, eventTitle, exitWords } from '../../smit/components/component-words.ts';
import { RunLabel, SaidLabel, StatusLabel } from '../../smit/components/Labels.tsx';
import { componentPath, runComponentEventPath } from '../../smit/components/paths.ts';
import { componentRunQuery } from '../../smit/components/queries.ts';
import { ScriptOutputs } from '../../smit/components/ScriptOutput.tsx';
import { Known } from '../../smit/Known.tsx';
import { PanelFrame } from '../../smit/PanelFrame.tsx';
import { Permitted } from '../../smit/Permitted.tsx';
import { commandLine } from '../../smit/shell-words.ts';
import { clockTime, duration, elapsedMs } from '../../smit/times.ts';
import { useNow } from '../../smit/use-now.ts';

/** One event of a component, script by script, while it runs and afterwards. */
export default function ComponentRun() {
  const { component = '', run: id = '' } = useParams();
  const query = useQuery(componentRunQuery(component, id));
  return (
    <PanelFrame
      title={query.data ? `${visible(eventTitle(query.data))} in ${component}` : 'Event of a Component'}
      above={componentPath(component)}
      commands={query.data ? commandsOf(query.data) : []}
    >
      <Known query={query} elsewhere={{ path: componentPath(component), label: `The component ${component}` }}>
        {(run) => <RunBody run={run} />}
      </Known>
    </PanelFrame>
  );
}

function commandsOf(run: ComponentRunView): string[] {
  const { component, event, args, timeoutSeconds, state, id, origin } = run;
  return [
    ...(origin.kind === 'ctdbd'
      ? []
      : linesOf('runComponentEvent', {
          parameters: { component },
          body: { event, args, ...(timeoutSeconds === undefined ? {} : { timeoutSeconds }) },
        })),
    commandLine(['fallover', 'ctdb', 'event', 'status', component, event]),
    ...(state === 'ended' || origin.kind === 'ctdbd'
      ? []
      : linesOf('cancelComponentRun', { parameters: { component, run: id } })),
  ];
}

function RunBody({ run }: { run: ComponentRunView }) {
  const { component, event, args, state, origin, scripts, toRun } = run;
  const now = useNow(state !== 'ended');
  return (
    <>
      <RunHead run={run} now={now} />
      <p role="status">{visible(run.sentence)}</p>
      {state === 'ended' || origin.kind === 'ctdbd' ? null : (
        <p className="smit-quiet">
          Closing this page does not end it: it goes on until it is done, its time is over or somebody cancels it.
        </p>
      )}
      {scripts.length + toRun.length === 0 ? null : <ScriptTable run={run} now={now} />}
      <section className="component-outputs" aria-label="What the scripts said">
        <h2>What they said</h2>
        {state === 'running' ? <p className="smit-quiet">What a script says is shown when it has ended.</p> : null}
        {scripts.length === 0 ? (
          <p className="smit-quiet">No script was started.</p>
        ) : (
          <ScriptOutputs event={event} results={scripts.filter(({ status }) => status !== undefined)} />
        )}
      </section>
      {state === 'ended' && origin.kind !== 'ctdbd' ? (
        <Permitted needs={runComponentEvent}>
          <p>
            <Link to={runComponentEventPath(component, event, args)}>Run it again …</Link>
          </p>
        </Permitted>
      ) : null}
    </>
  );
}

function RunHead({ run, now }: { run: ComponentRunView; now: number }) {
  const elapsed = run.durationMs ?? elapsedMs({ startedAt: run.acceptedAt, endedAt: run.endedAt }, now);
  const { timeoutSeconds, result } = run;
  return (
    <div className="component-head">
      <RunLabel run={run} />
      <span>
        <strong>{duration(elapsed ?? 0)}</strong>
        <span className="smit-quiet">
          {timeoutSeconds === undefined ? ' without a deadline' : ` of ${duration(timeoutSeconds * 1000)} for all scripts`}
        </span>
      </span>
      <span className="smit-quiet">
        by {visible(askedBy(run))},{' '}
        <time dateTime={run.acceptedAt} title={run.acceptedAt}>
          {clockTime(run.acceptedAt)}
        </time>
        {result === undefined ? '' : `, ctdb event run exits with ${result}`}
      </span>
      <span className="component-ways">
        <Link to={componentPath(run.component)}>Component {run.component}</Link>
        <CancelEvent run={run} />
      </span>
    </div>
  );
}

function ScriptTable({ run: { scripts, toRun, state }, now }: { run: ComponentRunView; now: number }) {
  return (
    <Table role="table" variant="compact" aria-label="Scripts" gridBreakPoint="grid-md">
      <Thead>
        <Tr>
          <Th width={25}>Script</Th>
          <Th>Status</Th>
          <Th>Exit status</Th>
          <Th>Duration</Th>
          <Th width={40}>Remarks</Th>
        </Tr>
      </Thead>
      <Tbody>
        {scripts.map((script) => {
          const runs = script.status === undefined && state === 'running';
          const elapsed = script.durationMs ?? (runs ? elapsedMs({ startedAt: script.startedAt }, now) : undefined);
          return (
            <Tr key={script.script}>
              <Td dataLabel="Script">
                <span className="smit-event-name">{visible(script.script)}</span>
              </Td>
              <Td dataLabel="Status">
                {runs || script.status !== undefined ? (
                  <StatusLabel status={script.status} />
                ) : (
                  <SaidLabel said={{ says: 'no status' }} />
                )}
              </Td>
              <Td dataLabel="Exit status">{visible(exitWords(script))}</Td>
              <Td dataLabel="Duration" modifier="nowrap">
                {elapsed === undefined ? '–' : duration(elapsed)}
              </Td>
              <Td dataLabel="Remarks">{script.reason === undefined ? '' : visible(script.reason)}</Td>
            </Tr>
          );
        })}
        {toRun.map((script) => (
          <Tr key={script}>
            <Td dataLabel="Script">
              <span className="smit-event-name">{visible(script)}</span>
            </Td>
            <Td dataLabel="Status">
              <span className="smit-quiet">{state === 'ended' ? 'was not run' : 'still to come'}</span>
            </Td>
            <Td dataLabel="Exit status">–</Td>
            <Td dataLabel="Duration">–</Td>
            <Td dataLabel="Remarks" />
          </Tr>
        ))}
      </Tbody>
    </Table>
  );
}
