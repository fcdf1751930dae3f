import type { FencingView, NodeView } from '@fallover/contract';
import { fencingStateSentence, nodeStateOf, STOP_WAYS, STOP_ARGUMENT, type StopWay } from '@fallover/events';
import type { Member, NodeDocument, Stop, StoppedServices } from '@fallover/store';

export interface NodeFacts {
  /** All that are known of, whether they were ever members or not. */
  names: readonly string[];
  here: string;
  coordinator: string | undefined;
  members: ReadonlyMap<string, Member>;
  documents: ReadonlyMap<string, NodeDocument>;
  /** By how much a node's clock is ahead of this one's. */
  clockDifferenceMs(node: string): number | undefined;
  lostSteps(node: string): NodeView['lostSteps'];
}

/** The nodes by what the shared store says of them. */
export const nodeViews = (facts: NodeFacts): NodeView[] =>
  [...new Set([...facts.names, ...facts.members.keys(), ...facts.documents.keys()])].sort().map((node) => nodeView(node, facts));

function nodeView(node: string, facts: NodeFacts): NodeView {
  const member = facts.members.get(node);
  const document = facts.documents.get(node) ?? { node };
  const { stopping, stopped, atStart, lost } = document;
  const clockDifferenceMs = member && facts.clockDifferenceMs(node);
  return {
    node,
    ...nodeStateOf(document, member),
    coordinator: facts.coordinator === node,
    here: facts.here === node,
    ...(member ? ofMember(member) : {}),
    ...(stopping ? { stopping: stoppedView(stopping) } : {}),
    ...(stopped ? { stopped: stoppedView(stopped) } : {}),
    ...(atStart === undefined ? {} : { atStart }),
    ...(clockDifferenceMs === undefined ? {} : { clockDifferenceMs }),
    ...(lost ? { fencing: fencingViewOf(node, lost) } : {}),
    lostSteps: facts.lostSteps(node),
  };
}

const ofMember = ({ membership, version, protocol, address, url, revision }: Member): Partial<NodeView> => ({
  membership,
  release: version,
  protocol,
  ...(address === undefined ? {} : { address }),
  ...(url === undefined ? {} : { url }),
  ...(revision === undefined ? {} : { revision }),
});

const stoppedView = ({ how, by, at }: StoppedServices): NonNullable<NodeView['stopped']> => ({ how: wayOf(how), by, at });

const wayOf = (how: Stop): StopWay => STOP_WAYS.find((way) => STOP_ARGUMENT[way] === how) ?? 'offline';

function fencingViewOf(node: string, lost: NonNullable<NodeDocument['lost']>): FencingView {
  const { fencing: state, at: lostAt, fencedAt, by, sentence } = lost;
  return {
    node,
    state,
    lostAt,
    ...(fencedAt === undefined ? {} : { fencedAt }),
    ...(by === undefined ? {} : { by }),
    sentence: sentence ?? fencingStateSentence(node, state, by),
  };
}
