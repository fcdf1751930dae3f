import { setTimeout as sleep } from 'node:timers/promises';
import { describe, expect, it } from 'vitest';
import { storeFaultOf } from '../faults.ts';
import { etcdForTests, etcdIsMissing } from './etcd.test-support.ts';
import { openEtcdBackend } from './etcd-backend.ts';

const forever = new AbortController().signal;

describe.skipIf(etcdIsMissing !== undefined)(
  `what one transaction and one watch of etcd take ${etcdIsMissing ?? ''}`,
  { timeout: 60_000 },
  () => {
    const etcd = etcdForTests({ members: 1 });
    const open = async (prefix: string) => {
      const opened = await openEtcdBackend({ addresses: etcd().members.map(({ address }) => address), prefix });
      if (!opened.ok) throw new Error(opened.error.code);
      return opened.value;
    };
    const many = (count: number, value = '1') =>
      Array.from({ length: count }, (_, index) => ({ key: `k/${String(index).padStart(5, '0')}`, value }));

    it('writes a thousand keys at one revision, and reads them in pages of one revision', async () => {
      const backend = await open('many/');
      const before = await backend.revision();
      const compare = many(40).map(({ key }) => ({ key, revision: 0 }));
      expect(await backend.commit({ compare, put: many(1000) })).toEqual({ committed: true, revision: before + 1 });
      const found = await backend.list('k/');
      expect(found.map(({ key }) => key)).toEqual(many(1000).map(({ key }) => key));
      expect(new Set(found.map(({ revision }) => revision))).toEqual(new Set([before + 1]));
      expect((await backend.list('k/', { reverse: true, limit: 450 })).map(({ key }) => key)).toEqual(
        many(1000)
          .slice(550)
          .map(({ key }) => key)
          .reverse(),
      );
      for await (const changes of backend.watch('k/', before, forever)) {
        expect(changes).toHaveLength(1000);
        break;
      }
      const again = await backend.commit({ compare, put: many(1000, '2') });
      expect(again).toEqual({ committed: false, changed: compare.map(({ key }) => key) });
      await backend.close();
    });

    it('refuses what is too large, by name, with nothing written', async () => {
      const backend = await open('large/');
      const fault = await backend.commit({ put: many(2, 'x'.repeat(1_000_000)) }).catch(storeFaultOf);
      expect(fault).toMatchObject({ code: 'store_write_too_large' });
      const compare = many(200).map(({ key }) => ({ key, revision: 0 }));
      expect(await backend.commit({ compare, put: many(1) }).catch(storeFaultOf)).toMatchObject({
        code: 'store_write_too_large',
      });
      expect(await backend.list('')).toEqual([]);
      await backend.close();
    });

    it('lets a slow reader be slow: it is told everything, and what waits for it stays in etcd', async () => {
      const [writer, reader] = [await open('slow/'), await open('slow/')];
      const before = await writer.revision();
      const changes = reader.watch('', before, forever)[Symbol.asyncIterator]();
      const first = changes.next();
      const written = 1500;
      for (let number = 0; number < written; number += 1)
        await writer.commit({ put: [{ key: 'a', value: `${number} ${'x'.repeat(20_000)}` }] });
      await sleep(2_500); // longer than the silence after which a member is left
      const told: number[] = [];
      for (let next = await first; ; next = await changes.next()) {
        if (next.done) throw new Error('The watch has ended.');
        for (const change of next.value) if (change.type === 'put') told.push(Number(change.item.value.split(' ')[0]));
        if (told.length === written) break;
      }
      expect(told).toEqual(Array.from({ length: written }, (_, number) => number));
      await writer.close();
      await reader.close();
    });
  },
);
