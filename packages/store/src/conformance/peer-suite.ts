import { describe, expect, it } from 'vitest';
import { clusterStore } from '../state/cluster-store.ts';
import { type BackendUnderTest, openings } from './opener.ts';

/** How the nodes find and know each other, on every backend. */
export function peerSuite(underTest: BackendUnderTest): void {
  const openBackend = openings(underTest);
  const open = async () => clusterStore((await openBackend()).backend, { now: Date.now });

  describe(`${underTest.name}: peers`, () => {
    it('keeps the first authority, whoever comes at the same time', async () => {
      const store = await open();
      expect(await store.peerAuthority()).toBeUndefined();
      const offered = ['nodea', 'nodeb', 'nodec'].map((node) => ({ certificate: `of ${node}`, node }));
      const [first, ...others] = await Promise.all(offered.map((authority) => store.savePeerAuthority(authority)));
      expect(offered).toContainEqual(first);
      for (const other of others) expect(other).toEqual(first);
      expect(await store.peerAuthority()).toEqual(first);
    });

    it('lets the key of the authority move to another node', async () => {
      const store = await open();
      await store.savePeerAuthority({ certificate: 'c1', node: 'nodea' });
      expect(await store.savePeerAuthority({ certificate: 'c2', node: 'nodeb' })).toEqual({ certificate: 'c1', node: 'nodea' });
      expect(await store.savePeerAuthority({ certificate: 'c1', node: 'nodeb' })).toEqual({ certificate: 'c1', node: 'nodeb' });
      expect(await store.peerAuthority()).toEqual({ certificate: 'c1', node: 'nodeb' });
    });

    it('has one address and one certificate of each node, the newest', async () => {
      const store = await open();
      const of = (node: string, address: string, fingerprint: string) => ({ node, address, fingerprint });
      await store.savePeer(of('nodeb', '10.0.0.2:8771', 'f2'));
      await store.savePeer(of('nodea', '10.0.0.1:8771', 'f1'));
      await store.savePeer(of('nodeb', '10.0.0.3:8771', 'f3'));
      expect(await store.peers()).toEqual([of('nodea', '10.0.0.1:8771', 'f1'), of('nodeb', '10.0.0.3:8771', 'f3')]);
    });
  });
}
