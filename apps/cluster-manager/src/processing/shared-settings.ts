import { setTimeout as sleep } from 'node:timers/promises';
import { storeFaultSentence } from '@fallover/store';
import type { Definition } from '../definition/definition.ts';
import { bootTime } from '../executor/boot-time.ts';
import type { Executor } from '../executor/executor.ts';
import { fence, fencingOf } from '../membership/fencing.ts';
import { leaseKeeping } from '../membership/lease-keeper.ts';
import { PROTOCOL } from '../peers/protocol.ts';
import type { Clock } from '../runs/clock.ts';
import type { ScriptLibrary } from '../script-library/script-library.ts';
import type { ManyNodesSettings } from './processing.ts';

export interface SharedSettingsParts {
  stateDirectory: string;
  file: string;
  leaseSeconds: number | undefined;
  version: string;
  /** Where other nodes ask it, HOST:PORT. */
  address: string | undefined;
  /** Where its console is found, once it listens. */
  url(): string | undefined;
  clock: Clock;
  executor: Executor;
  configuration: Pick<Definition, 'activeDocument' | 'ensureRevisionFile'>;
  library: Pick<ScriptLibrary, 'follow'>;
  /** The active revision is another, and its bytes are here. */
  followed(): void;
  clusterChanged(): void;
  trouble(code: 'store', sentence: string | undefined): void;
  log(sentence: string): void;
  failed(error: unknown): void;
  stopped: AbortSignal;
}

const LEASE_SECONDS = 5;

/** How this node keeps its lease, what it says of itself, how it fences others, and what it does when something has changed. */
export function sharedSettings(parts: SharedSettingsParts): ManyNodesSettings {
  const { executor, configuration, clock, stopped } = parts;

  /** Another node has made a revision active: its bytes and scripts are here before anything goes by it. */
  async function follow(): Promise<void> {
    await configuration.ensureRevisionFile();
    await parts.library.follow();
    parts.followed();
  }

  return {
    ttlMs: (parts.leaseSeconds ?? LEASE_SECONDS) * 1000,
    file: parts.file,
    document() {
      const url = parts.url();
      const { version, address } = parts;
      const { bootId } = clock.reading();
      return { protocol: PROTOCOL, version, bootId, ...(address ? { address } : {}), ...(url ? { url } : {}) };
    },
    keep: leaseKeeping({
      stateDirectory: parts.stateDirectory,
      bootTime: bootTime(),
      wait: pause,
      deadline: (deadline) => executor.deadline(deadline),
      log: parts.log,
    }),
    async fence(node) {
      const revision = await configuration.activeDocument();
      return fencingOf(node, await fence(node, { executor, revision, wait: pause, signal: stopped }));
    },
    activeChanged: () => void follow().catch(parts.failed),
    clusterChanged: parts.clusterChanged,
    storeTroubled: (fault) => parts.trouble('store', fault && storeFaultSentence(fault)),
  };
}

async function pause(ms: number, signal: AbortSignal): Promise<void> {
  await sleep(ms, undefined, { signal }).catch(() => {});
}
