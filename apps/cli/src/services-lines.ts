import type { NodeView } from '@fallover/contract';
import { attribute, attributes, table } from './print.ts';
import { shellTime } from './shell-time.ts';
import { shortStep } from './steps.ts';

/** A line a node; what needs somebody's eye stands below. */
export function servicesLines({ nodes }: { nodes: readonly NodeView[] }): string[] {
  const rows = nodes.map((node) => [
    node.node,
    node.state,
    node.since === undefined ? '' : shellTime(node.since),
    [...(node.coordinator ? ['coordinator'] : []), ...(node.here ? ['this node'] : [])].join(', '),
    node.release ?? '',
    node.address ?? '',
    node.clockDifferenceMs === undefined ? '' : clockText(node.clockDifferenceMs),
  ]);
  return [
    ...table(['NODE', 'STATE', 'SINCE', 'ROLE', 'RELEASE', 'ADDRESS', 'CLOCK'], rows),
    ...nodes.flatMap(({ node, state, fencing, lostSteps }) => [
      ...(fencing && state !== 'member' ? [fencing.sentence] : []),
      ...(fencing?.state === 'failed' && state !== 'member' ? [`  "fallover confirm-off ${node}" confirms it.`] : []),
      ...(lostSteps.length === 0
        ? []
        : [`Lost with node ${node}: ${lostSteps.map(({ event, step }) => `${event} ${shortStep(step)}`).join(', ')}`]),
    ]),
  ];
}

export const serviceLines = (node: NodeView): string[] => [
  ...attributes({
    NAME: node.node,
    STATE: node.state,
    SINCE: node.since,
    MEMBERSHIP: node.membership,
    COORDINATOR: node.coordinator,
    STOPPING: node.stopping && stopText(node.stopping),
    STOPPED: node.stopped && stopText(node.stopped),
    AT_START: node.atStart,
    RELEASE: node.release,
    PROTOCOL: node.protocol,
    ADDRESS: node.address,
    URL: node.url,
    REVISION: node.revision,
    CLOCK: node.clockDifferenceMs === undefined ? undefined : clockText(node.clockDifferenceMs),
    FENCING: node.fencing && `${node.fencing.state}: ${node.fencing.sentence}`,
  }),
  ...node.lostSteps.map(({ event, args, step }) => attribute('LOST_STEP', [event, ...args, step].join(' '))),
];

const stopText = ({ how, by, at }: NonNullable<NodeView['stopped']>): string => `${how} by ${by} at ${at}`;

const clockText = (ms: number): string => `${ms >= 0 ? '+' : '-'}${(Math.abs(ms) / 1000).toFixed(2)} s`;
