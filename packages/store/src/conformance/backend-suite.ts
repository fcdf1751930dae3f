import { describe, expect, it } from 'vitest';
import { storeFaultOf } from '../faults.ts';
import { REVISIONS_KEPT } from '../follow.ts';
import { type BackendUnderTest, leaseTime, openings, take } from './opener.ts';

/** What every backend does. */
export function backendSuite(underTest: BackendUnderTest): void {
  const open = openings(underTest);
  const forever = new AbortController().signal;

  describe(`${underTest.name}: read and write`, () => {
    it('reads what was written, with the revisions of its creation and of its last write', async () => {
      const { backend } = await open();
      expect(await backend.revision()).toBe(0);
      expect(await backend.get('a')).toBeUndefined();
      expect(await backend.commit({ put: [{ key: 'a', value: 'one' }] })).toEqual({ committed: true, revision: 1 });
      expect(await backend.commit({ put: [{ key: 'a', value: 'two' }] })).toEqual({ committed: true, revision: 2 });
      expect(await backend.get('a')).toEqual({ key: 'a', value: 'two', revision: 2, created: 1 });
      expect(await backend.revision()).toBe(2);
    });

    it('gives a key that was deleted and written again a new creation', async () => {
      const { backend } = await open();
      await backend.commit({ put: [{ key: 'a', value: 'one' }] });
      await backend.commit({ delete: ['a'] });
      expect(await backend.get('a')).toBeUndefined();
      await backend.commit({ put: [{ key: 'a', value: 'two' }] });
      expect(await backend.get('a')).toEqual({ key: 'a', value: 'two', revision: 3, created: 3 });
    });

    it('writes all or nothing, and names every key that differs', async () => {
      const { backend } = await open();
      await backend.commit({ put: [{ key: 'a', value: '1' }] });
      const refused = await backend.commit({
        compare: [
          { key: 'a', revision: 1 },
          { key: 'b', revision: 7 },
          { key: 'a2', revision: 0 },
          { key: 'c', revision: 3 },
        ],
        put: [{ key: 'a', value: '2' }],
        delete: ['b'],
      });
      expect(refused).toEqual({ committed: false, changed: ['b', 'c'] });
      expect(await backend.list('')).toEqual([{ key: 'a', value: '1', revision: 1, created: 1 }]);
      expect(await backend.revision()).toBe(1);
    });

    it('compares with 0 as: must not exist', async () => {
      const { backend } = await open();
      const once = { compare: [{ key: 'a', revision: 0 }], put: [{ key: 'a', value: '1' }] };
      expect(await backend.commit(once)).toEqual({ committed: true, revision: 1 });
      expect(await backend.commit(once)).toEqual({ committed: false, changed: ['a'] });
    });

    it('compares with when a key was created: written since, it is the same one; deleted and put again, it is not', async () => {
      const { backend } = await open();
      const put = (value: string) => backend.commit({ put: [{ key: 'a', value }] });
      const guarded = (created: number) => backend.commit({ compare: [{ key: 'a', created }], put: [{ key: 'b', value: '1' }] });
      expect(await guarded(1)).toEqual({ committed: false, changed: ['a'] });
      await put('1');
      const created = (await backend.get('a'))?.created as number;
      await put('2');
      expect(await guarded(created)).toMatchObject({ committed: true });
      await backend.commit({ delete: ['a'] });
      expect(await guarded(created)).toEqual({ committed: false, changed: ['a'] });
      await put('3');
      expect(await guarded(created)).toEqual({ committed: false, changed: ['a'] });
    });

    it('stays at its revision when a transaction changes nothing', async () => {
      const { backend } = await open();
      await backend.commit({ put: [{ key: 'a', value: '1' }] });
      expect(await backend.commit({})).toEqual({ committed: true, revision: 1 });
      expect(await backend.commit({ delete: ['not there'] })).toEqual({ committed: true, revision: 1 });
      expect(await backend.commit({ compare: [{ key: 'a', revision: 1 }] })).toEqual({ committed: true, revision: 1 });
    });

    it('takes a key that stands twice in a transaction for a defect', async () => {
      const { backend } = await open();
      await expect(backend.commit({ put: [{ key: 'a', value: '1' }], delete: ['a'] })).rejects.toThrow(
        'The key a stands twice in one transaction.',
      );
      expect(await backend.revision()).toBe(0);
    });

    it('keeps any text: NUL, a million letters, letters beyond the first plane', async () => {
      const { backend } = await open();
      for (const value of ['', 'a\0b', '\u{1F600}é', 'x'.repeat(1_000_000)]) {
        await backend.commit({ put: [{ key: 'a', value }] });
        expect((await backend.get('a'))?.value === value).toBe(true);
      }
    });

    it('lets one of two win who write on the same reading', async () => {
      const { backend, openAgain } = await open();
      const other = (await openAgain?.()) ?? backend;
      const write = (by: typeof backend, value: string) =>
        by.commit({ compare: [{ key: 'a', revision: 0 }], put: [{ key: 'a', value }] });
      const results = await Promise.all([write(backend, 'mine'), write(other, 'yours')]);
      expect(results.filter((result) => result.committed)).toHaveLength(1);
    });

    it('answers nothing any more once closed', async () => {
      const { backend } = await open();
      await backend.close();
      await expect(backend.get('a')).rejects.toThrow();
      await backend.close();
    });
  });

  describe(`${underTest.name}: list`, () => {
    it('gives what begins with the prefix, sorted bytewise', async () => {
      const { backend } = await open();
      const letters = ['a', 'a/', 'a/b', 'a/B', 'a/\u{FFFD}', 'a/\u{1F600}', 'a0', 'b'];
      await backend.commit({ put: letters.map((key) => ({ key, value: key })) });
      const keys = async (...input: Parameters<typeof backend.list>) => (await backend.list(...input)).map(({ key }) => key);
      expect(await keys('a/')).toEqual(['a/', 'a/B', 'a/b', 'a/\u{FFFD}', 'a/\u{1F600}']);
      expect(await keys('a/', { reverse: true, limit: 2 })).toEqual(['a/\u{1F600}', 'a/\u{FFFD}']);
      expect(await keys('a/', { before: 'a/b' })).toEqual(['a/', 'a/B']);
      expect(await keys('a/', { before: 'a/b', reverse: true, limit: 1 })).toEqual(['a/B']);
      expect(await keys('a/', { before: 'z' })).toHaveLength(5);
      expect(await keys('', { limit: 2 })).toEqual(['a', 'a/']);
      expect(await keys('c')).toEqual([]);
    });

    it('counts what begins with the prefix', async () => {
      const { backend } = await open();
      await backend.commit({ put: ['a', 'a/', 'a/b', 'a0', 'b'].map((key) => ({ key, value: key })) });
      await backend.commit({ delete: ['a/b'] });
      const counts = ['a/', 'a', '', 'c'].map((prefix) => backend.count(prefix));
      expect(await Promise.all(counts)).toEqual([1, 3, 4, 0]);
    });
  });

  describe(`${underTest.name}: watch`, () => {
    it('tells every change above the revision in order, those of one commit together', async () => {
      const { backend } = await open();
      await backend.commit({ put: [{ key: 'a', value: '1' }] });
      await backend.commit({ put: [{ key: 'b', value: '2' }], delete: ['a'] });
      const watching = take(backend.watch('', 1, forever), 3);
      await backend.commit({ put: [{ key: 'c', value: '3' }] });
      await backend.commit({ delete: ['c'] });
      expect(await watching).toEqual(['b=2, a deleted', 'c=3', 'c deleted']);
    });

    it('tells only what begins with the prefix', async () => {
      const { backend } = await open();
      const watching = take(backend.watch('q/', 0, forever), 2);
      await backend.commit({ put: [{ key: 'a', value: '1' }] });
      await backend.commit({
        put: [
          { key: 'q/1', value: '2' },
          { key: 'b', value: '3' },
        ],
      });
      await backend.commit({ delete: ['a', 'q/1'] });
      expect(await watching).toEqual(['q/1=2', 'q/1 deleted']);
    });

    it('says at which revision each change was made', async () => {
      const { backend } = await open();
      await backend.commit({ put: [{ key: 'a', value: '1' }] });
      await backend.commit({ put: [{ key: 'a', value: '2' }] });
      await backend.commit({ delete: ['a'] });
      const seen = [];
      for await (const changes of backend.watch('', 0, forever)) if (seen.push(...changes) === 3) break;
      expect(seen).toEqual([
        { type: 'put', item: { key: 'a', value: '1', revision: 1, created: 1 } },
        { type: 'put', item: { key: 'a', value: '2', revision: 2, created: 1 } },
        { type: 'delete', key: 'a', revision: 3 },
      ]);
    });

    it('ends with its signal and with the store', async () => {
      const { backend } = await open();
      const stop = new AbortController();
      const stopped = take(backend.watch('', 0, stop.signal), 1);
      const closed = take(backend.watch('', 0, forever), 1);
      stop.abort();
      expect(await stopped).toEqual([]);
      await backend.close();
      expect(await closed).toEqual([]);
    });

    it('sees what another connection writes', async () => {
      const { backend, openAgain } = await open();
      const other = (await openAgain?.()) ?? backend;
      const watching = take(backend.watch('', 0, forever), 2);
      await other.commit({ put: [{ key: 'a', value: '1' }] });
      await other.commit({ put: [{ key: 'a', value: '2' }] });
      expect(await watching).toEqual(['a=1', 'a=2']);
    });

    it('refuses to tell only a part when it starts too far behind', async () => {
      const { backend, forget } = await open();
      const count = forget ? 2 : REVISIONS_KEPT + 1;
      for (let value = 0; value < count; value += 1) await backend.commit({ put: [{ key: 'a', value: `${value}` }] });
      await forget?.(2);
      const refused = await take(backend.watch('', 0, forever), 1).catch(storeFaultOf);
      expect(refused).toEqual({ code: 'watch_too_old', after: 0 });
      expect(await take(backend.watch('', 1, forever), 1)).toEqual(['a=1']);
    });
  });

  describe(`${underTest.name}: lease`, () => {
    it('deletes its keys when it ends, in one revision', async () => {
      const time = leaseTime(underTest);
      const { backend } = await open(time);
      const lease = await backend.grant(time.ttlMs);
      await backend.commit({
        put: [
          { key: 'b', value: '2', lease: lease.id },
          { key: 'a', value: '1', lease: lease.id },
        ],
      });
      await backend.commit({ put: [{ key: 'c', value: '3' }] });
      await time.passAlmost();
      expect(await backend.get('a')).toBeDefined();
      await time.passRest();
      expect(await backend.get('a')).toBeUndefined();
      expect((await backend.list('')).map(({ key }) => key)).toEqual(['c']);
      expect(await take(backend.watch('', 2, forever), 1)).toEqual(['a deleted, b deleted']);
    });

    it('lives on from each keepalive, and cannot be revived', async () => {
      const time = leaseTime(underTest);
      const { backend } = await open(time);
      const lease = await backend.grant(time.ttlMs);
      expect(lease.ttlMs).toBe(time.ttlMs);
      await backend.commit({ put: [{ key: 'a', value: '1', lease: lease.id }] });
      await time.passAlmost();
      expect(await lease.keepAlive()).toBe(true);
      await time.passAlmost();
      expect(await backend.get('a')).toBeDefined();
      await time.passRest();
      expect(await lease.keepAlive()).toBe(false);
      expect(await backend.get('a')).toBeUndefined();
    });

    it('is resumed by its id with its keys, and lives its whole time from then', async () => {
      const time = leaseTime(underTest);
      const { backend } = await open(time);
      const { id } = await backend.grant(time.ttlMs);
      await backend.commit({ put: [{ key: 'a', value: '1', lease: id }] });
      await time.passAlmost();
      const resumed = await backend.resume(id);
      expect(resumed).toMatchObject({ id, ttlMs: time.ttlMs });
      await time.passAlmost();
      expect(await backend.get('a')).toEqual({ key: 'a', value: '1', revision: 1, created: 1 });
      expect(await resumed?.keepAlive()).toBe(true);
      await time.passAlmost();
      expect(await backend.get('a')).toBeDefined();
      await resumed?.revoke();
      expect(await backend.get('a')).toBeUndefined();
    });

    it('is not resumed once it has ended, or when there never was one', async () => {
      const time = leaseTime(underTest);
      const { backend } = await open(time);
      const { id } = await backend.grant(time.ttlMs);
      const revoked = await backend.grant(time.ttlMs);
      await revoked.revoke();
      await time.passAlmost();
      await time.passRest();
      expect(await backend.resume(id)).toBeUndefined();
      expect(await backend.resume(revoked.id)).toBeUndefined();
      expect(await backend.resume('no-lease')).toBeUndefined();
    });

    it('ends at once when revoked', async () => {
      const { backend } = await open();
      const lease = await backend.grant(5000);
      await backend.commit({ put: [{ key: 'a', value: '1', lease: lease.id }] });
      await lease.revoke();
      expect(await backend.get('a')).toBeUndefined();
      expect(await lease.keepAlive()).toBe(false);
      await lease.revoke();
    });

    it('lets go of a key that is put again without it', async () => {
      const { backend } = await open();
      const lease = await backend.grant(5000);
      await backend.commit({ put: [{ key: 'a', value: '1', lease: lease.id }] });
      await backend.commit({ put: [{ key: 'a', value: '2' }] });
      await lease.revoke();
      expect(await backend.get('a')).toMatchObject({ value: '2' });
    });

    it('takes no key any more once ended', async () => {
      const { backend } = await open();
      const lease = await backend.grant(5000);
      await lease.revoke();
      const late = await backend.commit({
        put: [
          { key: 'a', value: '1', lease: lease.id },
          { key: 'b', value: '2' },
        ],
      });
      expect(late).toEqual({ committed: false, changed: ['a'] });
      expect(await backend.list('')).toEqual([]);
    });

    it('wakes those who watch by itself', async () => {
      const { backend } = await open();
      const lease = await backend.grant(30);
      await backend.commit({ put: [{ key: 'a', value: '1', lease: lease.id }] });
      expect(await take(backend.watch('', 0, forever), 2)).toEqual(['a=1', 'a deleted']);
    });
  });
}
