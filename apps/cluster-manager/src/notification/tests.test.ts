import { effectiveMethod, type Notification } from '@fallover/events';
import type { Delivery } from '@fallover/notify';
import { describe, expect, it } from 'vitest';
import { notificationTests, type TestParts } from './tests.ts';

const NOW = Date.parse('2026-11-25T20:00:00.000Z');
const mail = effectiveMethod('mail', { contact: { cluster: 'anna@example.com' } });

const notification = (id: string, recipients = ['anna@example.com']): Notification => ({
  id,
  method: 'mail',
  moment: 'test',
  event: 'node_down',
  args: [],
  node: 'nodea',
  drill: false,
  at: new Date(NOW).toISOString(),
  expiresAt: new Date(NOW).toISOString(),
  severity: 'error',
  subject: 'TEST: node_down',
  text: 'TEST',
  thread: id,
  state: 'waiting',
  nodes: [],
  recipients: recipients.map((to) => ({ to, state: 'waiting', attempts: [] })),
});

const DELIVERED: Delivery = { ok: true, value: { answer: '250 ok' } };

function started(deliver: TestParts['deliver'] = () => Promise.resolve(DELIVERED)) {
  const clock = { ms: NOW };
  const recorded: Notification[] = [];
  const failed: unknown[] = [];
  const tests = notificationTests({
    node: 'nodea',
    deliver,
    record: async (one) => void recorded.push(one),
    now: () => clock.ms,
    failed: (error) => failed.push(error),
  });
  let count = 0;
  const start = (paid: boolean, recipients?: string[]) => {
    count += 1;
    const of = { allowedTargets: [], heartbeatDevices: [] };
    return tests.start({ notification: notification(`test${count}`, recipients), method: mail, of, paid });
  };
  const refused = (paid: boolean): number | undefined => {
    const answer = start(paid);
    return answer.ok ? undefined : answer.error.seconds;
  };
  return { clock, recorded, failed, tests, start, refused };
}

describe('a test', () => {
  it('tells each recipient, one after the other, and is in the log with what was said', async () => {
    const order: string[] = [];
    const { start, tests, recorded } = started(async (_, { to }, say) => {
      order.push(`${to} begins`);
      say({ direction: 'sent', text: `RCPT TO:<${to}>` });
      await Promise.resolve();
      order.push(`${to} ends`);
      return to === 'bert@x' ? { ok: false, error: { code: 'refused', sentence: 'No.', next: 'give_up' } } : DELIVERED;
    });
    const test = start(false, ['anna@x', 'bert@x']);
    await tests.settled();
    expect(order).toEqual(['anna@x begins', 'anna@x ends', 'bert@x begins', 'bert@x ends']);
    expect(test.ok && test.value.lines.map(({ recipient, direction, text }) => `${recipient} ${direction} ${text}`)).toEqual([
      'anna@x sent RCPT TO:<anna@x>',
      'bert@x sent RCPT TO:<bert@x>',
    ]);
    expect(recorded).toMatchObject([
      {
        id: 'test1',
        state: 'failed',
        recipients: [
          { to: 'anna@x', state: 'delivered', attempts: [{ number: 1, node: 'nodea', outcome: 'delivered', answer: '250 ok' }] },
          { to: 'bert@x', state: 'failed', attempts: [{ outcome: 'failed', code: 'refused', answer: 'No.' }] },
        ],
      },
    ]);
    expect(test.ok && test.value.end?.state).toBe('failed');
    expect(tests.get('test1')?.end?.state).toBe('failed');
  });

  it('calls whoever watches for each line and for the end', async () => {
    const gate = Promise.withResolvers<void>();
    const { start, tests } = started(async (_, __, say) => {
      await gate.promise;
      say({ direction: 'received', text: '220 mail' });
      return DELIVERED;
    });
    const test = start(false);
    const seen: string[] = [];
    if (test.ok) test.value.listeners.add(() => seen.push(`${test.value.lines.length} ${test.value.end?.state ?? 'runs'}`));
    gate.resolve();
    await tests.settled();
    expect(seen).toEqual(['1 runs', '1 delivered']);
  });

  it('keeps two thousand lines of a side that does not stop, none longer than 8192 characters', async () => {
    const { start, tests } = started((_, __, say) => {
      for (let line = 0; line < 3_000; line += 1) say({ direction: 'received', text: 'x'.repeat(10_000) });
      return Promise.resolve(DELIVERED);
    });
    const test = start(false);
    await tests.settled();
    expect(test.ok && [test.value.lines.length, test.value.lines[0]?.text.length]).toEqual([2_000, 8_192]);
  });

  it('ends also when sending meets a fault of its own, and that is reported', async () => {
    const { start, tests, failed } = started(() => Promise.reject(new Error('broken')));
    const test = start(false);
    await tests.settled();
    expect(test.ok && test.value.end?.state).toBe('failed');
    expect(failed).toEqual([new Error('broken')]);
  });
});

describe('the limit of tests', () => {
  it('is five in ten minutes where each costs money, thirty elsewhere, each counted by itself', () => {
    const { refused } = started();
    expect(Array.from({ length: 6 }, () => refused(true))).toEqual([...Array.from({ length: 5 }, () => undefined), 600]);
    expect(Array.from({ length: 31 }, () => refused(false))).toEqual([...Array.from({ length: 30 }, () => undefined), 600]);
  });

  it('says in how many seconds the next one can be sent, and then it can', () => {
    const { refused, clock } = started();
    for (let test = 0; test < 5; test += 1) {
      refused(true);
      clock.ms += 10_000;
    }
    expect(refused(true)).toBe(550);
    clock.ms += 549_001;
    expect(refused(true)).toBe(1);
    clock.ms += 999;
    expect(refused(true)).toBeUndefined();
    expect(refused(true)).toBe(10);
  });

  it('does not count those that were refused, and does not last when the clock goes back', () => {
    const { refused, clock } = started();
    for (let test = 0; test < 20; test += 1) refused(true);
    clock.ms += 600_000;
    expect(refused(true)).toBeUndefined();
    for (let test = 0; test < 5; test += 1) refused(true);
    clock.ms = NOW - 3_600_000;
    expect(refused(true)).toBeUndefined();
  });
});
