import {
  type EffectiveMethod,
  effectiveMethod,
  planRun,
  programOn,
  type RunRecord,
  type RunState,
  replay,
} from '@fallover/events';
import { describe, expect, it } from 'vitest';
import { exampleOf, testNotificationOf } from './make-test.ts';

const AT = '2026-11-25T20:00:00.000Z';
const method = (more: Partial<EffectiveMethod> = {}): EffectiveMethod => ({
  ...effectiveMethod('mail', { contact: { cluster: 'anna@example.com' }, methodEvents: { cluster: ['network_down'] } }),
  ...more,
});

/** A past run of `node_down nodec` on nodeb that ended with this status. */
function pastRun(status: number): RunState {
  const id = '01993c5e-0000-7000-8000-000000000001';
  const plan = planRun({
    id,
    event: 'node_down',
    args: ['nodec', 'graceful'],
    eventClass: 'node',
    origin: { kind: 'person', name: 'anna' },
    drill: false,
    revision: { number: 0, hash: '' },
    document: { format: 1, cluster: 'payroll', entries: [] },
    acceptedAt: AT,
    membership: { before: ['nodeb'], after: ['nodeb'] },
    program: programOn(['nodeb'], 'node_down', ['nodec', 'graceful']),
    defaultTimeUntilWarning: 360,
  });
  const step = `${id}/1/nodeb/event/1`;
  const records: RunRecord[] = [
    { kind: 'planned', at: AT, plan, clock: { bootId: 'b', ms: 0 } },
    { kind: 'started', at: AT, step, clock: { bootId: 'b', ms: 0 } },
    { kind: 'finished', at: AT, step, result: { status, durationMs: 0, outputBytes: 0 } },
  ];
  return replay(records) as RunState;
}

const example = (about: Parameters<typeof exampleOf>[1], run?: RunState, of = method()) => {
  const { due, sentences } = exampleOf(of, about, { node: 'nodea', run, exampleRun: 'example' });
  const { event, args, moment, node, status, run: id } = due;
  return [`${[event, ...args].join(' ')} ${moment} ${status ?? '-'} on ${node}`, id, ...sentences];
};

describe('what a test speaks of', () => {
  it('is a past run as it was', () => {
    const run = pastRun(4);
    expect(example({}, run).slice(0, 2)).toEqual(['node_down nodec graceful failure 4 on nodeb', run.plan.id]);
    expect(example({}, run)[2]).toContain('4');
    expect(example({}, pastRun(0))).toEqual(['node_down nodec graceful success - on nodeb', run.plan.id]);
  });

  it('is an example where there is no past run: of the first event of the method, with words for its arguments', () => {
    expect(example({})[0]).toMatch(/^network_down \S+ \S+ success - on nodea$/);
    expect(example({ moment: 'failure' }).at(-1)).toBe('The event command of network_down ended with status 1 on nodea.');
    expect(example({}, undefined, method({ events: [], when: [] }))[0]).toBe('node_down nodea failure 1 on nodea');
  });

  it('is what is asked for: event, arguments and moment', () => {
    expect(example({ event: 'node_up', args: ['x', '%o'], moment: 'warning' })).toEqual([
      'node_up x %o warning - on nodea',
      'example',
    ]);
    expect(example({ moment: 'failure' }, pastRun(0))[0]).toBe('node_down nodec graceful failure 1 on nodeb');
    expect(example({ event: 'node_down', args: [] }, pastRun(4))[0]).toBe('node_down failure 4 on nodeb');
  });
});

describe('a test notification', () => {
  const made = (of: EffectiveMethod) =>
    testNotificationOf(
      of,
      {},
      {
        id: 'test1',
        at: AT,
        by: 'anna',
        node: 'nodea',
        cluster: 'payroll',
        document: { entries: [] },
        run: pastRun(4),
        recipients: ['anna@example.com'],
      },
    );

  it('says in its first words that it is one, and who sent it', () => {
    const { subject, text } = made(method({ text: '%e of %o' }));
    expect(subject).toBe('TEST: payroll: node_down nodec graceful FAILED with status 4 on nodeb');
    expect(text).toBe('TEST, sent by anna; nothing has happened. node_down of nodec graceful');
  });

  it('is of no run, so that nothing is grouped with it and nobody has to acknowledge it', () => {
    const test = made(method());
    expect(test).toMatchObject({
      id: 'test1',
      moment: 'test',
      thread: 'test1',
      state: 'waiting',
      expiresAt: '2026-11-25T21:00:00.000Z',
    });
    expect(test).not.toHaveProperty('run');
    expect(test).not.toHaveProperty('notBefore');
  });

  it('on a numeric pager is the digits: it shows nothing else', () => {
    expect(made(method({ transport: 'numeric_pager', text: '911' })).text).toBe('911');
  });
});
