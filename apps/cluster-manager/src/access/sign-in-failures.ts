const WINDOW_MS = 15 * 60 * 1000;
const PER_NAME_AND_ADDRESS = 5;
const PER_ADDRESS = 30;
const MOST_KEPT = 10_000;

export interface SignInFailures {
  /**
   * Counts the attempt as failed before it is tried, so that many at once are not all let through. Returns the seconds to
   * wait when there have been too many.
   */
  begin(name: string, address: string): number | undefined;
  /** The attempt did not fail. */
  succeeded(name: string, address: string): void;
}

/**
 * Failures are counted for a name from an address and for an address. They are not counted for a name alone: whoever
 * knows a name could lock its owner out from everywhere. Kept in memory, since a restart needs the administrator anyway.
 */
export function signInFailures({ now }: { now: () => number }): SignInFailures {
  const failures = new Map<string, { count: number; until: number }>();

  const found = (key: string) => {
    const entry = failures.get(key);
    if (entry && entry.until <= now()) failures.delete(key);
    return failures.get(key);
  };
  const count = (key: string) => {
    const entry = found(key);
    if (entry) entry.count += 1;
    else failures.set(key, { count: 1, until: now() + WINDOW_MS });
  };
  const forgetOldest = () => {
    for (const [key, entry] of failures) {
      if (failures.size <= MOST_KEPT && entry.until > now()) return;
      failures.delete(key);
    }
  };
  const pair = (name: string, address: string) => JSON.stringify([address, name]);

  return {
    begin(name, address) {
      const full = [
        { entry: found(address), limit: PER_ADDRESS },
        { entry: found(pair(name, address)), limit: PER_NAME_AND_ADDRESS },
      ].find(({ entry, limit }) => entry !== undefined && entry.count >= limit)?.entry;
      if (full) return Math.max(1, Math.ceil((full.until - now()) / 1000));
      count(address);
      count(pair(name, address));
      forgetOldest();
      return undefined;
    },
    succeeded(name, address) {
      failures.delete(pair(name, address));
      const entry = found(address);
      if (entry) entry.count -= 1;
    },
  };
}
