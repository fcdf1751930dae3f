import './home.css';
import { type getCluster, type getVerification, loadExample } from '@fallover/contract';
import { Button } from '@patternfly/react-core/dist/dynamic/components/Button';
import { useQuery } from '@tanstack/react-query';
import { lazy, Suspense } from 'react';
import { Link, useNavigate } from 'react-router';
import type { Reply } from '../../api.ts';
import { useForbidden } from '../../live/permission.ts';
import { clusterQuery, configurationQuery, verificationQuery } from '../../live/queries.ts';
import { useAction } from '../../live/use-action.ts';
import { ClusterState } from '../../smit/ClusterState.tsx';
import { CommandStatus } from '../../smit/CommandStatus.tsx';
import { changesWords } from '../../smit/definition/changes.ts';
import { countsWords } from '../../smit/finding-words.ts';
import { componentPath } from '../../smit/components/paths.ts';
import { Known } from '../../smit/Known.tsx';
import { stateWords } from '../../smit/nodes/node-words.ts';
import { PanelFrame } from '../../smit/PanelFrame.tsx';
import { Pathname } from '../../smit/Pathname.tsx';
import { RunTable } from '../../smit/RunTable.tsx';
import { Sentence } from '../../smit/Sentence.tsx';
import { clockTime } from '../../smit/times.ts';
import { useNow } from '../../smit/use-now.ts';
import { RunsNow } from './RunsNow.tsx';
import { WaitingForMe } from './WaitingForMe.tsx';
import { waitingForMe } from './waiting.ts';

/** Loaded behind the panel: it can be used before. */
const NotAcknowledged = lazy(() => import('./NotAcknowledged.tsx'));

type Cluster = Reply<typeof getCluster>;

/** Three questions at a glance: what runs now, what happened last, is anything waiting for me. */
export default function Home() {
  const query = useQuery(clusterQuery);
  const now = useNow(true);
  return (
    <PanelFrame title={query.data ? `Cluster ${query.data.cluster}` : 'Home'} commands={['fallover query cluster']}>
      <Known query={query}>{(cluster) => <HomeBody cluster={cluster} now={now} />}</Known>
    </PanelFrame>
  );
}

function HomeBody({ cluster, now }: { cluster: Cluster; now: number }) {
  const configuration = useQuery(configurationQuery).data;
  const verification = useQuery(verificationQuery).data;
  const navigate = useNavigate();
  const example = useAction(loadExample, ['configuration', 'cluster', 'runs']);
  const { running, beside, queue, last } = cluster;
  const changes = configuration?.changeCount ?? 0;
  const waiting = waitingForMe(cluster, configuration, verification);
  // What keeps the cluster from failing over comes before all else.
  const urgent = waiting.some(({ level }) => level === 'danger');
  const forbidden = useForbidden(loadExample);
  const empty = configuration !== undefined && !configuration.active && changes === 0;
  return (
    <>
      <dl className="home-facts">
        <div>
          <dt>Cluster</dt>
          <dd>{substateWords(cluster)}</dd>
        </div>
        <div>
          <dt>State</dt>
          <dd>
            <ClusterState state={cluster.state} current={cluster.store.state === 'connected'} explained />
          </dd>
        </div>
        <div>
          <dt>{cluster.nodes.length === 1 ? 'Node' : 'Nodes'}</dt>
          <dd>
            <Members cluster={cluster} />
          </dd>
        </div>
        <div>
          <dt>Configuration</dt>
          <dd>
            {configuration === undefined ? (
              '…'
            ) : configuration.active ? (
              <Link to={`/smit/cm_config_history/${configuration.active.number}`}>revision {configuration.active.number}</Link>
            ) : (
              'none is active'
            )}
            {changes > 0 ? (
              <>
                {' · '}
                <Link to="/smit/cm_synchronise" className="smit-warning">
                  not synchronised: {changesWords(changes)}
                </Link>
              </>
            ) : null}
          </dd>
        </div>
        {cluster.health.length > 0 ? (
          <div>
            <dt>Health</dt>
            <dd>
              <Health cluster={cluster} />
            </dd>
          </div>
        ) : null}
        {configuration?.active && verification ? <Verified verification={verification} /> : null}
        <div>
          <dt>Fallover</dt>
          <dd>{cluster.version}</dd>
        </div>
      </dl>
      {cluster.networkEvents === undefined ? null : (
        <p className="smit-quiet">
          <Sentence>{cluster.networkEvents}</Sentence>
        </p>
      )}
      <CommandStatus
        action={example}
        done={
          <p>
            The example is active; its scripts are in <Pathname>{example.data?.directory ?? ''}</Pathname>.{' '}
            <Link to="/smit/cm_run_event">Run an event</Link> to see it work.
          </p>
        }
        again={() => example.mutate({ body: {} })}
      />
      {empty ? (
        <section className="home-start" aria-label="Start here">
          <h2>Nothing is configured yet</h2>
          <p>
            The example has harmless scripts: a recovery that succeeds the second time, a slow event, a failing one, a chatty one.
            Or begin with your own: fill in the Cluster Event Worksheet, synchronise, run.
          </p>
          <p className="home-start-actions">
            {configuration.exampleLoadable && !forbidden ? (
              <Button isLoading={example.isPending} isDisabled={example.isPending} onClick={() => example.mutate({ body: {} })}>
                Load the example
              </Button>
            ) : null}
            <Button variant="secondary" onClick={() => void navigate('/smit/cm_worksheet')}>
              Start the worksheet
            </Button>
          </p>
          {configuration.exampleLoadable && forbidden ? <p className="smit-quiet">To load it {forbidden}.</p> : null}
        </section>
      ) : null}
      <Suspense>
        <NotAcknowledged runs={[...(running ? [running] : []), ...last]} />
      </Suspense>
      <div className="home-now">
        {urgent ? <WaitingForMe waiting={waiting} /> : null}
        <section aria-label="Runs now">
          <h2>Runs now</h2>
          {running && running.state !== 'awaiting_decision' ? (
            <RunsNow run={running} now={now} />
          ) : (
            <p className="smit-empty">No event is processed now.</p>
          )}
          {beside.map((run) => (
            <RunsNow key={run.id} run={run} now={now} />
          ))}
        </section>
        {urgent ? null : <WaitingForMe waiting={waiting} />}
      </div>
      {queue.length > 0 ? (
        <section aria-label="Queue">
          <h2>Queue</h2>
          <RunTable runs={queue} label="Queue" now={now} />
        </section>
      ) : null}
      <section aria-label="Last events">
        <h2>Last events</h2>
        {last.length === 0 ? (
          <p className="smit-empty">No event has been processed yet.</p>
        ) : (
          <>
            <RunTable runs={last} label="Last events" now={now} />
            <p className="home-more">
              <Link to="/runs">All runs</Link>
            </p>
          </>
        )}
      </section>
    </>
  );
}

