import * as fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { aNotification, at, waiting } from './notification.test-support.ts';
import {
  type AttemptEnd,
  afterAttempt,
  claimed,
  dueAt,
  isPending,
  isUnsent,
  nobodyCan,
  retryAfterMs,
  senderOf,
  silencedBy,
  stateOf,
  withRecipient,
} from './schedule.ts';
import { NOTIFICATION_STATES, type NotificationAttempt, type NotificationRecipient, type Silence } from './types.ts';

const THREE_RETRIES = { retryCounter: 3 };
const failed = (seconds: number, more: Partial<AttemptEnd> = {}): AttemptEnd => ({
  outcome: 'failed',
  endedAt: at(seconds),
  code: 'refused',
  answer: '554 no',
  next: 'retry',
  ...more,
});
const tried = (
  recipient: NotificationRecipient,
  seconds: number,
  end: AttemptEnd,
  node = 'nodea',
  limits = THREE_RETRIES,
): NotificationRecipient => afterAttempt(claimed(recipient, { node, at: at(seconds) }), end, limits);

describe('the time between retries', () => {
  it('is ten seconds, then three times as long each time, and ten minutes at most', () => {
    expect([1, 2, 3, 4, 5, 6, 100].map(retryAfterMs)).toEqual([10_000, 30_000, 90_000, 270_000, 600_000, 600_000, 600_000]);
  });
});

describe('the node that sends', () => {
  it.each<[string[], string[] | undefined, string[], string | undefined]>([
    [['nodeb', 'nodea'], undefined, ['nodea', 'nodeb'], 'nodeb'],
    [['nodeb', 'nodea'], undefined, ['nodea'], 'nodea'],
    [['nodeb', 'nodea'], ['nodeb'], ['nodea', 'nodeb'], 'nodea'],
    [['nodeb', 'nodea'], ['nodea', 'nodeb'], ['nodea', 'nodeb'], undefined],
    [['nodeb'], undefined, ['nodea'], undefined],
    [[], undefined, ['nodea', 'nodeb'], 'nodea'],
    [[], ['nodea'], ['nodea', 'nodeb'], 'nodeb'],
    [[], undefined, [], undefined],
  ])('of the list %j, of which %j cannot and %j live, is %j', (nodes, unable, live, sender) => {
    expect(senderOf({ nodes }, unable === undefined ? {} : { unable }, live)).toBe(sender);
  });

  it('is waited for while a node of the list may still come back', () => {
    const nodes = ['nodea', 'nodeb'];
    expect(nobodyCan({ nodes }, waiting({ unable: ['nodea'] }), ['nodea'])).toBe(false);
    expect(nobodyCan({ nodes }, waiting({ unable: ['nodeb', 'nodea'] }), ['nodea'])).toBe(true);
    expect(nobodyCan({ nodes }, waiting(), [])).toBe(false);
    expect(nobodyCan({ nodes: [] }, waiting({ unable: ['nodea'] }), ['nodea', 'nodeb'])).toBe(false);
    expect(nobodyCan({ nodes: [] }, waiting({ unable: ['nodea', 'nodeb'] }), ['nodea', 'nodeb'])).toBe(true);
  });
});

describe('a claim', () => {
  it('is an attempt with its node and time, and waits for nothing any more', () => {
    expect(claimed(waiting({ notBefore: at(10) }), { node: 'nodea', at: at(12) })).toEqual({
      to: 'anna@example.com',
      state: 'sending',
      attempts: [{ number: 1, node: 'nodea', at: at(12) }],
    });
  });
});

