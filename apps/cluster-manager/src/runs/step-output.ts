import { appendFileSync, mkdirSync, statSync } from 'node:fs';
import { open } from 'node:fs/promises';
import { dirname } from 'node:path';
import { timeToBytes } from '../executor/output-times.ts';
import { timesFileOf } from '../executor/state-files.ts';

/** The logs of a run: a file a step, raw bytes. The launcher writes those of commands; here built-in commands write theirs. */
export interface StepOutput {
  append(step: string, text: string): void;
  /** Bytes so far; 0 while there is none. */
  size(step: string): number;
  read(step: string, from: number, length: number): Promise<Buffer>;
}

export function stepOutput(fileOf: (step: string) => string, now: () => number, trouble: (reason: string) => void): StepOutput {
  const size = (step: string): number => statSync(fileOf(step), { throwIfNoEntry: false })?.size ?? 0;
  const noteTime = (step: string): void => {
    try {
      appendFileSync(timesFileOf(fileOf(step)), timeToBytes({ from: size(step), at: now() }), { mode: 0o600 });
    } catch {
      // When it was written is then not known; that it cannot be written is told with the text.
    }
  };
  return {
    append(step, text) {
      try {
        mkdirSync(dirname(fileOf(step)), { recursive: true, mode: 0o700 });
        noteTime(step);
        appendFileSync(fileOf(step), text, { mode: 0o600 });
      } catch (error) {
        trouble((error as Error).message);
      }
    },
    size,
    async read(step, from, length) {
      const file = await open(fileOf(step)).catch((error: NodeJS.ErrnoException) => {
        if (error.code === 'ENOENT') return undefined;
        throw error;
      });
      if (!file) return Buffer.alloc(0);
      try {
        const { bytesRead, buffer } = await file.read(Buffer.alloc(length), 0, length, from);
        return buffer.subarray(0, bytesRead);
      } finally {
        await file.close();
      }
    },
  };
}
