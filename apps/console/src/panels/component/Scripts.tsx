import type { ComponentScriptView, ComponentView, ScriptResultView } from '@fallover/contract';
import { disableComponentScript, enableComponentScript, getComponentScript } from '@fallover/contract';
import { SCRIPT_EVENT_NAMES } from '@fallover/events';
import { Button } from '@patternfly/react-core/dist/dynamic/components/Button';
import { FormSelect, FormSelectOption } from '@patternfly/react-core/dist/dynamic/components/FormSelect';
import { Table, Tbody, Td, Th, Thead, Tr } from '@patternfly/react-table/dist/dynamic/components/Table';
import { useQuery } from '@tanstack/react-query';
import { useState } from 'react';
import { Link } from 'react-router';
import { useForbidden } from '../../live/permission.ts';
import { visible } from '../../smit/ansi.ts';
import { enablingSentence, exitWords, linkingSentence, scriptState } from '../../smit/components/component-words.ts';
import { SaidLabel, StatusLabel } from '../../smit/components/Labels.tsx';
import { componentRunPath, componentScriptPath } from '../../smit/components/paths.ts';
import { componentVerificationQuery } from '../../smit/components/queries.ts';
import { ScriptOutputs } from '../../smit/components/ScriptOutput.tsx';
import { Pathname } from '../../smit/Pathname.tsx';
import { Permitted } from '../../smit/Permitted.tsx';
import { clockTime, duration } from '../../smit/times.ts';
import { EnableScript, type Enabling } from './EnableScript.tsx';
import { Ignored } from './Ignored.tsx';

interface ScriptsProps {
  component: ComponentView;
  /** Whose results are shown; undefined while no event has run. */
  event: string | undefined;
  choose: (event: string) => void;
}

/** The scripts in the order in which they run, and how each ended the last time that one event ran. */
export function Scripts({ component, event, choose }: ScriptsProps) {
  const { name, scripts, events } = component;
  const [enabling, setEnabling] = useState<Enabling>();
  const [said, setSaid] = useState<string>();
  const run = events.find((one) => one.event === event);
  const results = scripts.flatMap((script) => resultOf(component, script, event) ?? []);
  const known = [...new Set([...events.map((one) => one.event), ...(event === undefined ? [] : [event])])];
  const sorted = [
    ...SCRIPT_EVENT_NAMES.filter((one) => known.includes(one)),
    ...known.filter((one) => !SCRIPT_EVENT_NAMES.some((its) => its === one)),
  ];
  return (
    <>
      <p role="status">{said === undefined ? null : visible(said)}</p>
      {event === undefined ? (
        <p className="smit-quiet">No event has run in this component since Fallover knows it.</p>
      ) : (
        <div className="smit-filters">
          <label htmlFor="component-event">Results of</label>
          <FormSelect id="component-event" className="component-event" value={event} onChange={(_, next) => choose(next)}>
            {sorted.map((one) => (
              <FormSelectOption key={one} value={one} label={visible(one)} />
            ))}
          </FormSelect>
          {run ? (
            <span>
              <Link to={componentRunPath(name, run.id)}>The last one</Link>
              <span className="smit-quiet">
                , {clockTime(run.acceptedAt)}: {visible(run.sentence)}
              </span>
            </span>
          ) : null}
        </div>
      )}
      {scripts.length === 0 ? (
        <p className="smit-empty">There is no event script in the directory: an event does nothing, and succeeds.</p>
      ) : (
        <ScriptTable component={component} event={event} ask={setEnabling} />
      )}
      <Installed component={component} ask={setEnabling} />
      {event === undefined || results.length === 0 ? null : (
        <section className="component-outputs" aria-label={`What the scripts said in ${event}`}>
          <h2>What they said in {visible(event)}</h2>
          <ScriptOutputs event={event} results={results} />
        </section>
      )}
      <Ignored component={name} />
      {enabling ? (
        <EnableScript
          component={name}
          enabling={enabling}
          close={() => setEnabling(undefined)}
          done={(sentence) => {
            setSaid(sentence);
            setEnabling(undefined);
          }}
        />
      ) : null}
    </>
  );
}

/** How a script ended in an event: in the one that runs now, where it has come to it, else the last time. */
function resultOf(
  { running }: ComponentView,
  { name, last }: ComponentScriptView,
  event: string | undefined,
): ScriptResultView | undefined {
  if (event === undefined) return undefined;
  const now = running?.event === event ? running.scripts.find(({ script }) => script === name) : undefined;
  return now ?? last[event];
}

interface TableProps {
  component: ComponentView;
  event: string | undefined;
  ask: (enabling: Enabling) => void;
}

