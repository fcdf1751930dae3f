import { setTimeout as sleep } from 'node:timers/promises';
import type { PeerDirectory, PeerDocument } from '@fallover/store';

/** Where the other nodes are asked and by which certificates they are known, as the shared store says. */
export interface KnownPeers {
  of(node: string): Promise<PeerDocument | undefined>;
  /** As the store says now, after what was known did not do. */
  again(node: string): Promise<PeerDocument | undefined>;
  /** Whether the certificate is the one that the cluster knows of this node: an earlier one may be in wrong hands. */
  isCurrent(node: string, fingerprint: string): Promise<boolean>;
  all(): Promise<PeerDocument[]>;
  /** As last seen. */
  seen(): PeerDocument[];
  /** As the store says now, if it says anything. */
  refresh(): Promise<void>;
}

const FRESH_MS = 10_000;
/** A store without quorum does not keep anybody from reading logs: what was known last counts. */
const WAIT_MS = 2_000;
/** A stranger's certificate does not make the store busy. */
const AGAIN_MS = 500;

export function knownPeers(parts: {
  store: Pick<PeerDirectory, 'peers'>;
  /** Milliseconds of a clock that does not jump. */
  reading(): number;
}): KnownPeers {
  const { store, reading } = parts;
  let known = new Map<string, PeerDocument>();
  let readAt = Number.NEGATIVE_INFINITY;
  let triedAt = Number.NEGATIVE_INFINITY;
  let loading: Promise<void> | undefined;

  function load(notBefore: number): Promise<void> {
    loading ??= (async () => {
      try {
        await pause(notBefore - reading());
        triedAt = reading();
        const documents = await store.peers();
        known = new Map(documents.map((document) => [document.node, document]));
        readAt = reading();
      } catch {
        // The store is out of reach, which the membership tells of.
      } finally {
        loading = undefined;
      }
    })();
    return loading;
  }

  async function look(isEnough: () => boolean, notBefore = triedAt + AGAIN_MS): Promise<void> {
    if (isEnough() && reading() - readAt < FRESH_MS) return;
    const given = new AbortController();
    await Promise.race([load(notBefore), pause(WAIT_MS, given.signal)]);
    given.abort();
  }

  return {
    refresh: () => look(() => false, reading()),
    async of(node) {
      await look(() => known.has(node));
      return known.get(node);
    },
    async again(node) {
      await look(() => false);
      return known.get(node);
    },
    async isCurrent(node, fingerprint) {
      const matches = () => known.get(node)?.fingerprint === fingerprint;
      await look(matches);
      return matches();
    },
    async all() {
      await look(() => true);
      return [...known.values()];
    },
    seen: () => [...known.values()],
  };
}

async function pause(ms: number, signal?: AbortSignal): Promise<void> {
  if (ms > 0) await sleep(ms, undefined, { ref: false, ...(signal ? { signal } : {}) }).catch(() => {});
}
