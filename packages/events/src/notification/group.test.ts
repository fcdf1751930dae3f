import * as fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { groupedInto, toldWith } from './group.ts';
import { aNotification, at, waiting } from './notification.test-support.ts';
import type { Notification } from './types.ts';

const HOLD = 60;

/** Of `node_down` or `node_up` in a run of its own, held back for a minute. */
const told = (event: string, run: string, seconds: number, more: Partial<Notification> = {}): Notification =>
  aNotification({
    id: `${run}.success.mail`,
    moment: 'success',
    run,
    thread: run,
    event,
    at: at(seconds),
    notBefore: at(seconds + HOLD),
    subject: `payroll: ${event} nodec was processed on nodea`,
    text: `${event} nodec`,
    ...more,
  });
const down = told('node_down', 'run1', 0);
const up = told('node_up', 'run2', 30);
const isToldWith = (earlier: Notification, fresh: Notification, holdMs = HOLD * 1_000): boolean =>
  toldWith(fresh, [earlier], holdMs).length === 1;

describe('what a new notification tells of as well', () => {
  it('is what it undoes, while that is held back', () => {
    expect(isToldWith(down, up)).toBe(true);
    expect(isToldWith(up, told('node_down', 'run3', 40))).toBe(true);
  });

  it('is an earlier moment of the same run, held back or not', () => {
    const start = aNotification({ id: 'run1.start.mail', moment: 'start' });
    expect(isToldWith(start, aNotification({ at: at(5) }), 0)).toBe(true);
    expect(isToldWith({ ...start, state: 'held' }, aNotification({ at: at(5) }), 0)).toBe(true);
  });

  it('is never a later moment of the same run, in whichever order an interrupted daemon makes them again', () => {
    const moments = ['start', 'warning', 'failure', 'success'] as const;
    const pairs = moments.flatMap((earlier, one) =>
      moments.map((fresh, other) => {
        const of = (moment: (typeof moments)[number]) => aNotification({ id: `run1.${moment}.mail`, moment });
        return [one < other, isToldWith(of(earlier), of(fresh), 0)];
      }),
    );
    expect(pairs.filter(([wanted, found]) => wanted !== found)).toEqual([]);
  });

  it.each<[string, Notification, Notification, number?]>([
    ['that has left', { ...down, recipients: [waiting({ attempts: [{ number: 1, node: 'nodea', at: at(1) }] })] }, up],
    ['that is being sent', { ...down, state: 'sending' }, up],
    ['that is silenced', { ...down, state: 'silenced' }, up],
    ['that waits for the digest of its hour and is of another run', { ...down, state: 'held' }, up],
    ['of another method', { ...down, method: 'page' }, up],
    ['of another object', { ...down, args: ['nodeb'] }, up],
    ['of an event that it does not undo', told('network_down', 'run1', 0), up],
    ['of the same event', told('node_up', 'run1', 0), up],
    ['that is newer', told('node_down', 'run1', 31), up],
    ['that is a test', { ...down, moment: 'test' }, up],
    ['that was escalated', { ...down, escalatedFrom: 'page' }, up],
    ['of a method that holds nothing back', down, up, 0],
    ['that is not held back', aNotification({ ...told('node_down', 'run1', 0), notBefore: undefined as never }), up],
    ['that is itself', down, down],
  ])('is nothing %s', (_, earlier, fresh, holdMs) => {
    expect(isToldWith(earlier, fresh, holdMs)).toBe(false);
  });
});

