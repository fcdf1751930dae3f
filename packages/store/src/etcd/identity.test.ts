import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { storeFaultOf } from '../faults.ts';
import { etcdIsMissing } from './etcd.test-support.ts';
import { startEtcd, type TestEtcd, type TestMember } from './start-etcd.ts';
import { type EtcdSettings, openEtcdBackend, type StoreIdentity } from './etcd-backend.ts';

describe.skipIf(etcdIsMissing !== undefined)(`which store it is ${etcdIsMissing ?? ''}`, { timeout: 60_000 }, () => {
  let etcd: TestEtcd;
  const member = () => etcd.members[0] as TestMember;
  const open = async (settings: Partial<EtcdSettings> = {}) =>
    openEtcdBackend({ addresses: [member().address], prefix: 'id/', ...settings });
  const opened = async (settings: Partial<EtcdSettings> = {}) => {
    const result = await open(settings);
    if (!result.ok) throw new Error(result.error.code);
    return result.value;
  };
  const refusal = async (known: StoreIdentity) => {
    const result = await open({ known });
    if (!result.ok) return result.error;
    await result.value.close();
    return 'opened';
  };
  beforeEach(async () => {
    etcd = await startEtcd({ members: 1 });
  });
  afterEach(() => etcd.end());

  it('is found again with its id, its name and a revision not below the last one', async () => {
    const first = await opened();
    await first.commit({ put: [{ key: 'a', value: '1' }] });
    const known = first.identity();
    expect(known).toEqual({
      cluster: expect.stringMatching(/^[0-9a-f]{1,16}$/),
      store: expect.stringMatching(/^[0-9a-f-]{36}$/),
      revision: await first.revision(),
    });
    await first.close();
    const again = await opened({ known });
    expect(again.identity()).toEqual(known);
    await again.close();
  });

  it('says where its members run', async () => {
    const store = await opened();
    expect(await store.etcdMembers()).toEqual([{ name: 'm0', addresses: ['127.0.0.1'], answers: true }]);
    await store.close();
  });

  it('is refused when it is another cluster, emptied, or an older copy', async () => {
    const first = await opened();
    await first.commit({ put: [{ key: 'a', value: '1' }] });
    const known = first.identity();
    await first.close();
    expect(await refusal({ ...known, cluster: 'abc' })).toMatchObject({ code: 'store_of_another_cluster', known: 'cluster abc' });
    expect(await refusal({ ...known, store: 'x' })).toMatchObject({ code: 'store_of_another_cluster', found: known.store });
    expect(await refusal({ ...known, revision: known.revision + 5 })).toEqual({
      code: 'store_went_back',
      store: member().address,
      found: known.revision,
      known: known.revision + 5,
    });
    await etcd.etcdctl('del', '--prefix', 'id/');
    expect(await refusal(known)).toMatchObject({ code: 'store_of_another_cluster', found: 'empty' });
  });

  it('is not written any more when it is emptied or set up anew while it is used', async () => {
    const used = await opened();
    const code = (key: string) =>
      used.commit({ put: [{ key, value: '1' }] }).then(
        () => 'committed',
        (error: unknown) => storeFaultOf(error)?.code,
      );
    expect(await code('a')).toBe('committed');
    await etcd.etcdctl('del', '--prefix', 'id/');
    expect(await code('b')).toBe('store_of_another_cluster');
    expect(await etcd.etcdctl('get', '--prefix', 'id/')).toBe('');
    await member().kill();
    member().restartEmpty();
    await etcd.ready();
    // The same addresses and the same token make the same cluster id; the revision tells it, and so does the store's name.
    expect(['store_went_back', 'store_of_another_cluster']).toContain(await code('c'));
    expect(await etcd.etcdctl('get', '--prefix', 'id/')).toBe('');
    await used.close();
  });

  it('is one store, whoever makes it first', async () => {
    const all = await Promise.all([opened(), opened(), opened()]);
    expect(new Set(all.map((backend) => backend.identity().store)).size).toBe(1);
    for (const backend of all) await backend.close();
  });

  it('is refused when a newer version wrote it, or something else', async () => {
    const refusalOf = async () => {
      const result = await open();
      return result.ok ? 'opened' : result.error.code;
    };
    await etcd.etcdctl('put', 'id/store', '{"format":2,"id":"x"}');
    expect(await refusalOf()).toBe('store_of_a_newer_version');
    await etcd.etcdctl('put', 'id/store', 'theirs');
    expect(await refusalOf()).toBe('store_corrupt');
  });
});
