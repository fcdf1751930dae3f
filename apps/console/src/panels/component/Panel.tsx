import '../../smit/components/components.css';
import { type ComponentRunView, type ComponentView, changeComponent, runComponentEvent } from '@fallover/contract';
import { Alert } from '@patternfly/react-core/dist/dynamic/components/Alert';
import { ToggleGroup, ToggleGroupItem } from '@patternfly/react-core/dist/dynamic/components/ToggleGroup';
import { useQuery } from '@tanstack/react-query';
import { Link, useParams } from 'react-router';
import { visible } from '../../smit/ansi.ts';
import { CancelEvent } from '../../smit/components/CancelEvent.tsx';
import { eventTitle, MODE_WORDS, PROFILE_WORDS } from '../../smit/components/component-words.ts';
import { HealthLabel, RunLabel } from '../../smit/components/Labels.tsx';
import { COMPONENTS_PATH, changeComponentPath, componentRunPath, runComponentEventPath } from '../../smit/components/paths.ts';
import { componentQuery } from '../../smit/components/queries.ts';
import { Known } from '../../smit/Known.tsx';
import { PanelFrame } from '../../smit/PanelFrame.tsx';
import { Pathname } from '../../smit/Pathname.tsx';
import { Permitted } from '../../smit/Permitted.tsx';
import { commandLine } from '../../smit/shell-words.ts';
import { clockTime, duration, elapsedMs } from '../../smit/times.ts';
import { useFilter } from '../../smit/use-filter.ts';
import { useNow } from '../../smit/use-now.ts';
import { EventsThatRan } from './EventsThatRan.tsx';
import { HealthHistory, HealthStrip } from './HealthHistory.tsx';
import { Scripts } from './Scripts.tsx';
import { Verification } from './Verification.tsx';

const VIEWS = { scripts: 'Scripts', events: 'Events', health: 'Health', verification: 'Verification' } as const;
type View = keyof typeof VIEWS;
const viewNamed = (name: string | undefined): View => (Object.keys(VIEWS) as View[]).find((one) => one === name) ?? 'scripts';

/** The event whose results are shown unless another one is chosen: monitor, or what ran last. */
const eventOfInterest = ({ events }: ComponentView): string | undefined =>
  events.some(({ event }) => event === 'monitor')
    ? 'monitor'
    : events.toSorted((one, other) => other.acceptedAt.localeCompare(one.acceptedAt))[0]?.event;

/** One component: what it is, what runs in it, and each of its scripts. */
export default function Component() {
  const { component: name = '' } = useParams();
  const query = useQuery(componentQuery(name));
  const [{ view: asked, event: chosen }, look] = useFilter(['view', 'event', 'before'] as const);
  const view = viewNamed(asked);
  const event = chosen ?? (query.data && view === 'scripts' ? eventOfInterest(query.data) : undefined);
  const line = (...words: string[]): string => commandLine(['fallover', ...words]);
  return (
    <PanelFrame
      title={name}
      fastPath={`cm_component/${name}`}
      above={COMPONENTS_PATH}
      commands={[
        line('query', 'component', name),
        line('ctdb', 'event', 'script', 'list', name),
        ...(event === undefined ? [] : [line('ctdb', 'event', 'status', name, event)]),
      ]}
    >
      <Known query={query} elsewhere={{ path: COMPONENTS_PATH, label: 'All components' }}>
        {(component) => (
          <>
            <Head component={component} />
            {component.fault === undefined ? null : (
              <Alert component="p" isInline variant="danger" title={visible(component.fault)} />
            )}
            <Facts component={component} />
            <HealthStrip component={name} />
            <Now component={component} />
            <ToggleGroup aria-label="What is shown of the component">
              {(Object.keys(VIEWS) as View[]).map((one) => (
                <ToggleGroupItem
                  key={one}
                  text={VIEWS[one]}
                  buttonId={`show-${one}`}
                  isSelected={one === view}
                  onChange={() => look({ view: one === 'scripts' ? '' : one, event: '', before: '' })}
                />
              ))}
            </ToggleGroup>
            {view === 'scripts' ? <Scripts component={component} event={event} choose={(next) => look({ event: next })} /> : null}
            {view === 'events' ? <EventsThatRan component={component} /> : null}
            {view === 'health' ? <HealthHistory component={name} /> : null}
            {view === 'verification' ? <Verification component={name} /> : null}
          </>
        )}
      </Known>
    </PanelFrame>
  );
}

function Head({ component: { name, health, mode } }: { component: ComponentView }) {
  return (
    <div className="component-head">
      <HealthLabel state={health.state} />
      <span>
        {visible(health.sentence)}
        {health.since === undefined ? null : (
          <span className="smit-quiet">
            {' '}
            Since{' '}
            <time dateTime={health.since} title={health.since}>
              {clockTime(health.since)}
            </time>
            .
          </span>
        )}
      </span>
      <span className="component-ways">
        {mode === 'observed' ? null : (
          <Permitted needs={runComponentEvent}>
            <Link to={runComponentEventPath(name)}>Run an event …</Link>
          </Permitted>
        )}
        <Permitted needs={changeComponent}>
          <Link to={changeComponentPath(name)}>Change or remove …</Link>
        </Permitted>
      </span>
    </div>
  );
}

function Facts({ component }: { component: ComponentView }) {
  const { node, directory, source, profile, mode, base, debugScript } = component;
  return (
    <dl className="smit-facts">
      <dt>Directory</dt>
      <dd>
        <Pathname>{directory}</Pathname>{' '}
        <span className="smit-quiet">
          on node {node}, {source === 'base' ? 'found below the base' : 'declared'}
        </span>
      </dd>
      <dt>Mode</dt>
      <dd>
        {mode} <span className="smit-quiet">{MODE_WORDS[mode]}</span>
      </dd>
      <dt>Profile</dt>
      <dd>
        {profile} <span className="smit-quiet">{PROFILE_WORDS[profile]}</span>
      </dd>
      {base === undefined ? null : (
        <>
          <dt>CTDB_BASE</dt>
          <dd>
            <Pathname>{base}</Pathname>
          </dd>
        </>
      )}
      {debugScript === undefined ? null : (
        <>
          <dt>Debug script</dt>
          <dd>
            <Pathname>{debugScript}</Pathname>
          </dd>
        </>
      )}
    </dl>
  );
}

/** What runs and what waits, with the way to each. */
function Now({ component: { running, waiting } }: { component: ComponentView }) {
  const now = useNow(running !== undefined || waiting.length > 0);
  if (!running && waiting.length === 0) return null;
  return (
    <section className="component-now" aria-label="Runs now">
      {[...(running ? [running] : []), ...waiting].map((run) => (
        <NowRun key={run.id} run={run} now={now} />
      ))}
    </section>
  );
}

function NowRun({ run, now }: { run: ComponentRunView; now: number }) {
  const elapsed = elapsedMs(run, now);
  const at = run.scripts.at(-1);
  return (
    <div className="component-now-run">
      <RunLabel run={run} />
      <Link className="smit-event-name" to={componentRunPath(run.component, run.id)}>
        {visible(eventTitle(run))}
      </Link>
      <span className="smit-quiet">
        {elapsed === undefined ? 'until the event before it is over' : duration(elapsed)}
        {at === undefined ? '' : ` in ${visible(at.script)}`}
      </span>
      <CancelEvent run={run} />
    </div>
  );
}
