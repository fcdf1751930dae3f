import { describe, expect, it } from 'vitest';
import type { Answer, QueuedEvent, WriteRequest } from '../cluster-store.ts';
import { clusterStore } from '../state/cluster-store.ts';
import { type BackendUnderTest, openings, standingClock } from './opener.ts';

const MINUTE = 60_000;
const DAY = 24 * 60 * MINUTE;
const created = (body: string): Answer => ({ status: 201, body });
const request = (id: string): WriteRequest => ({ id, principal: 'root', digest: 'd1' });
const by = { source: 'pacemaker', id: '17' };

const reported = (run: string, ...args: string[]): QueuedEvent => ({
  run,
  event: 'network_down',
  args: args.length > 0 ? args : ['nodea', 'net1'],
  origin: { kind: 'report', name: 'pacemaker' },
  drill: false,
  acceptedAt: '2026-11-23T14:22:10.000Z',
});

/** What other software reports, on every backend. */
export function reportSuite(underTest: BackendUnderTest): void {
  const openBackend = openings(underTest);
  const open = async () => {
    const clock = standingClock();
    const { backend } = await openBackend(clock);
    const store = clusterStore(backend, clock);
    let requests = 0;
    const report = (run: string, from = by, event = reported(run)) =>
      store.enqueueReported(request(`r${++requests}`), from, event, created(run));
    const queue = async () => (await store.queue()).map((event) => event.run);
    return { store, clock, backend, report, queue };
  };

  describe(`${underTest.name}: reports`, () => {
    it('queues one of a source and an id, in one commit, and tells of the first from then on', async () => {
      const { store, report, backend, queue } = await open();
      const before = await backend.revision();
      expect(await report('a')).toEqual({ outcome: 'written', answer: created('a') });
      expect(await backend.revision()).toBe(before + 1);
      const first = {
        run: 'a',
        event: 'network_down',
        args: ['nodea', 'net1'],
        at: '2026-11-23T14:22:10.000Z',
        answer: created('a'),
      };
      expect(await report('b')).toEqual({ outcome: 'reported_before', report: first });
      expect(await report('c', by, reported('c', 'nodeb', 'net1'))).toEqual({ outcome: 'reported_before', report: first });
      expect(await queue()).toEqual(['a']);
      expect(await store.queue()).toEqual([reported('a')]);
    });

    it('keeps sources and ids apart, whatever stands in them', async () => {
      const { report, queue } = await open();
      for (const [index, from] of [
        by,
        { source: 'pacemaker', id: '18' },
        { source: 'keepalived', id: '17' },
        { source: 'a', id: 'b/c' },
        { source: 'a/b', id: 'c' },
        { source: 'a', id: 'b%2Fc' },
      ].entries())
        expect(await report(`run${index}`, from)).toMatchObject({ outcome: 'written' });
      expect(await queue()).toHaveLength(6);
    });

    it('gives a repeated request the answer of the request', async () => {
      const { store } = await open();
      const ask = () => store.enqueueReported(request('r1'), by, reported('a'), created('a'));
      await ask();
      expect(await ask()).toMatchObject({ outcome: 'repeated', answer: { body: 'a' } });
    });

    it('queues one of several that come at the same time', async () => {
      const { report, queue } = await open();
      const outcomes = await Promise.all(['a', 'b', 'c', 'd'].map((run) => report(run)));
      expect(outcomes.filter(({ outcome }) => outcome === 'written')).toHaveLength(1);
      expect(outcomes.filter(({ outcome }) => outcome === 'reported_before')).toHaveLength(3);
      expect(await queue()).toHaveLength(1);
    });

    it('still knows a report when its event has run, and no longer after 24 hours', async () => {
      const { store, report, clock } = await open();
      await report('a');
      await store.decide(request('none'), 'none', { as: 'skip', number: 1, by: 'ada', at: '', cancelQueue: true }, () =>
        created(''),
      );
      clock.move(DAY);
      expect(await report('b')).toMatchObject({ outcome: 'reported_before', report: { run: 'a' } });
      clock.move(1);
      expect(await report('c')).toMatchObject({ outcome: 'written' });
      clock.move(DAY);
      expect(await report('d')).toMatchObject({ outcome: 'reported_before', report: { run: 'c' } });
    });

    it('knows it across midnight, and by a clock that is some minutes behind', async () => {
      const { report, clock } = await open();
      clock.move(Date.parse('2026-11-24T00:01:00.000Z') - clock.now());
      await report('a');
      clock.move(-5 * MINUTE);
      expect(await report('b')).toMatchObject({ outcome: 'reported_before', report: { run: 'a' } });
      clock.move(23 * 60 * MINUTE);
      expect(await report('c')).toMatchObject({ outcome: 'reported_before', report: { run: 'a' } });
    });

    it('leaves nothing behind after a day', async () => {
      const { store, report, clock, backend } = await open();
      for (let count = 0; count < 5; count += 1) {
        await report(`run${count}`, { source: 'pacemaker', id: `${count}` });
        await backend.commit({ delete: [`queue/run${count}`] });
      }
      clock.move(DAY + 1);
      for (let count = 0; count < 4; count += 1) await store.recordAnswer(request(`new${count}`), created(''));
      expect(await backend.list('report/')).toEqual([]);
      expect(await backend.list('kept/')).toHaveLength(4);
    });
  });
}
