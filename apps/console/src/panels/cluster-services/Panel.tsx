import './cluster-services.css';
import { confirmNodeOff, type NodeView, removeNode, startClusterServices, stopClusterServices } from '@fallover/contract';
import { Button } from '@patternfly/react-core/dist/dynamic/components/Button';
import { Label } from '@patternfly/react-core/dist/dynamic/components/Label';
import { Table, Tbody, Td, Th, Thead, Tr } from '@patternfly/react-table/dist/dynamic/components/Table';
import { useQuery } from '@tanstack/react-query';
import { useState } from 'react';
import { Link } from 'react-router';
import { clusterQuery, nodesQuery } from '../../live/queries.ts';
import { visible } from '../../smit/ansi.ts';
import { Known } from '../../smit/Known.tsx';
import { needsConfirmation, stateWords, stoppedWords } from '../../smit/nodes/node-words.ts';
import { PanelFrame } from '../../smit/PanelFrame.tsx';
import { Permitted } from '../../smit/Permitted.tsx';
import { Sentence } from '../../smit/Sentence.tsx';
import { clockTime } from '../../smit/times.ts';
import { ConfirmOff } from './ConfirmOff.tsx';
import { RemoveNode } from './RemoveNode.tsx';

/** What each node is in the cluster, and the ways to change that. */
export default function ClusterServices() {
  const query = useQuery(nodesQuery);
  const current = (useQuery(clusterQuery).data?.store.state ?? 'connected') === 'connected';
  const [confirming, setConfirming] = useState<NodeView>();
  const [removing, setRemoving] = useState<NodeView>();
  const [said, setSaid] = useState<string>();
  return (
    <PanelFrame
      title="Show Cluster Services"
      fastPath="cm_cluster_services"
      lead="What each node is in the cluster. A node is a member while its cluster services run; its cluster manager runs apart from them."
      commands={['fallover query services']}
    >
      <p role="status">{said}</p>
      <Known query={query}>
        {(nodes) => <NodeTable nodes={nodes} current={current} confirm={setConfirming} remove={setRemoving} />}
      </Known>
      {confirming ? (
        <ConfirmOff
          node={confirming}
          close={() => setConfirming(undefined)}
          done={(sentence) => {
            setSaid(sentence);
            setConfirming(undefined);
          }}
        />
      ) : null}
      {removing ? (
        <RemoveNode
          node={removing}
          close={() => setRemoving(undefined)}
          done={(sentence) => {
            setSaid(sentence);
            setRemoving(undefined);
          }}
        />
      ) : null}
    </PanelFrame>
  );
}

/** Of these something follows when they die. */
const LIVES: readonly NodeView['state'][] = ['member', 'joining', 'stopping'];

interface NodeTableProps {
  nodes: readonly NodeView[];
  /** False: the store does not answer, and the nodes are as they were last. */
  current: boolean;
  confirm: (node: NodeView) => void;
  remove: (node: NodeView) => void;
}

function NodeTable({ nodes, current, confirm, remove }: NodeTableProps) {
  return (
    <Table role="table" variant="compact" aria-label="Nodes" gridBreakPoint="grid-md">
      <Thead>
        <Tr>
          <Th>Node</Th>
          <Th>State</Th>
          <Th>Since</Th>
          <Th {...(nodes.some(hasRemarks) ? { width: 40 } : {})}>Remarks</Th>
          <Th>Release</Th>
          <Th screenReaderText="Change" />
        </Tr>
      </Thead>
      <Tbody>
        {nodes.map((node) => (
          <Tr key={node.node}>
            <Td dataLabel="Node">
              <Link to={`/smit/cm_node/${encodeURIComponent(node.node)}`}>{node.node}</Link>
              {node.here ? <span className="smit-quiet"> (here)</span> : null}
              {node.coordinator ? <span className="smit-quiet"> coordinator</span> : null}
            </Td>
            <Td dataLabel="State">
              <StateLabel state={node.state} current={current} />
            </Td>
            <Td dataLabel="Since">
              {node.since === undefined ? (
                <span className="smit-quiet">never a member</span>
              ) : (
                <time dateTime={node.since} title={node.since}>
                  {clockTime(node.since)}
                </time>
              )}
            </Td>
            <Td dataLabel="Remarks">
              <HowItCame node={node} />
            </Td>
            <Td dataLabel="Release">
              <ClusterManager node={node} />
            </Td>
            <Td>
              <div className="node-ways">
                <Ways node={node} confirm={confirm} remove={remove} />
                {nodes.length > 1 && LIVES.includes(node.state) ? (
                  <Link
                    to={`/smit/cm_event_emulation?what=dies&dies=${encodeURIComponent(node.node)}`}
                    aria-label={`What if it dies? ${node.node}`}
                  >
                    What if it dies?
                  </Link>
                ) : null}
              </div>
            </Td>
          </Tr>
        ))}
      </Tbody>
    </Table>
  );
}

