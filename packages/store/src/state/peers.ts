import type { StoreBackend, Versioned } from '../backend.ts';
import type { PeerAuthority, PeerDirectory, PeerDocument } from '../peers.ts';
import { keys, PEER } from './keys.ts';

export function peersIn(backend: StoreBackend): PeerDirectory {
  const key = keys.peerAuthority;
  return {
    async peerAuthority() {
      const found = await backend.get(key);
      return found && authorityOf(found);
    },

    async savePeerAuthority(authority) {
      for (;;) {
        const found = await backend.get(key);
        const there = found && authorityOf(found);
        if (there && (there.certificate !== authority.certificate || there.node === authority.node)) return there;
        const { committed } = await backend.commit({
          compare: [{ key, revision: found?.revision ?? 0 }],
          put: [{ key, value: JSON.stringify(authority) }],
        });
        if (committed) return authority;
      }
    },

    peers: async () => (await backend.list(PEER)).map(({ value }) => JSON.parse(value) as PeerDocument),

    // A node alone writes its own.
    async savePeer(document) {
      await backend.commit({ put: [{ key: keys.peer(document.node), value: JSON.stringify(document) }] });
    },
  };
}

const authorityOf = ({ value }: Versioned): PeerAuthority => JSON.parse(value) as PeerAuthority;
