import type { ListValue } from './panel-context.ts';

/** The values that every typed word is found in. */
export function matching(values: readonly ListValue[], typed: string): readonly ListValue[] {
  const words = typed.toLowerCase().split(/\s+/);
  return values.filter(({ value, label = '', description = '' }) => {
    const text = `${value} ${label} ${description}`.toLowerCase();
    return words.every((word) => text.includes(word));
  });
}

/** The next line of a list for a key that moves in it; the ends meet. */
export function moved(key: string, at: number, length: number): number | undefined {
  if (length === 0) return undefined;
  if (key === 'ArrowDown') return (at + 1) % length;
  if (key === 'ArrowUp') return (at + length - 1) % length;
  if (key === 'PageDown') return Math.min(at + 10, length - 1);
  if (key === 'PageUp') return Math.max(at - 10, 0);
  return undefined;
}
