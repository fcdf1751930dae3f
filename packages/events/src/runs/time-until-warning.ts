/** Seconds between warnings at first; five of them, then each five at double the interval, up to hourly (DOMAIN.md section 2). */
const FIRST_INTERVAL = 30;
const WARNINGS_AN_INTERVAL = 5;
const LONGEST_INTERVAL = 3600;

/** Seconds after the event's start at which warning number `count + 1` is due. */
export function nextWarningAfter(timeUntilWarning: number, count: number): number {
  let seconds = timeUntilWarning;
  for (let given = 0; given < count; given += 1) {
    const doubled = Math.floor(given / WARNINGS_AN_INTERVAL);
    seconds += Math.min(FIRST_INTERVAL * 2 ** Math.min(doubled, 7), LONGEST_INTERVAL);
  }
  return seconds;
}
