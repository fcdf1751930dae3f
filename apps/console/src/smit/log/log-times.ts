export const TIMES_SHOWN = ['off', 'local', 'utc'] as const;
/** Whether lines have before them when they came, and by which clock. */
export type TimeShown = (typeof TIMES_SHOWN)[number];

const MONTHS = ['Jan', 'Feb', 'Mar', 'Apr', 'May', 'Jun', 'Jul', 'Aug', 'Sep', 'Oct', 'Nov', 'Dec'];
const two = (value: number): string => String(value).padStart(2, '0');

/** `Nov 25 14:22:10.3`, by the browser's clock, or with a Z by that of Greenwich; always of the same width. */
export function lineTime(at: number, by: Exclude<TimeShown, 'off'>): string {
  const minutesBehind = by === 'utc' ? 0 : new Date(at).getTimezoneOffset();
  const shown = new Date(at - minutesBehind * 60_000);
  const day = `${MONTHS[shown.getUTCMonth()]} ${two(shown.getUTCDate())}`;
  const time = `${two(shown.getUTCHours())}:${two(shown.getUTCMinutes())}:${two(shown.getUTCSeconds())}`;
  return `${day} ${time}.${Math.floor(shown.getUTCMilliseconds() / 100)}${by === 'utc' ? 'Z' : ''}`;
}
