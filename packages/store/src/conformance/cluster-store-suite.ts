import type { RunPlan } from '@fallover/events';
import { describe, expect, it } from 'vitest';
import type { Answer, QueuedEvent, WriteRequest } from '../cluster-store.ts';
import { MOST_KEPT } from '../state/answers.ts';
import { clusterStore } from '../state/cluster-store.ts';
import { keys } from '../state/keys.ts';
import { type BackendUnderTest, openings, standingClock } from './opener.ts';

const DAY = 24 * 60 * 60 * 1000;
const created = (body: string): Answer => ({ status: 201, body });
const request = (id: string, digest = 'd1'): WriteRequest => ({ id, principal: 'ada', digest });

const queuedEvent = (run: string, event = 'network_up'): QueuedEvent => ({
  run,
  event,
  args: ['nodea', 'net1'],
  origin: { kind: 'person', name: 'ada' },
  drill: false,
  acceptedAt: '2026-11-23T14:22:10.000Z',
});

const planOf = ({ run, event, args, origin, drill, acceptedAt }: QueuedEvent): RunPlan => ({
  id: run,
  event,
  args,
  eventClass: 'network',
  origin,
  drill,
  revision: { number: 1, hash: 'h1' },
  cluster: 'prod',
  acceptedAt,
  membership: { before: ['nodea'], after: ['nodea'] },
  program: [],
});

