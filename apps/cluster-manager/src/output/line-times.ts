import { type FileHandle, open } from 'node:fs/promises';
import { type OutputTime, TIME_BYTES, timeFromBytes } from '../executor/output-times.ts';
import { readAt } from './line-index.ts';

const LATEST = 8.64e15;

/**
 * When the bytes at these offsets of a log came, which ascend; undefined where that is not known. A log of an earlier release
 * has no times, and whatever is damaged in them is no reason not to show the log.
 */
export async function timesOfLines(timesFile: string, offsets: readonly number[]): Promise<(number | undefined)[]> {
  const first = offsets[0];
  const last = offsets.at(-1);
  if (first === undefined || last === undefined) return [];
  const unknown = offsets.map(() => undefined);
  const file = await open(timesFile, 'r').catch(() => undefined);
  if (!file) return unknown;
  try {
    const count = Math.floor((await file.stat()).size / TIME_BYTES);
    const begin = await lastAtOrBefore(file, first, 0, count);
    const end = await lastAtOrBefore(file, last, begin, count);
    const times = parse(await readAt(file, begin * TIME_BYTES, (end - begin + 1) * TIME_BYTES));
    return times ? assign(times, offsets) : unknown;
  } catch {
    return unknown;
  } finally {
    await file.close();
  }
}

/** The number of the last record that begins at or before an offset; the first of all where there is none. */
async function lastAtOrBefore(file: FileHandle, offset: number, first: number, count: number): Promise<number> {
  let low = first;
  let high = count - 1;
  while (low < high) {
    const middle = Math.ceil((low + high) / 2);
    const { from } = timeFromBytes(await readAt(file, middle * TIME_BYTES, TIME_BYTES), 0);
    if (from <= offset) low = middle;
    else high = middle - 1;
  }
  return low;
}

/** Undefined where they are not what a launcher writes: each begins later in the log than the one before. */
function parse(bytes: Buffer): OutputTime[] | undefined {
  const times: OutputTime[] = [];
  for (let record = 0; record < Math.floor(bytes.length / TIME_BYTES); record += 1) {
    const time = timeFromBytes(bytes, record);
    const before = times.at(-1);
    if (time.at === 0 || time.at > LATEST || (before && time.from < before.from)) return undefined;
    times.push(time);
  }
  return times;
}

function assign(times: readonly OutputTime[], offsets: readonly number[]): (number | undefined)[] {
  let record = -1;
  return offsets.map((offset) => {
    while ((times[record + 1]?.from ?? Number.POSITIVE_INFINITY) <= offset) record += 1;
    return times[record]?.at;
  });
}
