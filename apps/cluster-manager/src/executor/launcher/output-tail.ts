import type { StepLog } from './step-log.ts';

/** The end of a command's output, kept in memory: of what belongs to no run there is no log. */
export function outputTail(longest: number): { log: StepLog; text(): string } {
  let tail = Buffer.alloc(0);
  let written = 0;
  const append = (bytes: Buffer): void => {
    written += bytes.length;
    tail = Buffer.concat([tail, bytes.subarray(-longest)]).subarray(-longest);
  };
  return {
    log: {
      append,
      appendLater(bytes, done) {
        append(bytes);
        setImmediate(done);
      },
      written: () => written,
      lostFrom: () => undefined,
      close() {},
    },
    text: () => tail.toString(),
  };
}
