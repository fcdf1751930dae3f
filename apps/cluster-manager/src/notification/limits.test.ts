import type { Notification } from '@fallover/events';
import { describe, expect, it } from 'vitest';
import { localTime } from './compose.ts';
import { digestOf, hourlyLimits } from './limits.ts';

const HOUR = 3_600_000;
const NINE = Date.parse('2026-11-25T09:00:00.000Z');
const two = { name: 'mail', hourlyLimit: 2 };
const about = (id: string, moment: Notification['moment'] = 'failure') => ({ id, moment });
const iso = (ms: number): string => new Date(ms).toISOString();

/** Limits with a clock that stands still until it is set. */
function limits(begin = NINE) {
  const clock = { ms: begin };
  return { clock, ...hourlyLimits(() => clock.ms) };
}

describe('the hourly limit of a method', () => {
  it('lets so many through, and holds the next one until the hour is over', () => {
    const { heldUntil } = limits(NINE + 1_000);
    expect(['a', 'b', 'c'].map((id) => heldUntil(two, about(id)))).toEqual([undefined, undefined, NINE + HOUR]);
  });

  it('counts one once, however often it is tried', () => {
    const { heldUntil } = limits();
    expect(['a', 'a', 'a', 'b', 'a', 'c'].map((id) => heldUntil(two, about(id)))).toEqual([
      ...Array.from({ length: 5 }, () => undefined),
      NINE + HOUR,
    ]);
  });

  it('begins anew to the millisecond', () => {
    const { heldUntil, clock } = limits(NINE + HOUR - 1);
    for (const id of ['a', 'b']) heldUntil(two, about(id));
    expect(heldUntil(two, about('c'))).toBe(NINE + HOUR);
    clock.ms = NINE + HOUR;
    expect(['c', 'd', 'e'].map((id) => heldUntil(two, about(id)))).toEqual([undefined, undefined, NINE + 2 * HOUR]);
  });

  it('is one of each method, none for a test or a digest, and none at all when it is 0', () => {
    const { heldUntil } = limits();
    for (const id of ['a', 'b']) heldUntil(two, about(id));
    expect(heldUntil({ ...two, name: 'page' }, about('c'))).toBeUndefined();
    expect(heldUntil(two, about('c', 'test'))).toBeUndefined();
    expect(heldUntil(two, about('c', 'digest'))).toBeUndefined();
    expect(heldUntil({ ...two, hourlyLimit: 0 }, about('c'))).toBeUndefined();
    expect(heldUntil(two, about('c'))).toBe(NINE + HOUR);
  });

  it('counts what was first sent in this hour before the daemon started, and nothing else', () => {
    const sent = (id: string, at: number[], moment: Notification['moment'] = 'failure') => ({
      id,
      method: 'mail',
      moment,
      recipients: [
        { to: '', state: 'delivered' as const, attempts: at.map((ms) => ({ number: 1, node: 'nodea', at: iso(ms) })) },
      ],
    });
    const { heldUntil, seed } = limits(NINE + 1_000);
    seed([
      sent('now', [NINE]),
      sent('before', [NINE - 1]),
      sent('retried', [NINE - 1, NINE + 500]),
      sent('waiting', []),
      sent('test', [NINE], 'test'),
      sent('digest', [NINE], 'digest'),
    ]);
    expect(heldUntil(two, about('now'))).toBeUndefined();
    expect(heldUntil(two, about('a'))).toBeUndefined();
    expect(heldUntil(two, about('b'))).toBe(NINE + HOUR);
  });
});

describe('the digest', () => {
  const held = (number: number): Notification => ({
    id: `run${number}.failure.mail`,
    method: 'mail',
    moment: 'failure',
    run: `run${number}`,
    event: 'node_down',
    args: ['nodec'],
    node: 'nodea',
    drill: number % 2 === 0,
    at: iso(NINE + number * 1_000),
    expiresAt: iso(NINE + HOUR),
    severity: 'error',
    subject: `payroll: number ${number}`,
    text: `${number}`,
    thread: `run${number}`,
    state: 'held',
    nodes: ['nodea'],
    recipients: [{ to: 'anna@example.com', state: 'waiting', attempts: [] }],
  });
  const mail = { name: 'mail', transport: 'smtp' as const };

  it('of nothing is none', () => {
    expect(digestOf('payroll', mail, [], NINE)).toBeUndefined();
  });

  it('names all that it tells of, by their time', () => {
    const digest = digestOf('payroll', mail, [held(2), held(1)], NINE + HOUR);
    expect(digest).toMatchObject({
      moment: 'digest',
      method: 'mail',
      subject: 'payroll: 2 further notifications were held back by the hourly limit',
      tellsOf: ['run1.failure.mail', 'run2.failure.mail'],
      drill: false,
      state: 'waiting',
      nodes: ['nodea'],
      expiresAt: iso(NINE + 2 * HOUR),
      recipients: [{ to: 'anna@example.com', state: 'waiting', attempts: [] }],
    });
    expect(digest?.text).toBe(
      [
        '2 notifications of mail were held back by its hourly limit:',
        `${localTime(iso(NINE + 1_000))}  payroll: number 1`,
        `${localTime(iso(NINE + 2_000))}  payroll: number 2`,
      ].join('\n'),
    );
  });

  it('of a hundred names forty and tells of all', () => {
    const digest = digestOf(
      'payroll',
      mail,
      Array.from({ length: 100 }, (_, index) => held(index)),
      NINE + HOUR,
    );
    expect(digest?.text.split('\n')).toHaveLength(42);
    expect(digest?.text.split('\n').at(-1)).toBe('and 60 more. The delivery log has them all.');
    expect(digest?.tellsOf).toHaveLength(100);
  });

  it('is the same one for every node that makes it in an hour, and another one in the next', () => {
    const id = (now: number, cluster = 'payroll', name = 'mail') => digestOf(cluster, { ...mail, name }, [held(1)], now)?.id;
    expect(id(NINE)).toBe(id(NINE + HOUR - 1));
    expect(new Set([id(NINE), id(NINE + HOUR), id(NINE, 'other'), id(NINE, 'payroll', 'page')]).size).toBe(4);
  });

  it('is a drill when all of it is one', () => {
    expect([digestOf('p', mail, [held(2), held(4)], NINE)?.drill, digestOf('p', mail, [held(2), held(3)], NINE)?.drill]).toEqual([
      true,
      false,
    ]);
  });

  it('on a numeric pager is the digits of the newest: it shows nothing else', () => {
    expect(digestOf('payroll', { name: 'page', transport: 'numeric_pager' }, [held(2), held(1)], NINE)?.text).toBe('2');
  });
});