/** `up, stable`: of all nodes together, as clstat has it. */
const substateWords = ({ clusterState, substate }: Cluster): string =>
  clusterState === 'unknown' ? 'unknown: the store is out of reach' : `${clusterState}, ${substate.replace('_', ' ')}`;

/** The nodes; of many what each is in the cluster, and which coordinates. */
function Members({ cluster: { members, coordinator } }: { cluster: Cluster }) {
  const isOne = members.length === 1;
  return members.map(({ node, state }, index) => (
    <span key={node}>
      {index > 0 ? ', ' : ''}
      <Link to="/smit/cm_cluster_services">{node}</Link>
      {isOne ? null : (
        <span className={stateWords(state).status === 'danger' ? 'smit-warning' : 'smit-quiet'}>
          {state === 'member' ? '' : ` ${stateWords(state).label}`}
          {node === coordinator ? ' (coordinator)' : ''}
        </span>
      )}
    </span>
  ));
}

/** By component; of a cluster of many nodes with the node. */
function Health({ cluster: { node: here, health, nodes } }: { cluster: Cluster }) {
  return health.map(({ node, component, state, isTrouble }, index) => (
    <span key={`${node} ${component}`}>
      {index > 0 ? ', ' : ''}
      {nodes.length > 1 ? `${node} ` : ''}
      {node === here ? <Link to={componentPath(component)}>{component}</Link> : component}{' '}
      <span className={isTrouble ? 'smit-warning' : 'smit-quiet'}>
        {state === 'unknown' ? (isTrouble ? 'not started' : 'not known yet') : state === 'unhealthy' ? 'UNHEALTHY' : 'healthy'}
      </span>
    </span>
  ));
}

/** The last verification of what is active, and the next one that comes by itself. */
function Verified({ verification: { active, daily } }: { verification: Reply<typeof getVerification> }) {
  return (
    <div>
      <dt>Verification</dt>
      <dd>
        {active ? (
          <Link to="/smit/cm_synchronise#verification-active" className={active.errors > 0 ? 'smit-warning' : ''}>
            {countsWords(active)}
          </Link>
        ) : (
          'not yet'
        )}
        {active ? <span className="smit-quiet"> {clockTime(active.at)}</span> : null}
        {' · '}
        <Link to="/smit/cm_auto_verification">{daily ? `next ${clockTime(daily.next)}` : 'automatic: off'}</Link>
      </dd>
    </div>
  );
}
