import { afterAll, beforeAll } from 'vitest';
import { etcdIsMissing, startEtcd, type TestEtcd, type TestEtcdSettings } from './start-etcd.ts';

export { etcdIsMissing } from './start-etcd.ts';

/** An etcd for the tests of one file. */
export function etcdForTests(settings: TestEtcdSettings): () => TestEtcd {
  let etcd: TestEtcd | undefined;
  beforeAll(async () => {
    if (etcdIsMissing === undefined) etcd = await startEtcd(settings);
  }, 60_000);
  afterAll(() => etcd?.end());
  return () => {
    if (!etcd) throw new Error('etcd has not been started.');
    return etcd;
  };
}
