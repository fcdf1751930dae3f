import koffi from 'koffi';

const CLOCK_BOOTTIME = 7;

/**
 * Nanoseconds since the machine was started: common to all its processes, counting the time in which it was suspended, and
 * never set. What a deadline of this node is told in; it says nothing to another node.
 */
export type BootTime = () => bigint;

export function bootTime(): BootTime {
  const gettime = koffi.load(null).func('int clock_gettime(int clock, _Out_ int64_t *time)');
  const read = [0, 0];
  return () => {
    if (gettime(CLOCK_BOOTTIME, read) !== 0) throw Object.assign(new Error('No clock'), { errno: koffi.errno() });
    const [seconds = 0, nanoseconds = 0] = read;
    return BigInt(seconds) * 1_000_000_000n + BigInt(nanoseconds);
  };
}
