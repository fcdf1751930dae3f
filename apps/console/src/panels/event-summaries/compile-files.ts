import { type EventSummary, isoLocal, localClock } from '@fallover/events';
import { type LogScanner, logScanner, restOfLog } from './log-scanner.ts';

/** What was compiled from files that a person brought. The newest is the first; older ones than `MOST` are only counted. */
export interface CompiledFiles {
  summaries: EventSummary[];
  found: number;
}

/** Of a `File` only this is needed. */
export type LogFile = Pick<File, 'name' | 'size' | 'lastModified' | 'slice'>;

const SLICE = 1024 * 1024;
const MOST = 2000;

/** The event summaries of one log, read a slice at a time in this browser: nothing is sent, and no more than a slice is held. */
export async function compileFiles(
  files: readonly LogFile[],
  progress: (share: number) => void,
  signal: AbortSignal,
): Promise<CompiledFiles> {
  const clock = localClock();
  const bytes = files.reduce((sum, { size }) => sum + size, 0);
  let kept: EventSummary[] = [];
  let found = 0;
  const keep = (completed: readonly EventSummary[]): void => {
    found += completed.length;
    kept.push(...completed);
    if (kept.length > MOST * 2) kept = kept.slice(-MOST);
  };
  let scanner: LogScanner | undefined;
  let read = 0;
  for (const file of oldestFirst(files)) {
    scanner = logScanner(file.name, isoLocal(clock(file.lastModified)), scanner?.state());
    for (let offset = 0; offset < file.size; offset += SLICE) {
      const slice = await file.slice(offset, offset + SLICE).arrayBuffer();
      signal.throwIfAborted();
      keep(scanner.add(new Uint8Array(slice)));
      read += slice.byteLength;
      progress(bytes === 0 ? 1 : read / bytes);
    }
    keep(scanner.endOfFile());
  }
  if (scanner) keep(restOfLog(scanner));
  return { summaries: kept.slice(-MOST).reverse(), found };
}

/** `hacmp.out.7` to `hacmp.out.1`, then `hacmp.out`: an event may begin in one and end in the next. */
export function oldestFirst<Named extends { name: string }>(files: readonly Named[]): Named[] {
  const number = ({ name }: Named): number => Number(/\.(\d{1,3})$/.exec(name)?.[1] ?? 0);
  return [...files].sort((a, b) => number(b) - number(a));
}