describe('after an attempt', () => {
  it('that was delivered nothing is left to do', () => {
    const sent = tried(waiting(), 0, { outcome: 'delivered', endedAt: at(2), answer: '250 ok' });
    expect(sent).toEqual({
      to: 'anna@example.com',
      state: 'delivered',
      attempts: [{ number: 1, node: 'nodea', at: at(0), durationMs: 2_000, outcome: 'delivered', answer: '250 ok' }],
    });
  });

  it('that failed it is tried again after the back-off, as often as the retry counter says, and then has failed', () => {
    let recipient = waiting();
    const told: string[] = [];
    for (const seconds of [0, 100, 200, 300]) {
      recipient = tried(recipient, seconds, failed(seconds + 1));
      told.push(`${recipient.state} ${recipient.notBefore ?? ''}`.trim());
    }
    expect(told).toEqual([`waiting ${at(11)}`, `waiting ${at(131)}`, `waiting ${at(291)}`, 'failed']);
    expect(recipient.attempts.map(({ number }) => number)).toEqual([1, 2, 3, 4]);
  });

  it('that failed with a retry counter of 0 it has failed at once', () => {
    expect(tried(waiting(), 0, failed(1), 'nodea', { retryCounter: 0 }).state).toBe('failed');
  });

  it('of which another one makes no sense it has failed at once', () => {
    expect(tried(waiting(), 0, failed(1, { next: 'give_up' })).state).toBe('failed');
  });

  it('of a node that cannot, the next one is tried at once, and no try is lost', () => {
    const first = tried(waiting(), 0, failed(1, { next: 'next_node' }));
    expect(first).toMatchObject({ state: 'waiting', unable: ['nodea'], attempts: [{ unable: true, outcome: 'failed' }] });
    expect(first).not.toHaveProperty('notBefore');
    let recipient = first;
    for (const seconds of [10, 100, 200]) recipient = tried(recipient, seconds, failed(seconds + 1), 'nodeb');
    expect(recipient.state).toBe('waiting');
    expect(tried(recipient, 300, failed(301), 'nodeb').state).toBe('failed');
  });

  it('that was interrupted it is sent again at once, and no try is lost', () => {
    const lost = tried(waiting(), 0, { outcome: 'interrupted', endedAt: at(60), answer: 'not known' });
    expect(lost).toMatchObject({ state: 'waiting', attempts: [{ outcome: 'interrupted', durationMs: 60_000 }] });
    expect(lost).not.toHaveProperty('notBefore');
    expect(tried(lost, 61, failed(62), 'nodea', { retryCounter: 1 })).toMatchObject({ state: 'waiting', notBefore: at(72) });
  });

  it('of an earlier delivery nothing counts any more', () => {
    const old: NotificationAttempt[] = [1, 2, 3, 4].map((number) => ({ number, node: 'nodea', at: at(0), outcome: 'failed' }));
    const again = tried(waiting({ attempts: old, attemptsBefore: 4 }), 100, failed(101));
    expect(again).toMatchObject({ state: 'waiting', notBefore: at(111) });
    expect(again.attempts.at(-1)?.number).toBe(5);
  });

  it('has taken no time when the clock went back meanwhile', () => {
    expect(tried(waiting(), 100, failed(40)).attempts[0]?.durationMs).toBe(0);
  });

  it('keeps what was known before, and comes to an end however the attempts end', () => {
    const end = fc.record({
      outcome: fc.constantFrom<AttemptEnd['outcome']>('failed', 'failed', 'failed', 'delivered'),
      next: fc.constantFrom<NonNullable<AttemptEnd['next']>>('retry', 'next_node', 'give_up'),
    });
    fc.assert(
      fc.property(fc.array(end, { minLength: 9, maxLength: 9 }), fc.nat(4), (ends, retryCounter) => {
        const nodes = ['nodea', 'nodeb', 'nodec'];
        let recipient = waiting();
        for (const [index, { outcome, next }] of ends.entries()) {
          const node = senderOf({ nodes }, recipient, nodes);
          if (recipient.state !== 'waiting' || node === undefined) break;
          const before = recipient.attempts;
          recipient = tried(recipient, index * 1_000, failed(index * 1_000 + 1, { outcome, next }), node, { retryCounter });
          expect(recipient.attempts.slice(0, -1)).toEqual(before);
        }
        const counted = recipient.attempts.filter(({ outcome, unable }) => outcome === 'failed' && unable !== true);
        expect(counted.length).toBeLessThanOrEqual(retryCounter + 1);
        // Five failures and three nodes that cannot are the most that can come before the end.
        expect(recipient.state !== 'waiting' || nobodyCan({ nodes }, recipient, nodes)).toBe(true);
      }),
    );
  });
});