describe('a notification that tells of others', () => {
  it('has a line for each of them and their ids, and waits its own time', () => {
    expect(groupedInto(up, [down])).toEqual({
      ...up,
      text: 'node_up nodec\nBefore, at 2026-11-25T20:00:00.000Z: payroll: node_down nodec was processed on nodea',
      tellsOf: ['run1.success.mail'],
      notBefore: at(90),
    });
  });

  it('of the same run is sent when the earlier one was to be, and does not say that it has begun', () => {
    const start = told('node_down', 'run1', 0, { id: 'run1.start.mail', moment: 'start' });
    const grouped = groupedInto(told('node_down', 'run1', 20), [start]);
    expect([grouped.text, grouped.notBefore, grouped.tellsOf]).toEqual(['node_down nodec', at(60), ['run1.start.mail']]);
  });

  it('still says what was told with the beginning of its run', () => {
    const begin = groupedInto(told('node_up', 'run2', 30, { id: 'run2.start.mail', moment: 'start' }), [down]);
    const end = groupedInto(told('node_up', 'run2', 35), [begin]);
    expect(end.text).toBe('node_up nodec\nBefore, at 2026-11-25T20:00:00.000Z: payroll: node_down nodec was processed on nodea');
    expect(end.tellsOf).toEqual(['run1.success.mail', 'run2.start.mail']);
  });

  it('that is not held back stays so', () => {
    const start = aNotification({ id: 'run1.start.mail', moment: 'start' });
    expect(groupedInto(aNotification({ at: at(5) }), [start])).not.toHaveProperty('notBefore');
  });

  it('on a numeric pager stays the digits that it was', () => {
    const grouped = groupedInto({ ...up, text: '911' }, [down], { isVerbatim: true });
    expect([grouped.text, grouped.tellsOf]).toEqual(['911', ['run1.success.mail']]);
  });

  it('takes no line of a message text for one of its own', () => {
    const written = { ...down, text: 'Before, at noon: nothing' };
    expect(groupedInto(up, [written]).text).toBe(
      'node_up nodec\nBefore, at 2026-11-25T20:00:00.000Z: payroll: node_down nodec was processed on nodea',
    );
  });
});

describe('an event that flaps', () => {
  /** Hands one after the other to an outbox that sends nothing yet: what it holds, and when the last one would be sent. */
  function flapping(times: readonly number[]): { pending: Notification[]; all: Notification[] } {
    let pending: Notification[] = [];
    const all: Notification[] = [];
    for (const [index, seconds] of times.entries()) {
      pending = pending.filter(({ notBefore = '' }) => notBefore > at(seconds));
      const fresh = told(index % 2 === 0 ? 'node_down' : 'node_up', `run${index}`, seconds);
      const earlier = toldWith(fresh, pending, HOLD * 1_000);
      const made = earlier.length === 0 ? fresh : groupedInto(fresh, earlier);
      all.push(made);
      pending = [...pending.filter((one) => !earlier.includes(one)), made];
    }
    return { pending, all };
  }

  it('is held back four times as long as one event at most', () => {
    const { all } = flapping([0, 50, 100, 150, 200, 210, 220, 230, 239]);
    expect(all.map(({ notBefore }) => notBefore)).toEqual([60, 110, 160, 210, 210, 270, 280, 290, 299].map(at));
    const quick = flapping([0, 1, 2, 3, 4, 5, 6, 7, 8, 9, 10]);
    expect(quick.pending.map(({ notBefore }) => notBefore)).toEqual([at(63)]);
  });

  it('names the newest of what it was, and where the rest is', () => {
    const { pending } = flapping([0, 1, 2, 3, 4, 5, 6, 7, 8]);
    expect(pending[0]?.text.split('\n').map((line) => line.replace(/: payroll.*/, ''))).toEqual([
      'node_down nodec',
      'The delivery log has what was before that.',
      ...[2, 3, 4, 5, 6, 7].map((seconds) => `Before, at ${at(seconds)}`),
    ]);
    expect(pending[0]?.tellsOf).toHaveLength(8);
  });

  it('never loses one: each is told itself or in another, and none waits longer than that', () => {
    const gaps = fc.array(fc.nat(80), { minLength: 1, maxLength: 30 });
    fc.assert(
      fc.property(gaps, (between) => {
        let now = 0;
        const times = between.map((gap) => {
          now += gap;
          return now;
        });
        const { all } = flapping(times);
        const replaced = new Set(all.flatMap(({ tellsOf = [] }) => tellsOf));
        const sent = all.filter(({ id }) => !replaced.has(id));
        const toldOf = sent.flatMap(({ id, tellsOf = [] }) => [...tellsOf, id]);
        expect(toldOf.toSorted()).toEqual(all.map(({ id }) => id).toSorted());
        for (const { id, tellsOf = [], notBefore = '' } of sent) {
          const oldest = all.find((one) => one.id === (tellsOf[0] ?? id))?.at ?? '';
          expect(Date.parse(notBefore) - Date.parse(oldest)).toBeLessThanOrEqual(4 * HOLD * 1_000);
        }
      }),
    );
  });
});
