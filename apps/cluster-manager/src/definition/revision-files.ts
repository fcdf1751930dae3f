import { mkdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { writeDurably } from '../executor/launcher/write-durably.ts';
import { sha256 } from './documents.ts';

/** The bytes of revisions, each in a file named by its SHA-256: the launcher reads commands from there and nowhere else. */
export interface RevisionFiles {
  /** Durable when it returns, and known by its hash. Throws the system's error. */
  write(hash: string, text: string): void;
  /** Only bytes that have this hash; undefined when there are none. */
  read(hash: string): string | undefined;
  path(hash: string): string;
}

export function revisionFiles(directory: string): RevisionFiles {
  const path = (hash: string) => join(directory, `${hash}.json`);
  const read = (hash: string): string | undefined => {
    try {
      const bytes = readFileSync(path(hash));
      return sha256(bytes) === hash ? bytes.toString() : undefined;
    } catch {
      return undefined; // the store has it too
    }
  };
  return {
    path,
    read,
    write(hash, text) {
      if (read(hash) !== undefined) return;
      mkdirSync(directory, { recursive: true, mode: 0o700 });
      writeDurably(path(hash), text);
    },
  };
}
