import { setTimeout as sleep } from 'node:timers/promises';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import type { Change, StoreBackend } from '../backend.ts';
import { storeFaultOf } from '../faults.ts';
import { etcdIsMissing } from './etcd.test-support.ts';
import { startEtcd, type TestEtcd, type TestMember } from './start-etcd.ts';
import { openEtcdBackend } from './etcd-backend.ts';

const forever = new AbortController().signal;
const revisionOf = (change: Change): number => (change.type === 'put' ? change.item.revision : change.revision);

describe.skipIf(etcdIsMissing !== undefined)(
  `an etcd of three members that fail ${etcdIsMissing ?? ''}`,
  { timeout: 60_000 },
  () => {
    let etcd: TestEtcd;
    let backend: StoreBackend;
    const open = async (first = 0) => {
      const addresses = etcd.members.map(({ address }) => address);
      const opened = await openEtcdBackend({ addresses, prefix: 'faults/', first });
      if (!opened.ok) throw new Error(opened.error.code);
      return opened.value;
    };
    const others = (member: TestMember) => etcd.members.filter((other) => other !== member);
    /** Puts; what came of it in a word. */
    const put = (key: string, value = '1'): Promise<string> =>
      backend.commit({ put: [{ key, value }] }).then(
        () => 'committed',
        (error: unknown) => storeFaultOf(error)?.code ?? String(error),
      );
    const commits = async (key: string, withinMs: number): Promise<string[]> => {
      const until = performance.now() + withinMs;
      const outcomes: string[] = [];
      while (outcomes.at(-1) !== 'committed' && performance.now() < until) outcomes.push(await put(key));
      return outcomes;
    };

    beforeEach(async () => {
      etcd = await startEtcd({ members: 3 });
      backend = await open();
    }, 60_000);
    afterEach(async () => {
      await backend.close();
      await etcd.end();
    }, 30_000);

    it('goes on within seconds when the leader is killed', async () => {
      const leader = await etcd.leader();
      expect(await put('a')).toBe('committed');
      await leader.kill();
      const outcomes = await commits('b', 15_000);
      expect(outcomes.at(-1)).toBe('committed');
      expect(outcomes.slice(0, -1).filter((outcome) => !['no_quorum', 'outcome_unknown'].includes(outcome))).toEqual([]);
      expect((await backend.get('b'))?.value).toBe('1');
    });

    it('tells which of them answers, and also that a frozen one does not', async () => {
      const { etcdMembers } = backend as Awaited<ReturnType<typeof open>>;
      const silent = async (): Promise<number> => (await etcdMembers()).filter(({ answers }) => answers === false).length;
      expect((await etcdMembers()).map(({ answers }) => answers)).toEqual([true, true, true]);
      const [first, second] = etcd.members as [TestMember, TestMember];
      second.freeze();
      await commits('a', 15_000);
      expect(await silent()).toBe(1);
      second.thaw();
      await expect.poll(silent, { timeout: 15_000 }).toBe(0);
      await first.kill();
      await commits('b', 15_000);
      await expect.poll(silent, { timeout: 15_000 }).toBe(1);
    });

    it('has no quorum when two of three are killed; then nothing is written, and nothing is kept', async () => {
      const [kept, ...killed] = etcd.members as [TestMember, TestMember, TestMember];
      expect(await put('a')).toBe('committed');
      const watch = backend.watch('', await backend.revision(), forever)[Symbol.asyncIterator]();
      const told = watch.next().catch(storeFaultOf);
      for (const member of killed) await member.kill();
      // Until the last member knows that it is alone, what is sent to it has an outcome that nobody knows.
      const until = performance.now() + 20_000;
      while ((await put('unknown')) !== 'no_quorum' && performance.now() < until);
      const began = performance.now();
      expect(await Promise.all(['x1', 'x2', 'x3'].map((key) => put(key)))).toEqual(['no_quorum', 'no_quorum', 'no_quorum']);
      expect(performance.now() - began).toBeLessThan(6_000);
      expect(await backend.get('a').catch(storeFaultOf)).toMatchObject({ code: 'no_quorum' });
      expect(await told).toMatchObject({ code: 'no_quorum' });
      for (const member of killed) member.restart();
      await etcd.ready();
      await sleep(1_000);
      expect((await commits('b', 15_000)).at(-1)).toBe('committed');
      expect((await backend.list('x')).map(({ key }) => key)).toEqual([]);
      expect((await backend.get('a'))?.value).toBe('1');
      expect(kept.address).toBe(etcd.members[0]?.address);
    });

    it('says the same as long as two of three are frozen, whichever it has the time to ask', async () => {
      expect(await put('a')).toBe('committed');
      const [, ...frozen] = etcd.members as [TestMember, TestMember, TestMember];
      for (const member of frozen) member.freeze();
      const said = async (): Promise<string | undefined> =>
        backend.get('a').then(
          () => undefined,
          (error: unknown) => storeFaultOf(error)?.code,
        );
      await expect.poll(said, { timeout: 20_000 }).toBe('no_quorum');
      for (let times = 0; times < 2; times += 1) expect(await said()).toBe('no_quorum');
      for (const member of frozen) member.thaw();
      await expect.poll(said, { timeout: 20_000 }).toBeUndefined();
    });

    it('asks another member when one is frozen, and says of the write that was with it that its outcome is not known', async () => {
      const [asked] = etcd.members as [TestMember];
      asked.freeze();
      const first = await put('a');
      expect(['committed', 'outcome_unknown']).toContain(first);
      expect((await commits('b', 15_000)).at(-1)).toBe('committed');
      const began = performance.now();
      expect((await backend.get('b'))?.value).toBe('1');
      expect(performance.now() - began).toBeLessThan(1_500);
      asked.thaw();
    });

    it('keeps a lease alive while any one member is killed or frozen', async () => {
      const lease = await backend.grant(5_000);
      const asked = etcd.members[0] as TestMember;
      asked.freeze();
      const began = performance.now();
      expect(await lease.keepAlive()).toBe(true);
      expect(performance.now() - began).toBeLessThan(lease.ttlMs);
      asked.thaw();
      await sleep(1_000);
      await (etcd.members[1] as TestMember).kill();
      expect(await lease.keepAlive()).toBe(true);
      await lease.revoke();
      expect(await lease.keepAlive()).toBe(false);
    });

    it('tells of a lease that cannot be kept alive without a quorum', async () => {
      const lease = await backend.grant(3_000);
      const leader = await etcd.leader();
      for (const member of [leader, others(leader)[0] as TestMember]) await member.kill();
      const until = performance.now() + 15_000;
      let told: string | undefined;
      while (told === undefined && performance.now() < until)
        told = await lease.keepAlive().then(
          () => undefined,
          (error: unknown) => storeFaultOf(error)?.code ?? String(error),
        );
      expect(told).toBe('no_quorum');
    });

    it('tells every change once and in order to who watches, while one member after the other is killed and comes back', async () => {
      const watching = await open(1);
      const after = await watching.revision();
      const told: { revision: number; changes: number }[] = [];
      const telling = (async () => {
        for await (const changes of watching.watch('seq/', after, forever)) {
          const revisions = new Set(changes.map(revisionOf));
          expect(revisions.size).toBe(1);
          told.push({ revision: [...revisions][0] as number, changes: changes.length });
          if (changes.some((change) => change.type === 'put' && change.item.key === 'seq/end')) return;
        }
      })();
      let isOver = false;
      const writers = await Promise.all([0, 0.4, 0.7].map(open));
      const writing = writers.map(async (writer, index) => {
        for (let number = 0; !isOver; number += 1) {
          const put = ['a', 'b'].map((part) => ({ key: `seq/${part}${index}`, value: String(number) }));
          await writer.commit({ put, delete: number % 5 === 0 ? ['seq/c'] : [] }).catch((error: unknown) => {
            if (!storeFaultOf(error)) throw error;
          });
          await sleep(20);
        }
        await writer.close();
      });
      for (let round = 0; round < 4; round += 1) {
        const member = etcd.members[round % 3] as TestMember;
        const isKilled = round % 2 === 0;
        if (isKilled) await member.kill();
        else member.freeze();
        await sleep(1_800);
        if (isKilled) member.restart();
        else member.thaw();
        await sleep(1_200);
      }
      isOver = true;
      await Promise.all(writing);
      expect((await commits('seq/end', 15_000)).at(-1)).toBe('committed');
      await telling;
      const order = told.map(({ revision }) => revision);
      expect(order).toEqual([...new Set(order)].sort((a, b) => a - b));
      // What etcd kept, read again from the beginning without any fault, is what must have been told.
      const kept: { revision: number; changes: number }[] = [];
      for await (const changes of backend.watch('seq/', after, forever)) {
        kept.push({ revision: revisionOf(changes[0] as Change), changes: changes.length });
        if (kept.at(-1)?.revision === order.at(-1)) break;
      }
      expect(told).toEqual(kept);
      expect(told.length).toBeGreaterThan(50);
      await watching.close();
    });
  },
);