describe('the whole', () => {
  const states = (...all: NotificationRecipient['state'][]) => ({ recipients: all.map((state) => waiting({ state })) });

  it.each<[NotificationRecipient['state'][], string]>([
    [['waiting', 'waiting'], 'waiting'],
    [['delivered', 'sending', 'waiting'], 'sending'],
    [['delivered', 'failed', 'waiting'], 'waiting'],
    [['delivered', 'failed'], 'failed'],
    [['expired', 'failed'], 'failed'],
    [['delivered', 'expired'], 'expired'],
    [['delivered', 'delivered'], 'delivered'],
  ])('of recipients %j is %s', (recipients, state) => {
    expect(stateOf(states(...recipients))).toBe(state);
  });

  it('is what its recipients make of it when one of them changes', () => {
    const sending = withRecipient(aNotification({ recipients: [waiting(), waiting()] }), 1, waiting({ state: 'sending' }));
    expect([sending.state, ...sending.recipients.map(({ state }) => state)]).toEqual(['sending', 'waiting', 'sending']);
  });

  it('is pending while something is left to do, and unsent until something has left', () => {
    expect(NOTIFICATION_STATES.filter((state) => isPending({ state }))).toEqual(['waiting', 'held', 'sending']);
    expect(NOTIFICATION_STATES.filter((state) => isUnsent(aNotification({ state })))).toEqual(['waiting', 'held']);
    expect(isUnsent(aNotification({ recipients: [waiting(), tried(waiting(), 0, failed(1))] }))).toBe(false);
  });
});

describe('when something is due', () => {
  const ms = (seconds: number): number => Date.parse(at(seconds));

  it('is at once, or when the hold is over, or the soonest recipient', () => {
    expect(dueAt(aNotification())).toBe(0);
    expect(dueAt(aNotification({ notBefore: at(60) }))).toBe(ms(60));
    expect(dueAt(aNotification({ recipients: [waiting({ notBefore: at(90) }), waiting({ notBefore: at(30) })] }))).toBe(ms(30));
    const held = aNotification({ notBefore: at(60), recipients: [waiting({ notBefore: at(30) })] });
    expect(dueAt(held)).toBe(ms(60));
    expect(dueAt(aNotification({ state: 'held', notBefore: at(3_600) }))).toBe(ms(3_600));
  });

  it('is never when nothing waits', () => {
    expect(dueAt(aNotification({ state: 'sending', recipients: [waiting({ state: 'sending' })] }))).toBeUndefined();
    expect(dueAt(aNotification({ state: 'delivered', recipients: [waiting({ state: 'delivered' })] }))).toBeUndefined();
    expect(dueAt(aNotification({ state: 'grouped', notBefore: at(60) }))).toBeUndefined();
    expect(dueAt(aNotification({ recipients: [] }))).toBeUndefined();
  });
});

describe('a silence', () => {
  const silence = (more: Partial<Silence>): Silence => ({ id: 's', reason: 'r', by: 'anna', at: at(0), until: at(600), ...more });
  const by = (more: Partial<Silence>, now = 300): boolean =>
    silencedBy({ method: 'mail', event: 'node_down' }, [silence(more)], Date.parse(at(now))) !== undefined;

  it('keeps back what it is about: all, a method, an event, or both', () => {
    expect([by({}), by({ method: 'mail' }), by({ event: 'node_down' }), by({ method: 'mail', event: 'node_down' })]).toEqual([
      true,
      true,
      true,
      true,
    ]);
    expect([by({ method: 'page' }), by({ event: 'node_up' }), by({ method: 'mail', event: 'node_up' })]).toEqual([
      false,
      false,
      false,
    ]);
  });

  it('ends to the moment', () => {
    expect([by({}, 599), by({}, 600), by({}, 601)]).toEqual([true, false, false]);
  });
});
