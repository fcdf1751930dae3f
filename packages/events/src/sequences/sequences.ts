import { NETWORK_INTERFACE_SEQUENCES, NETWORK_SEQUENCES } from './network.ts';
import { NODE_SEQUENCES } from './node.ts';
import { SITE_SEQUENCES } from './site.ts';
import type { EventSequence, SequenceStep } from './types.ts';

/** The sequences of events, after the manual: what follows what, and on which nodes. */
export const EVENT_SEQUENCES: readonly EventSequence[] = [
  ...NODE_SEQUENCES,
  ...SITE_SEQUENCES,
  ...NETWORK_SEQUENCES,
  ...NETWORK_INTERFACE_SEQUENCES,
];

/** Those in which the event occurs, as a step or called by one. One that is named after it comes first. */
export function sequencesOf(event: string): EventSequence[] {
  const found = EVENT_SEQUENCES.filter(({ steps }) => steps.some((step) => step.event === event || step.calls?.includes(event)));
  const isOwn = ({ name, steps }: EventSequence): boolean =>
    name.startsWith(event.replace(/_complete$/, '')) && steps.some((step) => step.event === event);
  return [...found.filter(isOwn), ...found.filter((sequence) => !isOwn(sequence))];
}

/** A step in words: `all nodes: node_down NODE graceful`. */
export function sequenceStepWords({ lanes }: Pick<EventSequence, 'lanes'>, step: SequenceStep): string {
  const { event, args, says, calls = [], when, lane } = step;
  const what = event === undefined ? says : [event, ...(args === undefined ? [] : [args])].join(' ');
  const more = [
    ...(event !== undefined && says !== undefined ? [says] : []),
    ...(calls.length > 0 ? [`calls ${calls.join(', ')}`] : []),
    ...(when === undefined ? [] : [when]),
  ];
  return `${lanes[lane]}: ${what}${more.length === 0 ? '' : ` (${more.join('; ')})`}`;
}