function StateLabel({ state, current }: { state: NodeView['state']; current: boolean }) {
  const { label, says, status } = stateWords(state);
  return (
    <>
      <Label isCompact {...(current ? { status } : {})}>
        {label}
      </Label>{' '}
      <span className="smit-quiet">{current ? says : 'when the store answered last'}</span>
    </>
  );
}

const hasRemarks = ({ stopping, stopped, fencing, atStart, lostSteps }: NodeView): boolean =>
  Boolean(stopping || stopped || fencing || atStart === false || lostSteps.length > 0);

function HowItCame({ node: { stopping, stopped, fencing, atStart, lostSteps } }: { node: NodeView }) {
  return (
    <>
      {stopping ? <p>Being stopped {stoppedWords(stopping)}.</p> : null}
      {stopped ? <p>Stopped {stoppedWords(stopped)}.</p> : null}
      {fencing ? (
        <p>
          <Sentence>{fencing.sentence}</Sentence>
        </p>
      ) : null}
      {lostSteps.length > 0 ? (
        <p>
          Steps that were open when it was lost, of which nobody knows how they ended:{' '}
          {lostSteps.map(({ run, step, event, key }, index) => (
            <span key={step}>
              {index > 0 ? ', ' : ''}
              <Link to={`/runs/${run}`}>
                {event} {key}
              </Link>
            </span>
          ))}
          . Look at them by hand.
        </p>
      ) : null}
      {atStart === false ? <p>Its cluster services do not start with its cluster manager.</p> : null}
    </>
  );
}

/** Beyond this a difference is worth looking at: times of two nodes cannot be compared any more. */
const CLOCK_MS = 1000;

function ClusterManager({ node }: { node: NodeView }) {
  const { release, address, url, clockDifferenceMs = 0 } = node;
  if (release === undefined) return <span className="smit-quiet">not known: it is no member</span>;
  return (
    <>
      {release}
      {address === undefined ? null : <> at {visible(address)}</>}
      {url === undefined || node.here ? null : (
        <>
          {' '}
          <a href={url}>its console</a>
        </>
      )}
      {Math.abs(clockDifferenceMs) > CLOCK_MS ? (
        <p className="smit-warning">
          Its clock is {(Math.abs(clockDifferenceMs) / 1000).toFixed(1)} s {clockDifferenceMs > 0 ? 'ahead' : 'behind'}.
        </p>
      ) : null}
    </>
  );
}

function Ways({ node, confirm, remove }: { node: NodeView } & Pick<NodeTableProps, 'confirm' | 'remove'>) {
  const { node: name, state } = node;
  if (needsConfirmation(node))
    return (
      <Permitted needs={confirmNodeOff}>
        <Button variant="danger" size="sm" onClick={() => confirm(node)} aria-label={`Confirm that it is off: ${name}`}>
          Confirm that it is off
        </Button>
      </Permitted>
    );
  if (state === 'member')
    return (
      <Permitted needs={stopClusterServices}>
        <Link to={`/smit/clstop?node=${encodeURIComponent(name)}`} aria-label={`Stop the cluster services of ${name}`}>
          Stop
        </Link>
      </Permitted>
    );
  if (state === 'down' || state === 'unmanaged')
    return (
      <>
        <Permitted needs={startClusterServices}>
          <Link to={`/smit/clstart?node=${encodeURIComponent(name)}`} aria-label={`Start the cluster services of ${name}`}>
            Start
          </Link>
        </Permitted>
        {node.here ? null : (
          <Permitted needs={removeNode}>
            <Button variant="link" isInline isDanger onClick={() => remove(node)} aria-label={`Remove from the cluster: ${name}`}>
              Remove
            </Button>
          </Permitted>
        )}
      </>
    );
  return null;
}
