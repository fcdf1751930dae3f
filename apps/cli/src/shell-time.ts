import { clockTime, localClock, localDate } from '@fallover/events';

const localTime = localClock();

/** In tables and sentences, as in hacmp.out and the console: `2026-11-23 15:22:10` in the time zone of whoever looks. */
export function shellTime(iso: string): string {
  const ms = Date.parse(iso);
  if (Number.isNaN(ms)) return iso;
  const time = localTime(ms);
  return `${localDate(time)} ${clockTime(time)}`;
}
