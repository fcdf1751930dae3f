import { closeSync, constants, fstatSync, ftruncateSync, openSync, writeSync } from 'node:fs';
import { isWorthNoting, type OutputTime, TIME_BYTES, timeToBytes } from '../output-times.ts';

/** Notes when the output of one step comes. It never fails: what cannot be noted is not known, and the output goes on. */
export interface StepTimes {
  /** Bytes from this one of the log on come now. */
  came(from: number): void;
  close(): void;
}

/** The file is made with the first output: many commands have none. */
export function stepTimes(file: string, now: () => number): StepTimes {
  let fd: number | undefined;
  let last: OutputTime | undefined;
  let records = 0;
  let isGivenUp = false;

  function open(): number {
    const opened = openSync(file, constants.O_RDWR | constants.O_CREAT | constants.O_APPEND, 0o600);
    const { size } = fstatSync(opened);
    records = Math.floor(size / TIME_BYTES);
    // An earlier launcher died while it wrote the last one.
    if (size % TIME_BYTES !== 0) ftruncateSync(opened, records * TIME_BYTES);
    fd = opened;
    return opened;
  }

  function close(): void {
    if (fd !== undefined) closeSync(fd);
    fd = undefined;
  }

  return {
    came(from) {
      const at = now();
      if (isGivenUp || !isWorthNoting(last, at, records)) return;
      try {
        if (writeSync(fd ?? open(), timeToBytes({ from, at })) < TIME_BYTES) throw new Error('The disk is full.');
        last = { from, at };
        records += 1;
      } catch {
        isGivenUp = true;
        close();
      }
    },
    close,
  };
}
