import { type EffectiveMethod, effectiveMethod, type Notification, type RemoteNotificationMethod } from '@fallover/events';
import { type Delivery, deliveryFault } from '@fallover/notify';
import { type ClusterStore, openStore } from '@fallover/store';
import fc from 'fast-check';
import { afterEach, describe, expect, it, vi } from 'vitest';
import { digestOf, hourlyLimits } from './limits.ts';
import { type Outbox, type OutboxParts, openOutbox } from './outbox.ts';

const HOUR = 3_600_000;
const START = Date.UTC(2026, 10, 25, 20, 10);
const runOf = (number: number): string => `0199-${String(number).padStart(4, '0')}`;
const iso = (ms: number): string => new Date(ms).toISOString();

const notification = (number: number, to = ['ada'], more: Partial<Notification> = {}): Notification => ({
  id: `${runOf(number)}.failure.oncall`,
  method: 'oncall',
  moment: 'failure',
  run: runOf(number),
  event: 'node_down',
  args: ['nodea'],
  node: 'nodea',
  drill: false,
  at: iso(START),
  expiresAt: iso(START + HOUR),
  severity: 'error',
  subject: `node_down FAILED ${number}`,
  text: 'node_down FAILED',
  thread: runOf(number),
  state: 'waiting',
  nodes: [],
  recipients: to.map((one) => ({ to: one, state: 'waiting', attempts: [] })),
  ...more,
});

type Answer = (asked: { to: string; node: string; id: string; signal: AbortSignal }) => Promise<Delivery> | Delivery;
const taken: Delivery = { ok: true, value: { answer: '250 OK' } };
const fault = (then: 'retry' | 'next_node' | 'give_up'): Delivery => ({
  ok: false,
  error: deliveryFault(`says_${then}`, `It said ${then}.`, then),
});

/** Nodes with an outbox each on one store, and a clock that is moved by hand. */
async function cluster(answer: Answer, fields: RemoteNotificationMethod = {}) {
  const opened = await openStore('memory:');
  if (!opened.ok) throw new Error('no store');
  const store: ClusterStore = opened.value;
  const clock = { ms: START };
  const live = new Set<string>();
  const sent: { to: string; node: string; id: string }[] = [];
  const boxes = new Map<string, Outbox>();
  const method: EffectiveMethod = effectiveMethod('oncall', { contact: { cluster: 'a@b' }, ...fields });
  const parts = (node: string): OutboxParts => ({
    node,
    live: () => [...live].sort(),
    store,
    method: async (name) => (name === 'gone' ? undefined : { ...method, name }),
    mostAtOnce: () => 16,
    gatherMs: () => 1,
    exclusive: () => undefined,
    async deliver({ id }, { to }, _method, signal) {
      const asked = { to, node, id };
      const delivery = await answer({ ...asked, signal });
      if (delivery.ok) sent.push(asked);
      return delivery;
    },
    heldUntil: limits.heldUntil,
    digest: (name, held) => digestOf('prod', name, held, clock.ms),
    graceMs: 20,
    now: () => clock.ms,
    changed: () => {},
    proven: () => {},
    trouble: (reason) => {
      if (reason !== undefined) throw new Error(reason);
    },
    failed: (error) => {
      throw error;
    },
  });
  const limits = hourlyLimits(() => clock.ms);
  const start = async (node: string): Promise<Outbox> => {
    live.add(node);
    const box = await openOutbox(parts(node));
    boxes.set(node, box);
    return box;
  };
  return {
    store,
    clock,
    sent,
    live,
    start,
    /** Time passes, and everybody looks. */
    pass(ms: number) {
      clock.ms += ms;
      for (const box of boxes.values()) box.wake();
    },
    async state(id: string): Promise<Notification> {
      const found = await store.notification(id);
      if (!found) throw new Error(`no ${id}`);
      return found.notification;
    },
    async close() {
      for (const box of boxes.values()) await box.stop();
      await store.close();
    },
  };
}

