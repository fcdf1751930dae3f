import '../../smit/components/components.css';
import { addComponent, type ComponentView } from '@fallover/contract';
import { Table, Tbody, Td, Th, Thead, Tr } from '@patternfly/react-table/dist/dynamic/components/Table';
import { useQuery } from '@tanstack/react-query';
import { Link } from 'react-router';
import { visible } from '../../smit/ansi.ts';
import { eventTitle, MODE_WORDS } from '../../smit/components/component-words.ts';
import { HealthLabel, SaidLabel } from '../../smit/components/Labels.tsx';
import { ADD_COMPONENT_PATH, componentPath, componentRunPath } from '../../smit/components/paths.ts';
import { componentsQuery } from '../../smit/components/queries.ts';
import { Known } from '../../smit/Known.tsx';
import { PanelFrame } from '../../smit/PanelFrame.tsx';
import { Pathname } from '../../smit/Pathname.tsx';
import { Permitted } from '../../smit/Permitted.tsx';
import { clockTime } from '../../smit/times.ts';

/** The directories of CTDB event scripts on this node, and how each of them is. */
export default function Components() {
  const query = useQuery(componentsQuery);
  const base = query.data?.base;
  return (
    <PanelFrame
      title="Components"
      fastPath="cm_components"
      lead="Directories of CTDB event scripts on this node. Each has a queue of its own: a failure in one holds up neither the others nor the cluster."
      commands={[
        'fallover query component',
        ...(query.data?.components ?? []).map(({ name }) => `fallover ctdb event script list ${name}`),
      ]}
    >
      <Known query={query}>
        {({ node, components }) => (
          <>
            <p className="smit-quiet">
              On node {node}
              {base === undefined ? ', without a CTDB base' : null}
              {base === undefined ? null : (
                <>
                  , below <Pathname>{base}</Pathname>
                </>
              )}
              .{' '}
              <Permitted needs={addComponent}>
                <Link to={ADD_COMPONENT_PATH}>Add a component …</Link>
              </Permitted>
            </p>
            {components.length === 0 ? <None base={base} /> : <ComponentTable components={components} />}
          </>
        )}
      </Known>
    </PanelFrame>
  );
}

function None({ base }: { base: string | undefined }) {
  return (
    <div className="smit-empty">
      <p>
        {base === undefined
          ? 'There is no component. Give the cluster manager the directory that CTDB calls its base, and each directory below its events is one; or declare any directory of yours.'
          : 'There is no component below the base. Make a directory below its events, or declare any directory of yours.'}
      </p>
      <pre className="smit-command">
        {base === undefined ? 'fallover start --ctdb-base /etc/ctdb\n' : ''}
        {'fallover add component NAME directory=/usr/local/event-scripts profile=ctdb'}
      </pre>
    </div>
  );
}

function ComponentTable({ components }: { components: readonly ComponentView[] }) {
  return (
    <Table role="table" variant="compact" aria-label="Components" gridBreakPoint="grid-lg">
      <Thead>
        <Tr>
          <Th width={15}>Component</Th>
          <Th width={25}>Health</Th>
          <Th modifier="fitContent">Since</Th>
          <Th width={15}>Runs now</Th>
          <Th modifier="fitContent">Scripts</Th>
          <Th modifier="fitContent">Mode</Th>
          <Th modifier="fitContent">Profile</Th>
          <Th width={20}>Directory</Th>
        </Tr>
      </Thead>
      <Tbody>
        {components.map((component) => (
          <ComponentRow key={component.name} component={component} />
        ))}
      </Tbody>
    </Table>
  );
}

function ComponentRow({ component }: { component: ComponentView }) {
  const { name, directory, profile, mode, health, scripts, fault } = component;
  return (
    <Tr>
      <Td dataLabel="Component">
        <Link className="smit-event-name" to={componentPath(name)}>
          {name}
        </Link>
      </Td>
      <Td dataLabel="Health">
        {fault === undefined ? (
          <>
            <HealthLabel state={health.state} />
            {health.state === 'unhealthy' ? <p>{visible(health.sentence)}</p> : null}
          </>
        ) : (
          <>
            <SaidLabel said={{ says: 'no event can be run', status: 'danger' }} />
            <p className="smit-fault">{visible(fault)}</p>
          </>
        )}
      </Td>
      <Td dataLabel="Since" modifier="nowrap">
        {health.since === undefined ? (
          <span className="smit-quiet">–</span>
        ) : (
          <time dateTime={health.since} title={health.since}>
            {clockTime(health.since)}
          </time>
        )}
      </Td>
      <Td dataLabel="Runs now">
        <RunsNow component={component} />
      </Td>
      <Td dataLabel="Scripts">{scripts.length}</Td>
      <Td dataLabel="Mode">
        <span title={MODE_WORDS[mode]}>{mode}</span>
      </Td>
      <Td dataLabel="Profile">{profile}</Td>
      <Td dataLabel="Directory">
        <Pathname>{directory}</Pathname>
      </Td>
    </Tr>
  );
}

function RunsNow({ component: { name, running, waiting } }: { component: ComponentView }) {
  if (!running && waiting.length === 0) return <span className="smit-quiet">nothing</span>;
  const at = running?.scripts.at(-1);
  return (
    <>
      {running ? (
        <>
          <Link className="smit-event-name" to={componentRunPath(name, running.id)}>
            {visible(eventTitle(running))}
          </Link>
          {at === undefined ? null : <span className="smit-quiet"> in {visible(at.script)}</span>}
        </>
      ) : null}
      {waiting.length === 0 ? null : <span className="smit-quiet"> {waiting.length} more waiting</span>}
    </>
  );
}
