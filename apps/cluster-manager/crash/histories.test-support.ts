import type { PlannedPipeline, RunPlan, RunRecord } from '@fallover/events';
import { check } from './check.ts';
import type { AskedRequest, Evidence } from './evidence.ts';
import type { WitnessLine } from './witness.ts';

export const RUN = '01a20000-0000-7000-8000-000000000001';
export const OTHER = '01a20000-0000-7000-8000-000000000002';
export const CHILD = '01a20000-0000-7000-8000-000000000003';
const CLOCK = { bootId: 'boot', ms: 0 };
export const at = (second: number): string => `2026-11-23T14:22:${String(second).padStart(2, '0')}.000Z`;
export const step = (path: string, run = RUN): string => `${run}/1/nodea/${path}`;

/** A pipeline with a notify, two pre-events, an event with recovery, and a notify; each has a command. */
export function pipeline(scope: string, event = 'network_up', args = ['nodea', 'r1']): PlannedPipeline {
  const custom = (number: number) =>
    ({ kind: 'pre_event', key: `pre_event.${number}`, customEvent: 'one', command: '/one' }) as const;
  return {
    scope,
    node: 'nodea',
    event,
    args,
    expectedStatus: 0,
    steps: [custom(1), custom(2), { kind: 'event', key: 'event', command: '/event' }],
    recovery: { kind: 'recovery', key: 'recovery', command: '/mend' },
    recoveryCounter: 1,
    failOnPrePost: false,
  };
}

function plan(id: string, more: Partial<RunPlan> = {}): RunPlan {
  return {
    id,
    event: 'network_up',
    args: ['nodea', 'r1'],
    eventClass: 'network',
    origin: { kind: 'person', name: 'local administrator' },
    drill: false,
    revision: { number: 1, hash: 'a'.repeat(64) },
    cluster: 'payroll',
    acceptedAt: at(0),
    membership: { before: ['nodea'], after: ['nodea'] },
    program: [[pipeline(`${id}/1/nodea`, more.event, more.args)]],
    ...more,
  };
}

const planned = (of: RunPlan): RunRecord => ({ kind: 'planned', at: at(0), plan: of, clock: CLOCK });
export const started = (id: string, second = 1): RunRecord => ({ kind: 'started', at: at(second), step: id, clock: CLOCK });
export const finished = (id: string, status = 0, more: object = {}): RunRecord => ({
  kind: 'finished',
  at: at(2),
  step: id,
  result: { status, durationMs: 1, outputBytes: 7, ...more },
});
export const interrupted = (id: string): RunRecord => ({ kind: 'interrupted', at: at(2), step: id, reason: 'launcher_died' });
export const decided = (as: 'skip' | 'succeeded' | 'again'): RunRecord => ({
  kind: 'decided',
  at: at(3),
  by: 'ada',
  as,
  cancelQueue: false,
  number: 1,
});
export const ran = (id: string, status = 0): RunRecord[] => [started(id), finished(id, status)];
export const saw = (id: string, status = 0): WitnessLine[] => [
  { kind: 'start', step: id, pid: 7, at: Date.parse(at(1)) + 5 },
  { kind: 'print', step: id, line: 1 },
  { kind: 'end', step: id, status },
];
export const [FIRST, SECOND, EVENT] = [step('pre_event.1/1'), step('pre_event.2/1'), step('event/1')];
export const STEPS = [FIRST, SECOND, EVENT];

export const asked = (answers: AskedRequest['answers'] = [{ status: 201, run: RUN }]): AskedRequest => ({
  id: 'request-1',
  asked: { kind: 'run', event: 'network_up', args: ['nodea', 'r1'] },
  answers,
});
export const recover = (answers: AskedRequest['answers'], as: 'skip' | 'again' = 'skip', cancelQueue = false): AskedRequest => ({
  id: 'request-2',
  asked: { kind: 'recover', run: RUN, as, cancelQueue },
  answers,
});

interface Run {
  id?: string;
  records?: RunRecord[];
  state?: 'running' | 'ended' | 'cancelled';
  outcome?: 'succeeded' | 'failed';
  more?: Partial<RunPlan>;
}

export function journalled({
  id = RUN,
  records = STEPS.flatMap((one) => ran(one)),
  state = 'ended',
  outcome = 'succeeded',
  more = {},
}: Run) {
  const of = plan(id, more);
  const { event, args, eventClass, origin, parent, acceptedAt } = of;
  return {
    row: {
      ...{ id, event, args, eventClass, origin, drill: false, revision: 1, state, outcome, acceptedAt, warnings: 0 },
      ...(parent === undefined ? {} : { parent }),
    },
    records: state === 'cancelled' ? [] : [planned(of), ...records],
  };
}

export const markers = (...lines: string[]): string[] => lines.map((line) => `Nov 23 2026 14:22:10 EVENT ${line}`);

/** One event that was asked for, ran through its pipeline and left its marks everywhere; but for what a test changes. */
export function history(changes: Partial<Evidence> = {}): Evidence {
  const runs = changes.runs ?? [journalled({})];
  return {
    witness: STEPS.flatMap((one) => saw(one)),
    runs,
    store: { queue: [] },
    requests: [asked()],
    views: [],
    hacmpOut: markers('START: network_up nodea r1', 'COMPLETED: network_up nodea r1 0'),
    output: Object.fromEntries(
      runs.flatMap(({ records }) => records.flatMap((one) => (one.kind === 'started' ? [[one.step, 'line 1\n']] : []))),
    ),
    audit: { whole: true, count: 2 },
    unaccounted: [],
    troubles: [],
    ...changes,
  };
}

export const codes = (changes: Partial<Evidence>): string[] => [...new Set(check(history(changes)).map(({ code }) => code))];
export const codesOf = (records: RunRecord[], changes: Partial<Evidence> = {}): string[] =>
  codes({ runs: [journalled({ records })], hacmpOut: [], ...changes }).filter((code) => !code.startsWith('marker'));
