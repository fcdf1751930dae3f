import { statSync } from 'node:fs';
import { dirname } from 'node:path';

/** What root would start must not be another's to change: the file or a directory above it that is. */
export function writableByOthers(path: string): string | undefined {
  const above = path === '/' ? undefined : writableByOthers(dirname(path));
  if (above !== undefined) return above;
  const { uid, mode } = statSync(path);
  const isSticky = (mode & 0o1000) !== 0;
  return (uid !== 0 && uid !== process.geteuid?.()) || ((mode & 0o022) !== 0 && !isSticky) ? path : undefined;
}
