export interface HowLong {
  label: string;
  minutes: number;
}

const MINUTE = 60_000;
/** When people are at work again. */
const MORNING = 8;

/** For how long, as somebody says it; the last ones by the clock of whoever looks. */
export function choicesAt(now: Date): HowLong[] {
  const morning = new Date(now);
  morning.setHours(MORNING, 0, 0, 0);
  if (morning <= now) morning.setDate(morning.getDate() + 1);
  const minutes = Math.max(1, Math.ceil((morning.getTime() - now.getTime()) / MINUTE));
  const today = morning.toDateString() === now.toDateString();
  return [
    { label: '30 minutes', minutes: 30 },
    { label: '1 hour', minutes: 60 },
    { label: '2 hours', minutes: 120 },
    { label: '4 hours', minutes: 240 },
    { label: `until ${today ? 'this' : 'tomorrow'} morning, 08:00`, minutes },
    { label: '1 day', minutes: 24 * 60 },
    { label: '3 days', minutes: 3 * 24 * 60 },
    { label: '7 days, the longest', minutes: 7 * 24 * 60 },
  ];
}
