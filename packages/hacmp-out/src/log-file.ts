import {
  closeSync,
  constants,
  fstatSync,
  ftruncateSync,
  mkdirSync,
  openSync,
  readSync,
  type Stats,
  statSync,
  writeSync,
} from 'node:fs';
import { dirname } from 'node:path';

/** As `fs.writeSync`. */
export type Write = (fd: number, bytes: Buffer, offset: number, length: number) => number;

/** A file that lines are appended to. Its functions throw as those of `fs` do. */
export interface LogFile {
  /** Opens it, or opens it again when somebody has removed or replaced it. */
  check(): Stats;
  /** All of it or nothing, so that no half line ever reads as a marker. */
  append(text: string): void;
  close(): void;
}

export function logFile(path: string, write: Write = writeSync): LogFile {
  let fd: number | undefined;
  let hasOpenLine = false;

  function open(): Stats {
    mkdirSync(dirname(path), { recursive: true, mode: 0o700 });
    // No link is followed, and a FIFO without a reader does not hold the daemon up.
    const { O_APPEND, O_CREAT, O_NOFOLLOW, O_NONBLOCK, O_RDWR } = constants;
    const opened = openSync(path, O_RDWR | O_APPEND | O_CREAT | O_NOFOLLOW | O_NONBLOCK, 0o600);
    const stats = fstatSync(opened);
    if (!stats.isFile()) {
      closeSync(opened);
      throw Object.assign(new Error(`${path} is not a regular file`), { code: 'not a regular file' });
    }
    const last = Buffer.alloc(1);
    hasOpenLine = stats.size > 0 && readSync(opened, last, 0, 1, stats.size - 1) === 1 && last[0] !== 0x0a;
    fd = opened;
    return stats;
  }

  function close(): void {
    if (fd !== undefined) closeSync(fd);
    fd = undefined;
  }

  function check(): Stats {
    if (fd === undefined) return open();
    const own = fstatSync(fd);
    const there = statSync(path, { throwIfNoEntry: false });
    if (there?.ino === own.ino && there.dev === own.dev) return own;
    close();
    return open();
  }

  function append(text: string): void {
    const { size } = check();
    const file = fd as number;
    const bytes = Buffer.from(hasOpenLine ? `\n${text}` : text);
    let done = 0;
    try {
      while (done < bytes.length) done += write(file, bytes, done, bytes.length - done);
      hasOpenLine = false;
    } catch (error) {
      if (done > 0) hasOpenLine = !isCutBack(file, size);
      throw error;
    }
  }

  return { check, append, close };
}

function isCutBack(fd: number, size: number): boolean {
  try {
    ftruncateSync(fd, size);
    return true;
  } catch {
    return false;
  }
}
