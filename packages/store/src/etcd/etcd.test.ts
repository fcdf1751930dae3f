import { describe } from 'vitest';
import type { StoreBackend } from '../backend.ts';
import { backendLaws } from '../conformance/backend-laws.ts';
import { backendSuite } from '../conformance/backend-suite.ts';
import { clusterStoreSuite } from '../conformance/cluster-store-suite.ts';
import { clusterSuite } from '../conformance/cluster-suite.ts';
import { historySuite } from '../conformance/history-suite.ts';
import { notificationSuite } from '../conformance/notification-suite.ts';
import { peerSuite } from '../conformance/peer-suite.ts';
import { type BackendUnderTest, countedFrom } from '../conformance/opener.ts';
import { etcdForTests, etcdIsMissing } from './etcd.test-support.ts';
import { type EtcdBackend, openEtcdBackend } from './etcd-backend.ts';

let prefixes = 0;

describe.skipIf(etcdIsMissing !== undefined).each([1, 3])(
  `an etcd of %i members ${etcdIsMissing ?? ''}`,
  { timeout: 60_000 },
  (members) => {
    const etcd = etcdForTests({ members });
    const open = async (prefix: string): Promise<EtcdBackend> => {
      const opened = await openEtcdBackend({ addresses: etcd().members.map(({ address }) => address), prefix });
      if (!opened.ok) throw new Error(opened.error.code);
      return opened.value;
    };
    const underTest: BackendUnderTest = {
      name: 'etcd',
      ownClock: { leaseMs: 3000, lateMs: 2500 },
      async open() {
        prefixes += 1;
        const prefix = `test-${prefixes}/`;
        const first = await open(prefix);
        const base = await first.revision();
        const counted = (backend: StoreBackend) => countedFrom(base, backend);
        return {
          backend: counted(first),
          openAgain: async () => counted(await open(prefix)),
          forget: async (upTo) => void (await etcd().etcdctl('compact', String(upTo + base))),
        };
      },
    };

    backendSuite(underTest);
    backendLaws(underTest, members === 1 ? 20 : 5);
    clusterStoreSuite(underTest);
    clusterSuite(underTest);
    historySuite(underTest);
    notificationSuite(underTest);
    peerSuite(underTest);
  },
);