/** What the state in the words of the domain does, on every backend. */
export function clusterStoreSuite(underTest: BackendUnderTest): void {
  const openBackend = openings(underTest);
  const open = async () => {
    const clock = standingClock();
    const { backend } = await openBackend(clock);
    return { store: clusterStore(backend, clock), clock, backend };
  };
  const nodeUp = { class: 'event', name: 'node_up' };

  describe(`${underTest.name}: answers to requests`, () => {
    it('gives a repeat the first answer and no second effect', async () => {
      const { store, clock } = await open();
      const save = (document: string) =>
        store.saveEntry(request('r1'), { ...nodeUp, revision: 0, document }, (revision) => created(`revision ${revision}`));
      expect(await store.answerTo('r1')).toBeUndefined();
      expect(await save('one')).toEqual({ outcome: 'written', answer: created('revision 1') });
      clock.move(1000);
      const first = { ...created('revision 1'), digest: 'd1', principal: 'ada', at: '2026-11-23T14:22:10.000Z' };
      expect(await save('two')).toEqual({ outcome: 'repeated', answer: first });
      expect(await store.answerTo('r1')).toEqual(first);
      expect(await store.draft()).toEqual([{ ...nodeUp, revision: 1, document: 'one' }]);
    });

    it('shows the digest of the first request, for the caller to compare', async () => {
      const { store } = await open();
      await store.enqueue(request('r1', 'd1'), queuedEvent('1'), created('1'));
      const other = await store.enqueue(request('r1', 'd2'), queuedEvent('2'), created('2'));
      expect(other).toMatchObject({ outcome: 'repeated', answer: { body: '1', digest: 'd1' } });
      expect(await store.queue()).toHaveLength(1);
    });

    it('lets one of two at the same time have the effect, and both the answer', async () => {
      const { store } = await open();
      const outcomes = await Promise.all(['1', '2'].map((run) => store.enqueue(request('r1'), queuedEvent(run), created(run))));
      expect(outcomes.map(({ outcome }) => outcome).sort()).toEqual(['repeated', 'written']);
      const bodies = outcomes.map((each) => ('answer' in each ? each.answer.body : undefined));
      expect(new Set(bodies)).toEqual(new Set([(await store.queue())[0]?.run]));
    });

    it('keeps the first answer of a request without an effect', async () => {
      const { store } = await open();
      expect(await store.recordAnswer(request('r1'), { status: 409, body: 'no' })).toMatchObject({ status: 409, body: 'no' });
      expect(await store.recordAnswer(request('r1'), { status: 200, body: 'yes' })).toMatchObject({ status: 409, body: 'no' });
      expect(await store.enqueue(request('r1'), queuedEvent('1'), created('1'))).toMatchObject({ outcome: 'repeated' });
      expect(await store.queue()).toEqual([]);
    });

    it('forgets answers before a day is over where there are very many', async () => {
      const { store, backend, clock } = await open();
      const old = Array.from({ length: MOST_KEPT }, (_, index) => `old/${String(index).padStart(4, '0')}`);
      for (let at = 0; at < old.length; at += 50) {
        const part = old.slice(at, at + 50);
        await backend.commit({
          put: part.flatMap((key) => [
            { key, value: '' },
            { key: keys.kept(clock.now() - 1, key), value: key },
          ]),
        });
      }
      for (const id of ['r1', 'r2', 'r3']) await store.recordAnswer(request(id), created(''));
      expect(await backend.count('kept/')).toBe(MOST_KEPT + 1);
      expect((await backend.list('old/', { limit: 1 })).map(({ key }) => key)).toEqual([old[2]]);
      expect(await backend.count('old/')).toBe(MOST_KEPT - 2);
      expect(await store.answerTo('r1')).toBeDefined();
    });

    it('forgets answers after a day, a few with each write, and leaves nothing of them', async () => {
      const { store, clock, backend } = await open();
      for (let count = 0; count < 10; count += 1) await store.recordAnswer(request(`old${count}`), created(''));
      clock.move(DAY);
      await store.recordAnswer(request('new0'), created(''));
      expect(await store.answerTo('old0')).toBeDefined();
      clock.move(1);
      await store.recordAnswer(request('new1'), created(''));
      expect(await store.answerTo('old0')).toBeUndefined();
      expect(await store.answerTo('old4')).toBeDefined();
      for (const id of ['new2', 'new3']) await store.recordAnswer(request(id), created(''));
      expect(await store.answerTo('old9')).toBeUndefined();
      expect((await backend.list('')).map(({ key }) => key.split('/')[0])).toEqual([
        ...Array.from({ length: 4 }, () => 'answer'),
        ...Array.from({ length: 4 }, () => 'kept'),
      ]);
    });
  });

  describe(`${underTest.name}: the draft`, () => {
    const save = (
      store: Awaited<ReturnType<typeof open>>['store'],
      id: string,
      name: string,
      revision: number,
      document?: string,
    ) => store.saveEntry(request(id), { class: 'event', name, revision, document }, (number) => created(String(number)));

    it('refuses a save on an entry that somebody else has written, and only that entry', async () => {
      const { store } = await open();
      await save(store, 'r1', 'node_up', 0, 'mine');
      expect(await save(store, 'r2', 'node_up', 0, 'yours')).toEqual({
        outcome: 'changed_meanwhile',
        changed: ['event/node_up'],
      });
      expect(await save(store, 'r3', 'node_down', 0, 'yours')).toMatchObject({ outcome: 'written' });
      expect(await store.answerTo('r2')).toBeUndefined();
      expect((await store.draft()).map(({ name, document }) => [name, document])).toEqual([
        ['node_down', 'yours'],
        ['node_up', 'mine'],
      ]);
    });

    it('never gives a revision twice, also when an entry was deleted and made again', async () => {
      const { store } = await open();
      await save(store, 'r1', 'node_up', 0, 'one');
      await save(store, 'r2', 'node_up', 1, undefined);
      expect(await store.draft()).toEqual([]);
      await save(store, 'r3', 'node_up', 0, 'two');
      expect(await save(store, 'r4', 'node_up', 1, 'stale')).toMatchObject({ outcome: 'changed_meanwhile' });
      expect(await store.draft()).toEqual([{ ...nodeUp, revision: 3, document: 'two' }]);
    });

    it('saves different entries at the same time', async () => {
      const { store } = await open();
      const names = ['node_up', 'node_down', 'network_up', 'network_down'];
      const outcomes = await Promise.all(names.map((name) => save(store, name, name, 0, name)));
      expect(outcomes.map(({ outcome }) => outcome)).toEqual(names.map(() => 'written'));
      expect(new Set((await store.draft()).map(({ revision }) => revision))).toEqual(new Set([1, 2, 3, 4]));
    });

    it('saves several entries all or not at all', async () => {
      const { store } = await open();
      await save(store, 'r1', 'node_up', 0, 'one');
      const entries = [
        { class: 'event', name: 'node_up', revision: 0, document: 'two' },
        { class: 'custom_event', name: 'tell', revision: 0, document: 'two' },
      ];
      const refused = await store.saveEntries(request('r2'), entries, () => created(''));
      expect(refused).toEqual({ outcome: 'changed_meanwhile', changed: ['event/node_up'] });
      expect(await store.draft()).toHaveLength(1);
      const asRead = entries.map((entry) => ({ ...entry, revision: entry.name === 'node_up' ? 1 : 0 }));
      await store.saveEntries(request('r3'), asRead, () => created(''));
      expect(await store.draft()).toEqual([
        { class: 'custom_event', name: 'tell', revision: 2, document: 'two' },
        { class: 'event', name: 'node_up', revision: 2, document: 'two' },
      ]);
    });

    it('keeps the entries of names that look like keys apart', async () => {
      const { store } = await open();
      await save(store, 'r1', '../active', 0, 'one');
      await save(store, 'r2', 'a/b', 0, 'two');
      expect(await store.active()).toBeUndefined();
      expect((await store.draft()).map(({ name }) => name)).toEqual(['../active', 'a/b']);
    });
  });

  describe(`${underTest.name}: the active revision`, () => {
    const next = { document: '{"format":1}', hash: 'h1', at: '2026-11-23T14:22:10.000Z', by: 'ada' };

    it('moves to the next number, and earlier revisions stay', async () => {
      const { store } = await open();
      expect(await store.active()).toBeUndefined();
      const first = await store.activate(request('r1'), next, { active: 0, entries: [] }, ({ number }) => created(`${number}`));
      expect(first).toEqual({ outcome: 'written', answer: created('1') });
      const second = { ...next, document: '{"format":1,"b":2}', hash: 'h2', comment: 'because' };
      await store.activate(request('r2'), second, { active: 1, entries: [] }, () => created(''));
      const { document, ...pointer } = second;
      expect(await store.active()).toEqual({ number: 2, ...pointer });
      expect(await store.revision(2)).toEqual({ number: 2, document, ...pointer });
      expect(await store.revision(1)).toEqual({ number: 1, ...next });
      expect(await store.revision(3)).toBeUndefined();
    });

    it('stays when another revision became active, or an entry was changed, added or deleted meanwhile', async () => {
      const { store } = await open();
      await store.saveEntries(
        request('r0'),
        ['node_up', 'node_down'].map((name) => ({ class: 'event', name, revision: 0, document: '1' })),
        () => created(''),
      );
      const activate = (id: string, active: number, entries: { class: string; name: string; revision: number }[]) =>
        store.activate(request(id), next, { active, entries }, () => created(''));
      const nodeDown = { class: 'event', name: 'node_down' };
      expect(await activate('r1', 0, [{ ...nodeUp, revision: 1 }])).toEqual({
        outcome: 'changed_meanwhile',
        changed: ['event/node_down'],
      });
      const entries = [nodeUp, nodeDown].map((entry) => ({ ...entry, revision: 1 }));
      expect(await activate('r2', 0, [...entries, { class: 'event', name: 'gone', revision: 1 }])).toMatchObject({
        changed: ['event/gone'],
      });
      expect(
        await activate(
          'r3',
          4,
          entries.map((entry) => ({ ...entry, revision: 2 })),
        ),
      ).toMatchObject({
        changed: ['event/node_down', 'event/node_up', 'active'],
      });
      expect(await store.active()).toBeUndefined();
      expect(await activate('r4', 0, entries)).toMatchObject({ outcome: 'written' });
    });

    it('can bring its entries with it, in the same commit', async () => {
      const { store, backend } = await open();
      const entries = [{ ...nodeUp, revision: 0, document: 'one' }];
      const before = await backend.revision();
      await store.activate(request('r1'), { ...next, entries }, { active: 0, entries: [] }, () => created(''));
      expect(await backend.revision()).toBe(before + 1);
      expect(await store.draft()).toEqual([{ ...nodeUp, revision: 1, document: 'one' }]);
      expect(await store.active()).toEqual({ number: 1, hash: 'h1', at: next.at, by: 'ada' });
      const again = await store.activate(request('r2'), { ...next, entries }, { active: 0, entries: [] }, () => created(''));
      expect(again).toEqual({ outcome: 'changed_meanwhile', changed: ['event/node_up', 'active'] });
    });
  });

  describe(`${underTest.name}: queue and current run`, () => {
    it('keeps events in the order in which they were accepted', async () => {
      const { store } = await open();
      for (const run of ['c', 'a', 'b']) await store.enqueue(request(run), queuedEvent(run), created(run));
      expect(await store.queue()).toEqual(['c', 'a', 'b'].map((run) => queuedEvent(run)));
    });

    it('takes an event of the cluster manager once, also when it has run since', async () => {
      const { store, clock } = await open();
      const event = queuedEvent('a');
      expect(await store.enqueueOwn(event)).toBe(true);
      expect(await store.enqueueOwn(event)).toBe(false);
      await store.start(event, planOf(event));
      expect(await store.enqueueOwn(event)).toBe(false);
      clock.move(2 * DAY);
      await store.recordAnswer(request('r1'), created(''));
      expect(await store.enqueueOwn(event)).toBe(false);
      await store.end('a');
      expect(await store.queue()).toEqual([]);
    });

    it('starts an event once, and only while no other run is current', async () => {
      const { store } = await open();
      const [a, b] = [queuedEvent('a'), queuedEvent('b')];
      for (const event of [a, b]) await store.enqueue(request(event.run), event, created(''));
      expect(await store.current()).toBeUndefined();
      const startedTwice = await Promise.all([store.start(a, planOf(a)), store.start(a, planOf(a))]);
      expect(startedTwice.filter(Boolean)).toHaveLength(1);
      expect(await store.current()).toEqual({ plan: planOf(a), decisions: [] });
      expect(await store.queue()).toEqual([b]);
      expect(await store.start(b, planOf(b))).toBe(false);
      await store.end('b');
      expect((await store.current())?.plan.id).toBe('a');
      await store.end('a');
      expect(await store.current()).toBeUndefined();
      expect(await store.start(b, planOf(b))).toBe(true);
      expect(await store.queue()).toEqual([]);
    });

    it('adds decisions to the run that they were made for, and cancels the queue in the same commit', async () => {
      const { store, backend } = await open();
      const [a, b, c] = [queuedEvent('a'), queuedEvent('b'), queuedEvent('c')];
      for (const event of [a, b, c]) await store.enqueue(request(event.run), event, created(''));
      await store.start(a, planOf(a));
      const decision = { as: 'again', number: 1, by: 'ada', at: '2026-11-23T14:30:00.000Z', cancelQueue: false } as const;
      const answer = (cancelled: QueuedEvent[]) => created(cancelled.map(({ run }) => run).join(' '));
      expect(await store.decide(request('r1'), 'b', decision, answer)).toEqual({
        outcome: 'changed_meanwhile',
        changed: ['current'],
      });
      expect(await store.decide(request('r2'), 'a', decision, answer)).toEqual({ outcome: 'written', answer: created('') });
      expect(await store.queue()).toEqual([b, c]);
      const before = await backend.revision();
      const cancel = { ...decision, as: 'skip', number: 2, cancelQueue: true } as const;
      expect(await store.decide(request('same'), 'a', { ...cancel, number: 1 }, answer)).toMatchObject({ changed: ['current'] });
      expect(await store.decide(request('r3'), 'a', cancel, answer)).toEqual({ outcome: 'written', answer: created('b c') });
      expect(await backend.revision()).toBe(before + 1);
      expect(await store.current()).toEqual({ plan: planOf(a), decisions: [decision, { ...cancel, cancelled: [b, c] }] });
      expect(await store.queue()).toEqual([]);
    });

    it('has in the history of all nodes what a decision cancelled, if that is told, however much it is', async () => {
      const { store } = await open();
      const events = Array.from({ length: 45 }, (_, number) => queuedEvent(`q${String(number).padStart(2, '0')}`));
      const current = queuedEvent('a');
      await store.enqueue(request('a'), current, created(''));
      await store.start(current, planOf(current));
      for (const event of events) await store.enqueue(request(event.run), event, created(''));
      const cancel = { as: 'skip', number: 1, by: 'ada', at: '2026-11-23T14:30:00.000Z', cancelQueue: true } as const;
      await store.decide(
        request('r'),
        'a',
        cancel,
        () => created(''),
        ({ run }) => `cancelled ${run}`,
      );
      expect(await store.endedRuns({ limit: 100 })).toEqual(
        events.map(({ run }) => ({ run, summary: `cancelled ${run}` })).toReversed(),
      );
      expect(await store.queue()).toEqual([]);
    });

    it('tells those who watch what changes from then on', async () => {
      const { store } = await open();
      const event = queuedEvent('a');
      await store.enqueue(request('r1'), queuedEvent('before'), created(''));
      const changes = store.watch(new AbortController().signal);
      await store.recordAnswer(request('r2'), created('')); // of no interest
      await store.enqueue(request('r3'), event, created(''));
      await store.start(event, planOf(event));
      const seen: string[][] = [];
      for await (const group of changes)
        if (seen.push(group.map((change) => `${change.type} ${change.type === 'put' ? change.item.key : change.key}`)) === 2)
          break;
      expect(seen).toEqual([['put queue/a'], ['put current', 'delete queue/a']]);
    });
  });
}
