import { describe, expect, it } from 'vitest';
import type { Answer, WriteRequest } from '../cluster-store.ts';
import { clusterStore } from '../state/cluster-store.ts';
import { keys } from '../state/keys.ts';
import { type BackendUnderTest, openings, standingClock } from './opener.ts';

const done: Answer = { status: 200, body: '' };
const request = (id: string): WriteRequest => ({ id, principal: 'ada', digest: 'd1' });
const at = '2026-11-23T14:22:10.000Z';

/** What is kept of revisions, of their names and of what entries refer to, on every backend. */
export function historySuite(underTest: BackendUnderTest): void {
  const openBackend = openings(underTest);
  const open = async () => {
    const clock = standingClock();
    const { backend } = await openBackend(clock);
    return { store: clusterStore(backend, clock), backend };
  };
  type Store = Awaited<ReturnType<typeof open>>['store'];
  const activate = (store: Store, active: number) =>
    store.activate(
      request(`activate ${active}`),
      { document: `{"number":${active + 1}}`, hash: `h${active + 1}`, at, by: 'ada', verification },
      { active, entries: [] },
      () => done,
    );
  const verification = { errors: 1, warnings: 2, overridden: ['command_not_found:event/node_up/notifyCommand'] };

  describe(`${underTest.name}: the history`, () => {
    it('lists revisions newest first, page by page, without their documents', async () => {
      const { store } = await open();
      for (let number = 0; number < 12; number += 1) await activate(store, number);
      const newest = await store.revisions({ limit: 5 });
      expect(newest.map(({ number }) => number)).toEqual([12, 11, 10, 9, 8]);
      expect(newest[0]).toEqual({ number: 12, hash: 'h12', at, by: 'ada', verification });
      expect((await store.revisions({ before: 8, limit: 500 })).map(({ number }) => number)).toEqual([7, 6, 5, 4, 3, 2, 1]);
      expect(await store.revisions({ before: 1, limit: 5 })).toEqual([]);
      expect((await store.revision(1))?.document).toBe('{"number":1}');
    });

    it('lists the revisions of an older store too, which have no facts of their own', async () => {
      const { store, backend } = await open();
      for (let number = 0; number < 6; number += 1) await activate(store, number);
      await backend.commit({ delete: [1, 2, 3, 4].map(keys.revisionFacts) });
      const numbers = async (asked: { before?: number; limit: number }) =>
        (await store.revisions(asked)).map(({ number }) => number);
      expect(await numbers({ limit: 4 })).toEqual([6, 5, 4, 3]);
      expect(await numbers({ before: 4, limit: 4 })).toEqual([3, 2, 1]);
      expect((await store.revisions({ before: 2, limit: 1 }))[0]).toEqual({ number: 1, hash: 'h1', at, by: 'ada', verification });
    });

    it('has nothing to list before the first synchronise', async () => {
      const { store } = await open();
      expect([await store.revisions({ limit: 5 }), await store.snapshots()]).toEqual([[], []]);
    });

    it('gives a name to one revision only, and takes it away again', async () => {
      const { store } = await open();
      await activate(store, 0);
      const golden = { name: 'golden', revision: 1, at, by: 'ada', remark: 'as it was delivered' };
      expect(await store.saveSnapshot(request('s1'), 'golden', golden, done)).toEqual({ outcome: 'written', answer: done });
      expect(await store.saveSnapshot(request('s2'), 'golden', { ...golden, by: 'eve' }, done)).toEqual({
        outcome: 'changed_meanwhile',
        changed: ['golden'],
      });
      await store.saveSnapshot(request('s3'), 'before', { name: 'before', revision: 1, at, by: 'ada' }, done);
      expect((await store.snapshots()).map(({ name }) => name)).toEqual(['before', 'golden']);
      expect((await store.snapshots())[1]).toEqual(golden);
      await store.saveSnapshot(request('s4'), 'golden', undefined, done);
      expect((await store.snapshots()).map(({ name }) => name)).toEqual(['before']);
      expect(await store.saveSnapshot(request('s5'), 'golden', undefined, done)).toMatchObject({ outcome: 'changed_meanwhile' });
      expect(await store.saveSnapshot(request('s1'), 'golden', golden, done)).toMatchObject({ outcome: 'repeated' });
    });

    it('keeps the last verification of draft and active revision, each for itself', async () => {
      const { store } = await open();
      expect(await store.verification('draft')).toBeUndefined();
      await store.recordVerification('draft', 'first');
      await store.recordVerification('draft', 'second');
      await store.recordVerification('active', 'third');
      expect([await store.verification('draft'), await store.verification('active')]).toEqual(['second', 'third']);
    });
  });

  describe(`${underTest.name}: contents`, () => {
    const entry = (name: string, revision: number, sha256: string) => ({
      class: 'script',
      name,
      revision,
      document: sha256,
      content: { sha256, text: `#!/bin/sh\n# ${sha256}\n` },
    });

    it('come in the commit of the entry that names them, and stay when it goes', async () => {
      const { store, backend } = await open();
      const before = await backend.revision();
      await store.saveEntry(request('r1'), entry('check', 0, 'aa'), () => done);
      expect(await backend.revision()).toBe(before + 1);
      expect(await store.content('aa')).toBe('#!/bin/sh\n# aa\n');
      await store.saveEntry(request('r2'), entry('check', 1, 'bb'), () => done);
      await store.saveEntry(request('r3'), { class: 'script', name: 'check', revision: 2, document: undefined }, () => done);
      expect([await store.content('aa'), await store.content('bb'), await store.content('cc')]).toEqual([
        '#!/bin/sh\n# aa\n',
        '#!/bin/sh\n# bb\n',
        undefined,
      ]);
    });

    it('are kept once, for however many entries', async () => {
      const { store, backend } = await open();
      await store.saveEntries(request('r1'), [entry('one', 0, 'aa'), entry('two', 0, 'aa')], () => done);
      const [kept] = await backend.list('content/');
      await store.saveEntry(request('r2'), entry('three', 0, 'aa'), () => done);
      expect(await backend.list('content/')).toEqual([kept]);
    });

    it('are not there when the entry was refused', async () => {
      const { store } = await open();
      await store.saveEntry(request('r1'), entry('check', 7, 'aa'), () => done);
      expect(await store.content('aa')).toBeUndefined();
    });
  });
}
