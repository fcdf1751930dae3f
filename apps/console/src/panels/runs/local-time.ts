const two = (value: number): string => String(value).padStart(2, '0');

/** A moment as an entry of date and time has it, in the browser's time zone; empty for what is none. */
export function localTime(moment: string | undefined): string {
  const at = new Date(moment ?? '');
  if (Number.isNaN(at.getTime())) return '';
  return `${at.getFullYear()}-${two(at.getMonth() + 1)}-${two(at.getDate())}T${two(at.getHours())}:${two(at.getMinutes())}`;
}

/** The moment that was entered, in the one form that means the same in every time zone; empty for what is none. */
export function momentOf(local: string): string {
  const at = new Date(local);
  return Number.isNaN(at.getTime()) ? '' : at.toISOString();
}