function ScriptTable({ component, event, ask }: TableProps) {
  const findings = useQuery(componentVerificationQuery(component.name)).data?.findings ?? [];
  const mayRead = useForbidden(getComponentScript) === undefined;
  return (
    <Table role="table" variant="compact" aria-label="Scripts in the order in which they run" gridBreakPoint="grid-lg">
      <Thead>
        <Tr>
          <Th width={20}>Script</Th>
          <Th width={35}>State</Th>
          <Th>Last status</Th>
          <Th modifier="fitContent">Exit status</Th>
          <Th modifier="fitContent">Started</Th>
          <Th modifier="fitContent">Duration</Th>
          <Th screenReaderText="Enable or disable" />
        </Tr>
      </Thead>
      <Tbody>
        {component.scripts.map((script) => {
          const state = scriptState(script, findings);
          const last = resultOf(component, script, event);
          const never = last ? {} : { className: 'component-none' };
          return (
            <Tr key={script.file}>
              <Td dataLabel="Script">
                {mayRead ? (
                  <Link className="smit-event-name" to={componentScriptPath(component.name, script.name)}>
                    {visible(script.name)}
                  </Link>
                ) : (
                  <span className="smit-event-name">{visible(script.name)}</span>
                )}
              </Td>
              <Td dataLabel="State">
                <SaidLabel said={state} />
                {state.why === undefined ? null : <span className="smit-quiet"> {visible(state.why)}</span>}
                {state.why === undefined && script.link !== undefined ? (
                  <span className="smit-quiet">
                    {' '}
                    by a link to <Pathname>{script.link}</Pathname>
                  </span>
                ) : null}
              </Td>
              <Td dataLabel="Last status" {...never}>
                {last ? <StatusLabel status={last.status} /> : <span className="smit-quiet">–</span>}
                {/* Of a script that is DISABLED now, its state has said so. */}
                {last?.reason === undefined || (last.status === 'DISABLED' && state.says === 'DISABLED') ? null : (
                  <p className="smit-quiet">{visible(last.reason)}</p>
                )}
              </Td>
              <Td dataLabel="Exit status" {...never}>
                {last ? visible(exitWords(last)) : '–'}
              </Td>
              <Td dataLabel="Started" modifier="nowrap" {...never}>
                {last?.startedAt === undefined ? (
                  '–'
                ) : (
                  <time dateTime={last.startedAt} title={last.startedAt}>
                    {clockTime(last.startedAt)}
                  </time>
                )}
              </Td>
              <Td dataLabel="Duration" modifier="nowrap" {...never}>
                {last?.durationMs === undefined ? '–' : duration(last.durationMs)}
              </Td>
              <Td modifier="nowrap">
                <Permitted needs={script.enabled ? disableComponentScript : enableComponentScript}>
                  <EnableButton directory={component.directory} script={script} ask={ask} />
                </Permitted>
              </Td>
            </Tr>
          );
        })}
      </Tbody>
    </Table>
  );
}

interface EnableButtonProps {
  directory: string;
  script: ComponentScriptView;
  ask: (enabling: Enabling) => void;
}

/** A link is disabled by taking it away, whatever it leads to. */
function EnableButton({ directory, script, ask }: EnableButtonProps) {
  const enable = !script.enabled && script.link === undefined;
  const label = enable ? 'Enable' : 'Disable';
  return (
    <Button
      variant="link"
      isInline
      size="sm"
      className="component-enable"
      aria-label={`${label} ${script.name}`}
      onClick={() => ask({ script: script.name, enable, sentence: enablingSentence(directory, script, enable) })}
    >
      {label} …
    </Button>
  );
}

/** Scripts that are installed and that no link in the directory leads to. */
function Installed({ component: { directory, installed, scripts }, ask }: Omit<TableProps, 'event'>) {
  const here = new Set(scripts.map(({ name }) => name));
  const missing = installed.filter(({ name }) => !here.has(name));
  if (missing.length === 0) return null;
  return (
    <section aria-label="Installed, not enabled">
      <h2>Installed, not enabled</h2>
      <ul className="component-installed">
        {missing.map(({ name, path }) => (
          <li key={name}>
            <span className="smit-event-name">{visible(name)}</span> <Pathname className="smit-quiet">{path}</Pathname>{' '}
            <Permitted needs={enableComponentScript}>
              <Button
                variant="link"
                isInline
                size="sm"
                aria-label={`Enable ${name}`}
                onClick={() => ask({ script: name, enable: true, sentence: linkingSentence(directory, path) })}
              >
                Enable …
              </Button>
            </Permitted>
          </li>
        ))}
      </ul>
    </section>
  );
}
