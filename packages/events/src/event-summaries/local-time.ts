/** A moment as a clock on the wall of the node shows it. A log holds such times, without their offset. */
export interface LocalTime {
  year: number;
  /** 1 to 12. */
  month: number;
  day: number;
  /** 0 is Sunday. */
  weekday: number;
  hour: number;
  minute: number;
  second: number;
  /** The zone's short name, such as UTC or CET. */
  zone: string;
}

export const MONTHS = ['Jan', 'Feb', 'Mar', 'Apr', 'May', 'Jun', 'Jul', 'Aug', 'Sep', 'Oct', 'Nov', 'Dec'] as const;
export const WEEKDAYS = ['Sun', 'Mon', 'Tue', 'Wed', 'Thu', 'Fri', 'Sat'] as const;

/** The wall clock of a time zone (an IANA name; the system's own when none is given). */
export function localClock(timeZone?: string): (ms: number) => LocalTime {
  const format = new Intl.DateTimeFormat('en-GB', {
    ...(timeZone === undefined ? {} : { timeZone }),
    hourCycle: 'h23',
    year: 'numeric',
    month: 'numeric',
    day: 'numeric',
    weekday: 'short',
    hour: 'numeric',
    minute: 'numeric',
    timeZoneName: 'short',
  });
  // Offsets only change at whole minutes, so one formatting serves every moment of a minute.
  let cached: { minute: number; time: LocalTime } | undefined;
  return (ms) => {
    const minute = Math.floor(ms / 60_000);
    if (cached?.minute !== minute) {
      const parts = new Map<string, string>(format.formatToParts(minute * 60_000).map((part) => [part.type, part.value]));
      const number = (type: string) => Number(parts.get(type));
      const time: LocalTime = {
        year: number('year'),
        month: number('month'),
        day: number('day'),
        weekday: WEEKDAYS.indexOf(parts.get('weekday') as (typeof WEEKDAYS)[number]),
        hour: number('hour'),
        minute: number('minute'),
        second: 0,
        zone: parts.get('timeZoneName') ?? 'UTC',
      };
      cached = { minute, time };
    }
    return { ...cached.time, second: Math.floor(ms / 1000) - minute * 60 };
  };
}

const two = (value: number) => String(value).padStart(2, '0');

export const clockTime = (time: LocalTime): string => `${two(time.hour)}:${two(time.minute)}:${two(time.second)}`;
export const localDate = (time: LocalTime): string => `${String(time.year).padStart(4, '0')}-${two(time.month)}-${two(time.day)}`;

/** `2026-11-23T14:22:10`: ISO 8601 without an offset. Such texts compare as the times do. */
export const isoLocal = (time: LocalTime): string => `${localDate(time)}T${clockTime(time)}`;

/** Of a date in words as a log has it, `clock` being `hh:mm:ss`; undefined when it is none. */
export function isoOfWords(month: string, day: string, clock: string, year: string | number): string | undefined {
  const number = MONTHS.indexOf(month as (typeof MONTHS)[number]) + 1;
  const isDay = number > 0 && Number(day) >= 1 && Number(day) <= 31;
  // Two digits each, so the text compares as the number does.
  if (!isDay || clock.slice(0, 2) > '23' || clock.slice(3, 5) > '59' || clock.slice(6) > '60') return undefined;
  return `${String(year).padStart(4, '0')}-${two(number)}-${two(Number(day))}T${clock}`;
}
