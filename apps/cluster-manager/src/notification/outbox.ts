import { setTimeout as wait } from 'node:timers/promises';
import {
  type AttemptEnd,
  afterAttempt,
  claimed,
  dueAt,
  type EffectiveMethod,
  isPending,
  isUnsent,
  type Notification,
  type NotificationRecipient,
  nobodyCan,
  type Silence,
  senderOf,
  silencedBy,
  withRecipient,
} from '@fallover/events';
import type { Delivery } from '@fallover/notify';
import type { ClusterStore, MethodProof, StoredNotification } from '@fallover/store';
import { endOf, interrupted, iso, methodGone, noNodeCan } from './attempt-ends.ts';
import { outboxWriter } from './outbox-writer.ts';

export interface OutboxParts {
  node: string;
  /** The nodes whose cluster managers take part. */
  live(): readonly string[];
  store: Pick<
    ClusterStore,
    | 'addNotifications'
    | 'saveNotifications'
    | 'notification'
    | 'outbox'
    | 'watchOutbox'
    | 'proofs'
    | 'acknowledgement'
    | 'silences'
  >;
  /** As it is configured now; undefined: it is configured no more. */
  method(name: string): Promise<EffectiveMethod | undefined>;
  /** How many messages are sent at the same time from this node: fewer while an event is processed. */
  mostAtOnce(): number;
  /** What only one message at a time can have on this node, such as a modem. */
  exclusive(method: EffectiveMethod): string | undefined;
  deliver(
    notification: Notification,
    recipient: NotificationRecipient,
    method: EffectiveMethod,
    signal: AbortSignal,
  ): Promise<Delivery>;
  /** When this hour's limit of the method lets it be sent, in milliseconds; undefined: now, and it is counted. */
  heldUntil(method: EffectiveMethod, notification: Notification): number | undefined;
  /** One notification that tells of those that a limit has held. */
  digest(method: Pick<EffectiveMethod, 'name' | 'transport'>, held: readonly Notification[]): Notification | undefined;
  /** How long changes are gathered for one commit, in milliseconds. */
  gatherMs(): number;
  /** For what is being sent when it stops. */
  graceMs?: number;
  /** Milliseconds since 1970. */
  now(): number;
  changed(): void;
  /** A method has delivered, or has given up. */
  proven(): void;
  trouble(reason: string | undefined): void;
  failed(error: unknown): void;
}

export interface Outbox {
  /** Durable when it returns, with those that were added; those that are there already stay as they are. */
  add(notifications: readonly Notification[]): Promise<Notification[]>;
  /** Those that nothing has left of yet and that another one tells of instead, or that are not needed any more. */
  close(id: string, as: Pick<Notification, 'state'> & Partial<Notification>): Promise<void>;
  /** One that is over already, such as a test. */
  record(notification: Notification): Promise<void>;
  pending(): Notification[];
  proofs(): ReadonlyMap<string, MethodProof>;
  /** Something that it waits for may have come. */
  wake(): void;
  /** Takes nothing more; what is being sent gets a few seconds to end. */
  stop(): Promise<void>;
}

const LONGEST_SLEEP_MS = 60_000;
const GRACE_MS = 5_000;

interface Work {
  id: string;
  index: number;
}

/** Until a store that could not be followed is tried again. */
const AGAIN_MS = 500;

