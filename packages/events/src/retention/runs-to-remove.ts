/** What is known of a run that is kept. */
export interface KeptRun {
  id: string;
  /** It runs or waits for a decision. */
  open: boolean;
  /** When it ended, in milliseconds since 1970. */
  endedAt: number;
  /** Of its output. */
  bytes: number;
}

export interface KeepLimits {
  /** Runs that ended before this moment go. */
  since: number;
  /** All output together; where it is more, the oldest runs go. */
  bytes: number;
}

/** Which runs are not kept any longer, oldest first; never one that is open. `total` is the output of all runs that there are. */
export function runsToRemove(oldestFirst: readonly KeptRun[], total: number, limits: KeepLimits): KeptRun[] {
  let left = total;
  return oldestFirst.filter((run) => {
    if (run.open || (run.endedAt >= limits.since && left <= limits.bytes)) return false;
    left -= run.bytes;
    return true;
  });
}
