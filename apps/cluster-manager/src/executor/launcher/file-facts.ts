import { createHash } from 'node:crypto';
import { closeSync, constants, openSync, readSync, type Stats } from 'node:fs';

/** What a file is to the kernel that is to execute it, and its SHA-256. */
export type FileFacts = ({ form: 'program' | 'unknown' | 'unreadable' } | { form: 'script'; interpreter: string }) & {
  sha256?: string;
};

/** A larger file is started without its hash: reading it would keep other commands waiting. */
export const LARGEST_HASHED = 256 * 1024 * 1024;
/** The kernel reads no more of a file to find its interpreter. */
const HEAD = 256;

export function readFileFacts(path: string, file: Stats): FileFacts {
  return withFile(path, (fd) => {
    const buffer = Buffer.allocUnsafe(Math.min(Math.max(file.size, HEAD), 1024 * 1024));
    const first = readSync(fd, buffer, 0, buffer.length, 0);
    const form = formOf(buffer.subarray(0, Math.min(first, HEAD)));
    if (file.size > LARGEST_HASHED) return form;
    const hash = createHash('sha256');
    for (let bytes = first, at = 0; bytes > 0; bytes = readSync(fd, buffer, 0, buffer.length, at)) {
      hash.update(buffer.subarray(0, bytes));
      at += bytes;
    }
    return { ...form, sha256: hash.digest('hex') };
  });
}

/** The same without the hash. */
export const readFileForm = (path: string): FileFacts =>
  withFile(path, (fd) => {
    const head = Buffer.allocUnsafe(HEAD);
    return formOf(head.subarray(0, readSync(fd, head, 0, HEAD, 0)));
  });

/** A pipe that has just taken the place of the file is opened and read without waiting for anybody at its other end. */
export const READ_AT_ONCE = constants.O_RDONLY | constants.O_NONBLOCK;

function withFile(path: string, read: (fd: number) => FileFacts): FileFacts {
  let fd: number;
  try {
    fd = openSync(path, READ_AT_ONCE);
  } catch (error) {
    // A program may be executable and still not readable.
    if ((error as NodeJS.ErrnoException).code === 'EACCES') return { form: 'unreadable' };
    throw error;
  }
  try {
    return read(fd);
  } finally {
    closeSync(fd);
  }
}

function formOf(head: Buffer): FileFacts {
  if (head.toString('latin1', 0, 4) === '\x7fELF') return { form: 'program' };
  const interpreter = /^#![ \t]*([^ \t\n\0]+)/.exec(head.toString())?.[1];
  return interpreter === undefined ? { form: 'unknown' } : { form: 'script', interpreter };
}

const MOST_KEPT = 512;
/** A file that changed this shortly before may change again and keep its time. */
const CLOCK_GRAIN_MS = 100;

/** Remembers the facts of files that have not changed since. */
export function createFileFacts(now: () => number): (path: string, file: Stats) => FileFacts {
  const kept = new Map<string, FileFacts>();
  return (path, file) => {
    const key = `${file.dev} ${file.ino} ${file.size} ${file.mtimeMs} ${file.ctimeMs}`;
    const known = kept.get(key);
    if (known) return known;
    const settled = now() - file.ctimeMs > CLOCK_GRAIN_MS;
    const facts = readFileFacts(path, file);
    if (settled && facts.form !== 'unreadable') {
      if (kept.size >= MOST_KEPT) kept.clear();
      kept.set(key, facts);
    }
    return facts;
  };
}
