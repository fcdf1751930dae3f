import type { Lease } from '@fallover/store';
import type { BootTime } from '../executor/boot-time.ts';
import type { NodeDeadline } from '../executor/executor.ts';
import { keepDeadline } from '../executor/kept-deadline.ts';
import type { LeaseEvents, LeaseKeeper } from './taking-part.ts';

export interface LeaseKeepingParts {
  stateDirectory: string;
  bootTime: BootTime;
  /** Ends early, without an error, when the signal says so. */
  wait(ms: number, signal: AbortSignal): Promise<void>;
  /** Told after each answer of the store: until then this node may act as a member. To be passed on to the launcher. */
  deadline(deadline: NodeDeadline): void;
  /** One sentence for the daemon's log. */
  log(sentence: string): void;
}

/** Of the granted time: after which a keepalive is sent, how long its answer is waited for, and the pause after a failure. */
const KEEP_AFTER = 1 / 3;
const ANSWERED_WITHIN = 1 / 4;
const PAUSE = 1 / 12;

/**
 * Keeps leases alive. The node's deadline counts from when an answered keepalive was *sent*: the store may have counted from
 * then, whenever the answer came. Before the first answer nothing is known, and there is no time left.
 */
export const leaseKeeping =
  ({ stateDirectory, bootTime, wait, deadline, log }: LeaseKeepingParts) =>
  (lease: Lease, on: LeaseEvents): LeaseKeeper => {
    const closing = new AbortController();
    const { signal } = closing;
    let latest = 0n;
    let warned = false;

    const leftMs = (): number => Math.max(0, Number(latest - bootTime()) / 1e6);

    const tell = (at: bigint): void => {
      latest = at;
      const told = { at, lease: lease.id };
      deadline(told);
      try {
        keepDeadline(stateDirectory, told);
      } catch (error) {
        if (!warned) log(`The deadline of this node cannot be kept for a restart of the cluster manager: ${messageOf(error)}`);
        warned = true;
      }
    };
    const answered = (sent: bigint): void => {
      const at = sent + BigInt(Math.floor(lease.ttlMs * 1e6));
      // An answer may overtake an earlier one.
      if (signal.aborted || at <= latest) return;
      const leftBefore = leftMs();
      tell(at);
      on.renewed(leftBefore);
    };
    /** Others may act in this node's place already. */
    const gone = (): void => {
      if (signal.aborted) return;
      closing.abort();
      tell(0n);
      on.lost();
    };

    /** True when the store has answered in time. */
    const keepOnce = async (): Promise<boolean> => {
      const sent = bootTime();
      const waited = new AbortController();
      const asked = lease.keepAlive().then(
        (lives) => {
          if (lives) answered(sent);
          else gone();
          return true;
        },
        (error) => {
          if (!signal.aborted) log(`The lease of this node was not renewed: ${messageOf(error)}`);
          return false;
        },
      );
      const silent = wait(lease.ttlMs * ANSWERED_WITHIN, AbortSignal.any([signal, waited.signal])).then(() => false);
      const inTime = await Promise.race([asked, silent]);
      waited.abort();
      return inTime;
    };

    const keep = async (): Promise<void> => {
      while (!signal.aborted) {
        const inTime = await keepOnce();
        await wait(lease.ttlMs * (inTime ? KEEP_AFTER : PAUSE), signal);
      }
    };

    void keep();
    return { leftMs, close: () => closing.abort() };
  };

const messageOf = (error: unknown): string => (error as Error).message;
