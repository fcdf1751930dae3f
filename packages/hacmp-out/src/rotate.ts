import { existsSync, renameSync } from 'node:fs';

/** How many days of log are kept beside the current one. */
const KEPT = 7;

/**
 * `hacmp.out` becomes `hacmp.out.1`, that `.2`, and so on; the seventh goes. Each rename is atomic. A rotation that was
 * interrupted leaves a free number, up to which the next one moves, so that it loses nothing.
 */
export function rotate(path: string): void {
  const numbered = (number: number) => `${path}.${number}`;
  let free = 1;
  while (free < KEPT && existsSync(numbered(free))) free++;
  for (let number = free; number > 1; number--) renameSync(numbered(number - 1), numbered(number));
  renameSync(path, numbered(1));
}

/** The log's own files, oldest first. */
export const filesOfLog = (path: string): string[] => [
  ...Array.from({ length: KEPT }, (_, index) => `${path}.${KEPT - index}`).filter((file) => existsSync(file)),
  ...(existsSync(path) ? [path] : []),
];
