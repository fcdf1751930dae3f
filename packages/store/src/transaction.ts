import type { Comparison, Transaction, Versioned } from './backend.ts';

/** A key that stands twice in a transaction is a defect of the caller: which write would hold? */
export function assertKeysOnce({ put = [], delete: deleted = [] }: Transaction): void {
  const seen = new Set<string>();
  for (const key of [...put.map((item) => item.key), ...deleted]) {
    if (seen.has(key)) throw new Error(`The key ${key} stands twice in one transaction.`);
    seen.add(key);
  }
}

/** Whether a key is as it was read. */
export const holds = (comparison: Comparison, item: Versioned | undefined): boolean =>
  'created' in comparison ? item?.created === comparison.created : (item?.revision ?? 0) === comparison.revision;

/** The first text, bytewise, behind every text that begins with the prefix; undefined when there is none. */
export function endOfPrefix(prefix: string): string | undefined {
  const points = [...prefix].map((letter) => letter.codePointAt(0) as number);
  for (let last = points.pop(); last !== undefined; last = points.pop()) {
    if (last === 0x10ffff) continue;
    const next = last === 0xd7ff ? 0xe000 : last + 1; // surrogates are no characters
    return String.fromCodePoint(...points, next);
  }
  return undefined;
}
