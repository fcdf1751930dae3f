import type { BootTime } from '../boot-time.ts';
import type { NodeDeadline } from '../executor.ts';

/** So long before the node's deadline it stops acting: nobody else acts in its place before the deadline itself. */
const STOP_BEFORE_NS = 1_000_000_000n;
/** A timer stands still while the machine is suspended, the deadline does not: it is looked at again this often. */
const LOOK_MS = 100;

/** Until when this node may act as a member of the cluster, whatever has become of its daemon. */
export interface OwnDeadline {
  /** Null: there is none, as for a node that is alone. */
  set(deadline: NodeDeadline | null): void;
  /** From a second before the deadline on: nothing may be started. */
  isOver(): boolean;
  /** Something runs now that has to be ended when it is over. */
  watch(): void;
}

export interface OwnDeadlineParts {
  bootTime: BootTime;
  /** Whether anything still runs that has to be ended. */
  isWatched(): boolean;
  /** The deadline by this lease as a later daemon keeps it; undefined where there is no other than the one that is known. */
  renewed(lease: string): bigint | undefined;
  /** Ends it. */
  over(): void;
}

export function ownDeadline({ bootTime, isWatched, renewed, over }: OwnDeadlineParts): OwnDeadline {
  let deadline: NodeDeadline | null = null;
  let timer: NodeJS.Timeout | undefined;

  const nanosecondsLeft = (at: bigint): bigint => at - STOP_BEFORE_NS - bootTime();
  const look = (): void => {
    clearTimeout(timer);
    if (deadline === null || !isWatched()) return;
    let left = nanosecondsLeft(deadline.at);
    if (left <= 0n) left = nanosecondsLeft(renewed(deadline.lease) ?? deadline.at);
    if (left <= 0n) over();
    else timer = setTimeout(look, Math.min(Math.ceil(Number(left) / 1e6), LOOK_MS));
  };

  return {
    set(next) {
      deadline = next;
      look();
    },
    isOver: () => deadline !== null && nanosecondsLeft(deadline.at) <= 0n,
    watch: look,
  };
}