describe('the outbox', () => {
  const open: { close(): Promise<void> }[] = [];
  const started = async (...asked: Parameters<typeof cluster>) => {
    const made = await cluster(...asked);
    open.push(made);
    return made;
  };
  afterEach(async () => {
    for (const one of open.splice(0)) await one.close();
  });

  it('sends to each recipient once, by one node of several', async () => {
    const of = await started(() => taken);
    for (const node of ['nodea', 'nodeb', 'nodec']) await of.start(node);
    const box = await of.start('noded');
    const ids = Array.from({ length: 30 }, (_, number) => notification(number, ['ada', 'bob']));
    await box.add(ids);
    await vi.waitFor(() => expect(of.sent).toHaveLength(60));
    await vi.waitFor(async () => expect(await of.store.outbox()).toEqual([]));
    expect(new Set(of.sent.map(({ id, to }) => `${id} ${to}`)).size).toBe(60);
    expect(new Set(of.sent.map(({ node }) => node))).toEqual(new Set(['nodea']));
  });

  it('is worked by the first live node of the list', async () => {
    const of = await started(() => taken);
    await of.start('nodea');
    const box = await of.start('nodeb');
    await box.add([notification(1, ['ada'], { nodes: ['nodec', 'nodeb', 'nodea'] })]);
    await vi.waitFor(async () => expect((await of.state(notification(1).id)).state).toBe('delivered'));
    expect(of.sent.map(({ node }) => node)).toEqual(['nodeb']);
  });

  it('goes to the next node of the list when one cannot, at once and at no cost of a retry', async () => {
    const of = await started(({ node }) => (node === 'nodec' ? taken : fault('next_node')), { retryCounter: { cluster: 0 } });
    for (const node of ['nodea', 'nodeb', 'nodec']) await of.start(node);
    const box = await of.start('noded');
    await box.add([notification(1, ['ada'], { nodes: ['nodeb', 'nodea', 'nodec'] })]);
    await vi.waitFor(async () => expect((await of.state(notification(1).id)).state).toBe('delivered'));
    const [recipient] = (await of.state(notification(1).id)).recipients;
    expect(recipient?.attempts.map(({ node, outcome }) => [node, outcome])).toEqual([
      ['nodeb', 'failed'],
      ['nodea', 'failed'],
      ['nodec', 'delivered'],
    ]);
  });

  it('has failed, and says so, when every node of the list cannot', async () => {
    const of = await started(() => fault('next_node'));
    await of.start('nodea');
    const box = await of.start('nodeb');
    await box.add([notification(1, ['ada'], { nodes: ['nodea', 'nodeb'] })]);
    await vi.waitFor(async () => expect((await of.state(notification(1).id)).state).toBe('failed'));
    const [recipient] = (await of.state(notification(1).id)).recipients;
    expect(recipient?.attempts.at(-1)?.code).toBe('no_node_can');
  });

  it('retries one recipient after longer and longer pauses, and holds up no other', async () => {
    const of = await started(({ to }) => (to === 'dead' ? fault('retry') : taken));
    const box = await of.start('nodea');
    await box.add([notification(1, ['dead', 'ada'])]);
    await vi.waitFor(() => expect(of.sent.map(({ to }) => to)).toEqual(['ada']));
    for (const [pause, attempts] of [
      [10_000, 2],
      [30_000, 3],
      [90_000, 4],
    ] as const) {
      const tried = async () => (await of.state(notification(1).id)).recipients[0];
      await vi.waitFor(async () => expect((await tried())?.attempts.at(-1)?.outcome).toBe('failed'));
      of.pass(pause - 1);
      await new Promise((resolve) => setTimeout(resolve, 30));
      expect((await tried())?.attempts).toHaveLength(attempts - 1);
      of.pass(1);
      await vi.waitFor(async () => expect((await tried())?.attempts).toHaveLength(attempts));
    }
    await vi.waitFor(async () => expect((await of.state(notification(1).id)).state).toBe('failed'));
    expect(box.proofs().get('oncall')).toMatchObject({ delivered: iso(START), failed: { sentence: 'It said retry.' } });
  });

  it('gives up at once where the other side will never take it', async () => {
    const of = await started(() => fault('give_up'));
    const box = await of.start('nodea');
    await box.add([notification(1), notification(2, ['ada'], { method: 'gone', id: `${runOf(2)}.failure.gone` })]);
    await vi.waitFor(async () => expect(await of.store.outbox()).toEqual([]));
    expect((await of.state(notification(1).id)).recipients[0]?.attempts).toHaveLength(1);
    expect((await of.state(`${runOf(2)}.failure.gone`)).recipients[0]?.attempts.at(-1)?.code).toBe('method_gone');
  });

  it('does not send late what has expired, and says so', async () => {
    const of = await started(() => taken);
    of.clock.ms = START + HOUR + 1;
    const box = await of.start('nodea');
    await box.add([notification(1)]);
    await vi.waitFor(async () => expect((await of.state(notification(1).id)).state).toBe('expired'));
    expect(of.sent).toEqual([]);
  });

  it('leaves what another node sends alone, and records as expired what no live node could send', async () => {
    const asked: string[] = [];
    const of = await started(({ node }) => {
      asked.push(node);
      return taken;
    });
    const box = await of.start('nodea');
    await box.add([notification(1, ['ada'], { nodes: ['nodez'] })]);
    await new Promise((resolve) => setTimeout(resolve, 50));
    expect((await of.state(notification(1).id)).state).toBe('waiting');
    of.pass(HOUR + 1_000);
    await vi.waitFor(async () => expect((await of.state(notification(1).id)).state).toBe('expired'));
    expect(asked).toEqual([]);
  });

  it('sends once more what was being sent when its node went away, and only that', async () => {
    let hang = true;
    const of = await started(({ to, signal }) =>
      hang && to === 'bob' ? new Promise((resolve) => signal.addEventListener('abort', () => resolve(fault('retry')))) : taken,
    );
    const box = await of.start('nodea');
    await box.add([notification(1, ['ada', 'bob'])]);
    await vi.waitFor(async () =>
      expect((await of.state(notification(1).id)).recipients.map(({ state }) => state)).toEqual(['delivered', 'sending']),
    );
    // The node is gone as by kill -9: nothing of it writes any more.
    of.live.delete('nodea');
    hang = false;
    await of.start('nodeb');
    await vi.waitFor(async () => expect((await of.state(notification(1).id)).state).toBe('delivered'));
    expect(of.sent.map(({ to, node }) => [to, node])).toEqual([
      ['ada', 'nodea'],
      ['bob', 'nodeb'],
    ]);
    const [, bob] = (await of.state(notification(1).id)).recipients;
    expect(bob?.attempts.map(({ outcome }) => outcome)).toEqual(['interrupted', 'delivered']);
  });

  it('keeps back what is silenced, by whom it is recorded; a redelivered one it sends', async () => {
    const of = await started(() => taken);
    const silence = {
      id: 's1',
      event: 'node_down',
      reason: 'disk change',
      by: 'ada',
      at: iso(START),
      until: iso(START + 60_000),
    };
    const request = { id: 'r1', principal: 'ada', digest: 'd' };
    await of.store.saveSilence(request, silence, { status: 201, body: '' });
    const box = await of.start('nodea');
    await box.add([
      notification(1),
      notification(2, ['ada'], { event: 'network_down' }),
      notification(3, ['ada'], { redeliveredBy: 'ada' }),
    ]);
    await vi.waitFor(async () => expect(await of.store.outbox()).toEqual([]));
    expect(await of.state(notification(1).id)).toMatchObject({ state: 'silenced', silence: 's1' });
    expect(of.sent.map(({ id }) => id).sort()).toEqual([notification(2).id, notification(3).id]);
    of.pass(60_000);
    await box.add([notification(4)]);
    await vi.waitFor(() => expect(of.sent).toHaveLength(3));
  });

  it('sums up in one digest what is above the limit of an hour', async () => {
    const of = await started(() => taken, { hourlyLimit: { cluster: 3 } });
    const box = await of.start('nodea');
    await box.add(Array.from({ length: 10 }, (_, number) => notification(number)));
    await vi.waitFor(() => expect(of.sent).toHaveLength(3));
    await vi.waitFor(async () =>
      expect((await of.store.outbox()).map(({ notification: { state } }) => state)).toEqual(
        Array.from({ length: 7 }, () => 'held'),
      ),
    );
    of.pass(HOUR);
    await vi.waitFor(async () => expect(await of.store.outbox()).toEqual([]));
    expect(of.sent).toHaveLength(4);
    const [digest] = (await of.store.notifications({ limit: 20 })).filter(({ moment }) => moment === 'digest');
    expect(digest?.tellsOf).toHaveLength(7);
    const held = await Promise.all((digest?.tellsOf ?? []).map((id) => of.state(id)));
    expect(new Set(held.map(({ state, toldBy }) => `${state} ${toldBy}`))).toEqual(new Set([`digested ${digest?.id}`]));
  });

  it('does not escalate what somebody has acknowledged', async () => {
    const of = await started(() => taken);
    const box = await of.start('nodea');
    const later = { escalatedFrom: 'first', notBefore: iso(START + 300_000) };
    await box.add([notification(1, ['boss'], later), notification(2, ['boss'], later)]);
    await of.store.acknowledge(
      { id: 'r', principal: 'ada', digest: 'd' },
      { run: runOf(1), by: 'ada', at: iso(START) },
      { status: 200, body: '' },
    );
    of.pass(299_000);
    await new Promise((resolve) => setTimeout(resolve, 30));
    expect(of.sent).toEqual([]);
    of.pass(1_000);
    await vi.waitFor(async () => expect(await of.store.outbox()).toEqual([]));
    expect(of.sent.map(({ id }) => id)).toEqual([notification(2).id]);
    expect((await of.state(notification(1).id)).state).toBe('acknowledged');
  });

  it('lets one message at a time have what only one can have', async () => {
    let now = 0;
    let most = 0;
    const opened = await openStore('memory:');
    if (!opened.ok) throw new Error('no store');
    const store = opened.value;
    const method = effectiveMethod('oncall', {});
    const box = await openOutbox({
      node: 'nodea',
      live: () => ['nodea'],
      store,
      method: async () => method,
      mostAtOnce: () => 16,
      gatherMs: () => 1,
      exclusive: () => '/dev/ttyS0',
      async deliver() {
        most = Math.max(most, ++now);
        await new Promise((resolve) => setTimeout(resolve, 5));
        now -= 1;
        return taken;
      },
      heldUntil: () => undefined,
      digest: () => undefined,
      now: () => START,
      changed: () => {},
      proven: () => {},
      trouble: () => {},
      failed: (error) => {
        throw error;
      },
    });
    open.push({
      async close() {
        await box.stop();
        await store.close();
      },
    });
    await box.add(Array.from({ length: 12 }, (_, number) => notification(number)));
    await vi.waitFor(async () => expect(await store.outbox()).toEqual([]), { timeout: 5_000 });
    expect(most).toBe(1);
  });

  it('delivers at least once or says that it did not, and repeats at most once for a node that goes away (P9)', async () => {
    await fc.assert(
      fc.asyncProperty(
        fc.array(fc.constantFrom('take', 'retry', 'next_node', 'give_up', 'die'), { minLength: 1, maxLength: 12 }),
        fc.integer({ min: 1, max: 6 }),
        async (script, count) => {
          let step = 0;
          let deaths = 0;
          const of = await cluster(({ node, signal }) => {
            const what = script[step++ % script.length];
            if (what === 'take') return taken;
            if (what !== 'die' || deaths >= 2) return what === 'die' ? taken : fault(what as 'retry');
            deaths += 1;
            of.live.delete(node);
            void of.start(`node${String.fromCharCode(98 + deaths)}`);
            return new Promise((resolve) => signal.addEventListener('abort', () => resolve(fault('retry'))));
          });
          try {
            const box = await of.start('nodea');
            await box.add(Array.from({ length: count }, (_, number) => notification(number)));
            for (let turn = 0; turn < 400 && (await of.store.outbox()).length > 0; turn += 1) {
              await new Promise((resolve) => setTimeout(resolve, 5));
              of.pass(15_000);
            }
            expect(await of.store.outbox()).toEqual([]);
            for (let number = 0; number < count; number += 1) {
              const { id } = notification(number);
              const found = await of.state(id);
              const times = of.sent.filter((one) => one.id === id).length;
              if (found.state === 'delivered') expect(times).toBeGreaterThanOrEqual(1);
              else expect(['failed', 'expired']).toContain(found.state);
              expect(times).toBeLessThanOrEqual(1 + deaths);
            }
          } finally {
            await of.close();
          }
        },
      ),
      { numRuns: 12 },
    );
  }, 60_000);
});