/** Sends what is in the outbox: claims a recipient in the store before anything leaves this node, and records what came of it. */
export async function openOutbox(parts: OutboxParts): Promise<Outbox> {
  const { node, store, now } = parts;
  const stopping = new AbortController();
  const aborting = new AbortController();
  const known = new Map<string, StoredNotification>();
  const proofs = new Map((await store.proofs()).map((proof) => [proof.method, proof]));
  /** What this node is sending, or about to: `ID INDEX`. */
  const mine = new Set<string>();
  const taken = new Set<string>();
  const sending = new Set<Promise<void>>();
  let ready: Work[] = [];
  let underWay = 0;
  let timer: NodeJS.Timeout | undefined;

  const learn = (stored: StoredNotification): void => {
    const { id } = stored.notification;
    if ((known.get(id)?.revision ?? -1) >= stored.revision) return;
    if (isPending(stored.notification)) known.set(id, stored);
    else known.delete(id);
    parts.changed();
  };
  const writer = outboxWriter({
    store,
    known: (id) => known.get(id),
    written: learn,
    gatherMs: parts.gatherMs,
    trouble: parts.trouble,
    stopped: stopping.signal,
  });

  // Watched first, so that nothing falls between the list and the changes.
  void follow();
  for (const stored of await store.outbox()) learn(stored);
  wake();

  async function follow(): Promise<void> {
    while (!stopping.signal.aborted) {
      try {
        for await (const changed of store.watchOutbox(stopping.signal)) {
          for (const stored of changed) learn(stored);
          wake();
        }
      } catch (error) {
        if (stopping.signal.aborted) return;
        parts.failed(error); // too far behind: all is read again
        for (const stored of await store.outbox().catch(() => [])) learn(stored);
        // A store that is out of reach says so at once.
        await wait(AGAIN_MS, undefined, { signal: stopping.signal }).catch(() => {});
      }
    }
  }

  /** It was being sent when this node, or one that is gone, went down: whether it arrived nobody knows. */
  function isLost({ id }: Notification, { state, attempts }: NotificationRecipient, index: number): boolean {
    if (state !== 'sending' || mine.has(keyOf({ id, index }))) return false;
    const by = attempts.at(-1)?.node ?? '';
    return by === node || !parts.live().includes(by);
  }

  function takeUp(work: Work): void {
    const key = keyOf(work);
    mine.add(key);
    void end(work, interrupted(now()), undefined).finally(() => mine.delete(key));
  }

  function wake(): void {
    clearTimeout(timer);
    timer = setTimeout(look, 0);
  }

  /** The first live node of its list sends it. What no live node could send, any may record: as failed, or as expired. */
  function isForThisNode(notification: Notification, recipient: NotificationRecipient, at: number): boolean {
    const sender = senderOf(notification, recipient, parts.live());
    if (sender !== undefined) return sender === node;
    return nobodyCan(notification, recipient, parts.live()) || Date.parse(notification.expiresAt) < at;
  }

  /** Everything that is due now, and when to look again. */
  function look(): void {
    clearTimeout(timer);
    if (stopping.signal.aborted) return;
    const at = now();
    let next = at + LONGEST_SLEEP_MS;
    ready = [];
    for (const { notification } of known.values())
      for (const [index, recipient] of notification.recipients.entries()) {
        const work = { id: notification.id, index };
        if (isLost(notification, recipient, index)) takeUp(work);
        const due = dueOf(notification, recipient, at);
        if (mine.has(keyOf(work))) continue;
        if (due > at) next = Math.min(next, due);
        else ready.push(work);
      }
    timer = setTimeout(look, Math.max(next - at, 1));
    fill();
  }

  /** When this node has something to do about a recipient, in milliseconds since 1970. */
  function dueOf(notification: Notification, recipient: NotificationRecipient, at: number): number {
    const due = dueAt(notification);
    if (due === undefined || recipient.state !== 'waiting') return Number.POSITIVE_INFINITY;
    if (!isForThisNode(notification, recipient, at)) return Math.max(at, Date.parse(notification.expiresAt)) + 1;
    return Math.max(due, recipient.notBefore === undefined ? 0 : Date.parse(recipient.notBefore));
  }

  /** Begins what is ready, as far as there is room. */
  function fill(): void {
    while (ready.length > 0 && underWay < parts.mostAtOnce() && !stopping.signal.aborted) begin(ready.shift() as Work);
  }

  function begin(work: Work): void {
    const key = keyOf(work);
    if (mine.has(key)) return;
    mine.add(key);
    underWay += 1;
    let isUnderWay = true;
    /** The next one can begin; what came of this one is still to be recorded, in the same commit as the next one's claim. */
    const sentIt = (): void => {
      if (!isUnderWay) return;
      isUnderWay = false;
      underWay -= 1;
      fill();
    };
    const done = send(work, sentIt)
      .catch((error: unknown) => {
        if (!aborting.signal.aborted) parts.failed(error);
      })
      .finally(() => {
        mine.delete(key);
        sending.delete(done);
        sentIt();
        if (ready.length === 0 && sending.size === 0) wake();
      });
    sending.add(done);
  }

  async function send(work: Work, sentIt: () => void): Promise<void> {
    const notification = known.get(work.id)?.notification;
    const recipient = notification?.recipients[work.index];
    if (!notification || recipient?.state !== 'waiting' || (dueAt(notification) ?? Number.POSITIVE_INFINITY) > now()) return;
    if (!isForThisNode(notification, recipient, now())) return;
    if (nobodyCan(notification, recipient, parts.live())) return void (await end(work, noNodeCan(now()), undefined));
    if (await isOver(notification)) return;
    const method = await parts.method(notification.method);
    if (!method) return void (await end(work, methodGone(now(), notification.method), undefined));
    const exclusive = parts.exclusive(method);
    if (exclusive !== undefined && taken.has(exclusive)) return; // whoever has it looks again at its end
    if (exclusive !== undefined) taken.add(exclusive);
    try {
      await attempt(work, method, exclusive === undefined ? sentIt : () => {});
    } finally {
      if (exclusive !== undefined) {
        taken.delete(exclusive);
        wake();
      }
    }
  }

  async function attempt(work: Work, method: EffectiveMethod, sentIt: () => void): Promise<void> {
    const claim = await writer.change(work.id, (current) => {
      const recipient = current.recipients[work.index];
      if (!isPending(current) || recipient?.state !== 'waiting') return undefined;
      return withRecipient(current, work.index, claimed(recipient, { node, at: iso(now()) }));
    });
    const recipient = claim?.recipients[work.index];
    if (!claim || !recipient) return;
    const sent = await parts.deliver(claim, recipient, method, aborting.signal);
    sentIt();
    // The daemon ends: what came of it is for the next one to say, as interrupted.
    if (aborting.signal.aborted && !sent.ok) return;
    await end(work, endOf(sent, now()), method);
  }

  async function end(work: Work, ended: AttemptEnd, method: EffectiveMethod | undefined): Promise<void> {
    const after = await writer.change(work.id, (current) => {
      const recipient = current.recipients[work.index];
      if (!recipient || (recipient.state !== 'sending' && recipient.state !== 'waiting')) return undefined;
      const asked = recipient.state === 'sending' ? recipient : claimed(recipient, { node, at: ended.endedAt });
      return withRecipient(current, work.index, afterAttempt(asked, ended, { retryCounter: method?.retryCounter ?? 0 }));
    });
    if (after && ended.outcome !== 'interrupted') prove(after.method, ended, after.recipients[work.index]?.state === 'failed');
    if (after && isPending(after)) wake();
  }

  function prove(method: string, { outcome, endedAt, answer }: AttemptEnd, gaveUp: boolean): void {
    const before = proofs.get(method) ?? { method };
    if (outcome === 'failed' && !gaveUp) return;
    const proof: MethodProof =
      outcome === 'delivered' ? { ...before, delivered: endedAt } : { ...before, failed: { at: endedAt, sentence: answer } };
    proofs.set(method, proof);
    writer.prove(proof);
    parts.proven();
  }

  /** Whether it is not to be sent at all, or not now: a silence, an acknowledgement, its age, the limit of its method. */
  async function isOver(notification: Notification): Promise<boolean> {
    const at = now();
    const close = async (as: Partial<Notification> & Pick<Notification, 'state'>): Promise<true> => {
      await closeUnsent(notification.id, as);
      return true;
    };
    if (notification.state === 'held') return digested(notification.method);
    if (Date.parse(notification.expiresAt) < at) {
      await writer.change(notification.id, expired);
      return true;
    }
    if (!isUnsent(notification) || notification.redeliveredBy !== undefined) return false;
    if (notification.moment !== 'test') {
      const silence = silencedBy(notification, await silences(), at);
      if (silence) return close({ state: 'silenced', silence: silence.id });
    }
    if (
      notification.escalatedFrom !== undefined &&
      notification.run !== undefined &&
      (await store.acknowledgement(notification.run))
    )
      return close({ state: 'acknowledged' });
    const method = await parts.method(notification.method);
    const until = method && notification.moment !== 'test' ? parts.heldUntil(method, notification) : undefined;
    if (until === undefined) return false;
    return close({ state: 'held', notBefore: iso(until), expiresAt: iso(until + 3_600_000) });
  }

  let silencesRead: { at: number; found: Promise<Silence[]> } | undefined;
  /** Read at most once a second: a storm is just when they are asked for most. */
  function silences(): Promise<Silence[]> {
    const at = now();
    if (!silencesRead || at - silencesRead.at >= 1_000 || at < silencesRead.at) silencesRead = { at, found: store.silences() };
    return silencesRead.found;
  }

  async function closeUnsent(id: string, as: Partial<Notification> & Pick<Notification, 'state'>): Promise<void> {
    await writer.change(id, (current) => (isUnsent(current) ? { ...current, ...as } : undefined));
  }

  /** The digest first: were this node to end in between, another one would make the same digest, and not lose what it tells of. */
  async function digested(method: string): Promise<true> {
    const at = now();
    const held = [...known.values()]
      .map(({ notification }) => notification)
      .filter((one) => one.method === method && one.state === 'held' && (dueAt(one) ?? 0) <= at);
    const transport = (await parts.method(method))?.transport;
    const digest = parts.digest({ name: method, ...(transport === undefined ? {} : { transport }) }, held);
    if (digest) {
      await add([digest]);
      await Promise.all(held.map(({ id }) => closeUnsent(id, { state: 'digested', toldBy: digest.id })));
    }
    return true;
  }

  async function add(notifications: readonly Notification[]): Promise<Notification[]> {
    const added = await store.addNotifications(notifications);
    for (const stored of added) learn(stored);
    wake();
    return added.map(({ notification }) => notification);
  }

  return {
    add,
    close: closeUnsent,
    async record(notification) {
      await store.addNotifications([notification]);
      for (const { attempts, state } of notification.recipients) {
        const last = attempts.at(-1);
        if (last?.outcome === undefined) continue;
        const endedAt = iso(Date.parse(last.at) + (last.durationMs ?? 0));
        prove(notification.method, { outcome: last.outcome, endedAt, answer: last.answer ?? '' }, state === 'failed');
      }
      parts.changed();
    },
    pending: () => [...known.values()].map(({ notification }) => notification),
    proofs: () => proofs,
    wake() {
      silencesRead = undefined;
      wake();
    },
    async stop() {
      clearTimeout(timer);
      stopping.abort();
      const grace = setTimeout(() => aborting.abort(), parts.graceMs ?? GRACE_MS);
      await Promise.allSettled([...sending]);
      clearTimeout(grace);
      aborting.abort();
      await writer.flushed();
    },
  };
}

const keyOf = ({ id, index }: Work): string => `${id} ${index}`;

/** Recipients that still wait are told nothing any more; one that is being sent to may still get it. */
const expired = (notification: Notification): Notification | undefined => {
  const waiting = notification.recipients.some(({ state }) => state === 'waiting');
  if (!waiting) return undefined;
  return notification.recipients.reduce(
    (next, recipient, index) =>
      recipient.state === 'waiting' ? withRecipient(next, index, { ...recipient, state: 'expired' }) : next,
    notification,
  );
};
