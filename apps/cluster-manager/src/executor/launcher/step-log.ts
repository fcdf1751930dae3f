import { closeSync, constants, fstatSync, mkdirSync, openSync, write, writeSync } from 'node:fs';
import { dirname } from 'node:path';
import { stepLogFile, timesFileOf } from '../state-files.ts';
import { stepTimes } from './step-times.ts';

/** The log of one step's output: bytes as they came, in order; beside it stands when they did. */
export interface StepLog {
  append(bytes: Buffer): void;
  /** As `append`, without keeping others waiting for the disk. One at a time; never done before it returns. */
  appendLater(bytes: Buffer, done: () => void): void;
  written(): number;
  /** The first byte that could not be written: from there on the output is lost, so that the log has no holes. */
  lostFrom(): number | undefined;
  close(): void;
}

/** A step is started once: the log of a step that was started before is not opened again, which the error EEXIST tells. */
export const createStepLog = (stateDirectory: string, step: string, now: () => number): StepLog =>
  open(stateDirectory, step, now, constants.O_EXCL);

/** Goes on with the log of a step whose launcher is gone. */
export const continueStepLog = (stateDirectory: string, step: string, now: () => number): StepLog =>
  open(stateDirectory, step, now, 0);

function open(stateDirectory: string, step: string, now: () => number, flags: number): StepLog {
  const file = stepLogFile(stateDirectory, step);
  mkdirSync(dirname(file), { recursive: true, mode: 0o700 });
  const fd = openSync(file, constants.O_WRONLY | constants.O_CREAT | constants.O_APPEND | flags, 0o600);
  const before = flags === constants.O_EXCL ? 0 : fstatSync(fd).size;
  const times = stepTimes(timesFileOf(file), now);
  let written = 0;
  let lostFrom: number | undefined;
  return {
    append(bytes) {
      if (lostFrom === undefined) times.came(before + written);
      try {
        for (let at = 0; at < bytes.length && lostFrom === undefined; ) {
          const count = writeSync(fd, bytes, at);
          at += count;
          written += count;
        }
      } catch {
        lostFrom = written;
      }
    },
    appendLater(bytes, done) {
      const from = (at: number): void => {
        write(fd, bytes, at, bytes.length - at, null, (error, count) => {
          if (error) lostFrom = written;
          else written += count;
          if (error || at + count >= bytes.length) done();
          else from(at + count);
        });
      };
      if (lostFrom !== undefined) {
        setImmediate(done);
        return;
      }
      times.came(before + written);
      from(0);
    },
    written: () => written,
    lostFrom: () => lostFrom,
    close() {
      times.close();
      closeSync(fd);
    },
  };
}
