import type { Notification, Silence } from '@fallover/events';
import { describe, expect, it } from 'vitest';
import type { Answer, WriteRequest } from '../cluster-store.ts';
import { clusterStore } from '../state/cluster-store.ts';
import { type BackendUnderTest, openings, standingClock } from './opener.ts';

const done: Answer = { status: 200, body: '' };
const request = (id: string): WriteRequest => ({ id, principal: 'ada', digest: 'd1' });
const at = '2026-11-23T14:22:10.000Z';
const runOf = (number: number): string => `0199-${String(number).padStart(4, '0')}`;

const notification = (number: number, more: Partial<Notification> = {}): Notification => ({
  id: `${runOf(number)}.failure.oncall`,
  method: 'oncall',
  moment: 'failure',
  run: runOf(number),
  event: 'node_down',
  args: ['nodea'],
  node: 'nodea',
  drill: false,
  at,
  expiresAt: at,
  severity: 'error',
  subject: 'node_down FAILED',
  text: 'node_down FAILED',
  thread: runOf(number),
  state: 'waiting',
  nodes: [],
  recipients: [{ to: 'ada@example.org', state: 'waiting', attempts: [] }],
  ...more,
});

/** The outbox and the delivery log, acknowledgements and silences, on every backend. */
export function notificationSuite(underTest: BackendUnderTest): void {
  const openBackend = openings(underTest);
  const open = async () => {
    const clock = standingClock();
    const { backend } = await openBackend(clock);
    return { store: clusterStore(backend, clock), clock };
  };
  const ids = (found: readonly { notification: Notification }[]): string[] => found.map(({ notification: { id } }) => id);

  describe(`${underTest.name}: the outbox`, () => {
    it('takes each notification once, whoever makes it', async () => {
      const { store } = await open();
      expect(ids(await store.addNotifications([notification(1), notification(2)]))).toEqual([
        notification(1).id,
        notification(2).id,
      ]);
      const again = await store.addNotifications([notification(2, { text: 'other' }), notification(3)]);
      expect(ids(again)).toEqual([notification(3).id]);
      expect((await store.notification(notification(2).id))?.notification.text).toBe('node_down FAILED');
      expect(ids(await store.outbox())).toEqual([1, 2, 3].map((number) => notification(number).id));
    });

    it('lets a claim be made by one of two only', async () => {
      const { store } = await open();
      const [stored] = await store.addNotifications([notification(1)]);
      if (!stored) throw new Error('not added');
      const claim = (node: string) =>
        store.saveNotifications([{ ...stored, notification: { ...stored.notification, state: 'sending', nodes: [node] } }]);
      const [first, second] = [await claim('nodea'), await claim('nodeb')];
      expect([first.length, second.length]).toEqual([1, 0]);
      expect((await store.notification(notification(1).id))?.notification.nodes).toEqual(['nodea']);
    });

    it('writes the others of a commit although one was changed meanwhile', async () => {
      const { store } = await open();
      const stored = await store.addNotifications([1, 2, 3, 4, 5].map((number) => notification(number)));
      await store.saveNotifications(
        stored.slice(2, 3).map((one) => ({ ...one, notification: { ...one.notification, text: 'new' } })),
      );
      const delivered = stored.map((one) => ({ ...one, notification: { ...one.notification, state: 'delivered' as const } }));
      const proof = { method: 'oncall', delivered: at };
      const written = await store.saveNotifications(delivered, [proof]);
      expect(ids(written)).toEqual([1, 2, 4, 5].map((number) => notification(number).id));
      expect(ids(await store.outbox())).toEqual([notification(3).id]);
      expect(await store.proofs()).toEqual([proof]);
    });

    it('lists the delivery log newest first, page by page, what is over included', async () => {
      const { store } = await open();
      await store.addNotifications([1, 2, 3, 4, 5].map((number) => notification(number, { state: 'delivered' })));
      expect(await store.outbox()).toEqual([]);
      const page = await store.notifications({ limit: 2 });
      expect(page.map(({ run }) => run)).toEqual([runOf(5), runOf(4)]);
      expect((await store.notifications({ before: page[1]?.id ?? '', limit: 9 })).map(({ run }) => run)).toEqual(
        [3, 2, 1].map(runOf),
      );
    });

    it('tells of changes to whoever watches, and of the end of a notification once more', async () => {
      const { store } = await open();
      const stop = new AbortController();
      const changes = store.watchOutbox(stop.signal)[Symbol.asyncIterator]();
      const next = changes.next();
      const [stored] = await store.addNotifications([notification(1)]);
      expect(ids((await next).value ?? [])).toEqual([notification(1).id]);
      if (stored) await store.saveNotifications([{ ...stored, notification: { ...stored.notification, state: 'delivered' } }]);
      expect((await changes.next()).value?.[0]?.notification.state).toBe('delivered');
      stop.abort();
    });

    it('forgets what is over and old, and never what is still to be sent', async () => {
      const { store } = await open();
      await store.addNotifications([
        notification(1, { state: 'delivered' }),
        notification(2),
        notification(3, { state: 'failed' }),
      ]);
      expect(await store.removeNotifications(runOf(3), 10)).toBe(1);
      expect((await store.notifications({ limit: 10 })).map(({ run }) => run)).toEqual([3, 2].map(runOf));
    });
  });

  describe(`${underTest.name}: acknowledgements and silences`, () => {
    it('keeps the first acknowledgement of a run', async () => {
      const { store } = await open();
      const acknowledge = (by: string) => store.acknowledge(request(by), { run: runOf(1), by, at }, done);
      expect((await acknowledge('ada')).outcome).toBe('written');
      expect((await acknowledge('bob')).outcome).toBe('changed_meanwhile');
      expect((await acknowledge('ada')).outcome).toBe('repeated');
      expect(await store.acknowledgement(runOf(1))).toEqual({ run: runOf(1), by: 'ada', at });
    });

    it('forgets a silence a week after its end', async () => {
      const { store, clock } = await open();
      const silence = (id: string, until: number): Silence => ({
        id,
        reason: 'disk change',
        by: 'ada',
        at,
        until: new Date(until).toISOString(),
      });
      const day = 86_400_000;
      await store.saveSilence(request('1'), silence('old', clock.now() - 8 * day), done);
      await store.saveSilence(request('2'), silence('ended', clock.now() - day), done);
      await store.saveSilence(request('3'), silence('holds', clock.now() + day), done);
      expect((await store.silences()).map(({ id }) => id)).toEqual(['ended', 'holds']);
    });

    it('writes a notification again for a person only as it was read', async () => {
      const { store } = await open();
      const [stored] = await store.addNotifications([notification(1, { state: 'failed' })]);
      if (!stored) throw new Error('not added');
      const again = { ...stored, notification: { ...stored.notification, state: 'waiting' as const } };
      expect((await store.changeNotification(request('1'), again, done)).outcome).toBe('written');
      expect((await store.changeNotification(request('2'), again, done)).outcome).toBe('changed_meanwhile');
      expect(ids(await store.outbox())).toEqual([stored.notification.id]);
    });
  });
}
