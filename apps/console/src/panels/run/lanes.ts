import type { RunView, StepView } from '@fallover/contract';
import { keyWords } from '../../smit/step-words.ts';
import { duration } from '../../smit/times.ts';

type Phase = RunView['phases'][number];
type Waited = RunView['waitingFor'][number];

/** One node in one phase: how it stands there, and its steps, without those of sub-events. */
export interface Place {
  phase: Phase;
  state: Phase['lanes'][number]['state'];
  steps: StepView[];
  /** Nothing is to be done on it in this phase. */
  isEmpty: boolean;
  /** Behind it is no barrier but the end of the run. */
  isLast: boolean;
}

export interface Lane {
  node: string;
  /** When it was lost. */
  lostAt?: string | undefined;
  places: Place[];
}

/** A lane for each node, with a place in each phase; of one node alone the steps say all there is. */
export function lanesOf({ phases, steps, lost }: Pick<RunView, 'phases' | 'steps' | 'lost'>): Lane[] {
  const nodes = phases[0]?.lanes.map(({ node }) => node) ?? [];
  if (nodes.length < 2) return [];
  return nodes.map((node) => ({
    node,
    lostAt: lost.find((one) => one.node === node)?.at,
    places: phases.map((phase) => {
      const lane = phase.lanes.find((one) => one.node === node);
      const scopes = lane?.scopes ?? [];
      return {
        phase,
        state: lane?.state ?? 'not_reached',
        steps: steps.filter(({ scope }) => scopes.includes(scope)),
        isEmpty: scopes.length === 0,
        isLast: phase.index === phases.length,
      };
    }),
  }));
}

/** Of many nodes so many are named. */
const NAMED = 3;

const namesOf = (nodes: readonly string[]): string =>
  nodes.length <= NAMED ? nodes.join(', ') : `${nodes.slice(0, NAMED).join(', ')} and ${nodes.length - NAMED} more`;

/** `waits for nodeb: pre-event check_disks since 12 s`; undefined where nobody waits for anybody. */
export function waitsWords({ phases, waitingFor }: Pick<RunView, 'phases' | 'waitingFor'>, now: number): string | undefined {
  const phase = phases.find(({ barrier }) => barrier === 'waits');
  if (!phase || waitingFor.length === 0 || phase.lanes.length < 2) return undefined;
  const named = waitingFor.slice(0, NAMED).map((waited) => `${waited.node}: ${whatWords(waited, now)}`);
  const others = waitingFor.length - named.length;
  const more = others === 0 ? '' : ` and ${others} more`;
  const barrier = phase.index === phases.length ? 'The end of the run' : `The barrier behind phase ${phase.index}`;
  return `${barrier} waits for ${named.join(', ')}${more}`;
}

function whatWords({ since, key, customEvent }: Waited, now: number): string {
  const step = { key, customEvent };
  if (since === undefined) return `${keyWords(step)}, not started yet`;
  return `${keyWords(step)} since ${duration(Math.max(0, now - Date.parse(since)))}`;
}

/** A phase and its barrier in one line, such as `Phase 1: node_up on nodea, nodeb; the barrier waits for nodeb`. */
export function phaseLine(
  { index, commands, lanes, barrier }: Phase,
  { phases, waitingFor }: Pick<RunView, 'phases' | 'waitingFor'>,
) {
  const what = commands.map(({ event, path, nodes }) => {
    const where = nodes.length === lanes.length ? 'all' : namesOf(nodes);
    return `${path ?? event} on ${where}`;
  });
  const isLast = index === phases.length;
  const whom = waitingFor.length === 0 ? '' : ` for ${namesOf(waitingFor.map(({ node }) => node))}`;
  const then = {
    not_reached: isLast ? '' : ', then the barrier',
    waits: `; the ${isLast ? 'end' : 'barrier'} waits${whom}`,
    passed: isLast ? '; ended' : '; barrier passed',
  }[barrier];
  return `Phase ${index}: ${what.join(', ')}${then}`;
}

/** What a phase runs, such as `node_up nodec on nodea, nodeb`. */
export const commandsWords = ({ commands, lanes }: Phase): string[] =>
  commands.map(({ event, path, args, nodes }) => {
    const where = nodes.length === lanes.length ? 'all' : nodes.join(', ');
    return `${[path ?? event, ...args].join(' ')} on ${where}`;
  });
