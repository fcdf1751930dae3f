import type { Change } from './backend.ts';

/** How many revisions a backend keeps for those that watch. */
export const REVISIONS_KEPT = 2000;

/** What a backend keeps of its last changes. */
export interface ChangeLog {
  /** Some of the revisions above `after`, in order; none when there is nothing newer. Throws `watch_too_old`. */
  read(after: number): { revision: number; changes: Change[] }[];
  /** Calls the listener after every commit and on close. */
  subscribe(listener: () => void): () => void;
  closed(): boolean;
}

/** Follows a change log. It reads from the log and keeps nothing itself, so a slow reader costs nothing. */
export async function* follow(log: ChangeLog, prefix: string, after: number, signal: AbortSignal): AsyncGenerator<Change[]> {
  let rung = false;
  let wake = () => {};
  const ring = () => {
    rung = true;
    wake();
  };
  const unsubscribe = log.subscribe(ring);
  signal.addEventListener('abort', ring);
  try {
    let seen = after;
    while (!signal.aborted && !log.closed()) {
      rung = false;
      const revisions = log.read(seen);
      for (const { revision, changes } of revisions) {
        seen = revision;
        const wanted = changes.filter((change) => keyOf(change).startsWith(prefix));
        if (wanted.length > 0) yield wanted;
        if (signal.aborted) return;
      }
      if (revisions.length > 0 || rung) continue;
      await new Promise<void>((resolve) => {
        wake = resolve;
      });
    }
  } finally {
    unsubscribe();
    signal.removeEventListener('abort', ring);
  }
}

export const keyOf = (change: Change): string => (change.type === 'put' ? change.item.key : change.key);

/** The listeners of one store. */
export function bell(): { ring(): void; subscribe(listener: () => void): () => void; listeners(): number } {
  const listeners = new Set<() => void>();
  return {
    ring: () => {
      for (const listener of [...listeners]) listener();
    },
    subscribe: (listener) => {
      listeners.add(listener);
      return () => listeners.delete(listener);
    },
    listeners: () => listeners.size,
  };
}
