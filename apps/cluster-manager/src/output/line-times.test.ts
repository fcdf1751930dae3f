import { appendFileSync, mkdtempSync, rmSync, truncateSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import fc from 'fast-check';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { timeToBytes } from '../executor/output-times.ts';
import { timesOfLines } from './line-times.ts';

let directory: string;
let file: string;
beforeEach(() => {
  directory = mkdtempSync(join(tmpdir(), 'fallover-times-'));
  file = join(directory, 'event.1.times');
});
afterEach(() => rmSync(directory, { recursive: true, force: true }));

const noted = (...times: [from: number, at: number][]): void =>
  writeFileSync(file, Buffer.concat(times.map(([from, at]) => timeToBytes({ from, at }))));

describe('the times of lines', () => {
  it('are those of the bytes with which they begin', async () => {
    noted([0, 1_000], [40, 2_000], [41, 3_000], [90, 2_500]);
    expect(await timesOfLines(file, [0, 39, 40, 41, 89, 90, 500])).toEqual([1_000, 1_000, 2_000, 3_000, 3_000, 2_500, 2_500]);
    expect(await timesOfLines(file, [60])).toEqual([3_000]);
    expect(await timesOfLines(file, [])).toEqual([]);
  });

  it('are not known where nothing was noted, as for a log of an earlier release', async () => {
    expect(await timesOfLines(file, [0, 10])).toEqual([undefined, undefined]);
    writeFileSync(file, '');
    expect(await timesOfLines(file, [0, 10])).toEqual([undefined, undefined]);
    // An earlier launcher had noted nothing; the one that went on with the log did.
    noted([30, 5_000]);
    expect(await timesOfLines(file, [0, 29, 30])).toEqual([undefined, undefined, 5_000]);
  });

  it('are not known where they are damaged; half a record at the end is none', async () => {
    noted([0, 1_000], [40, 2_000]);
    truncateSync(file, 20);
    expect(await timesOfLines(file, [0, 40])).toEqual([1_000, 1_000]);
    writeFileSync(file, Buffer.alloc(240));
    expect(await timesOfLines(file, [0, 40])).toEqual([undefined, undefined]);
    noted([0, 1_000], [40, 2_000], [20, 3_000], [60, 4_000]);
    expect(await timesOfLines(file, [0, 70])).toEqual([undefined, undefined]);
    appendFileSync(file, 'not a time at all');
    expect(await timesOfLines(file, [0, 70])).toEqual([undefined, undefined]);
  });

  it('are the same as a plain search through all records gives', async () => {
    const ascending = fc.uniqueArray(fc.nat(2_000), { minLength: 1, maxLength: 200 }).map((all) => all.sort((a, b) => a - b));
    await fc.assert(
      fc.asyncProperty(ascending, ascending, async (records, offsets) => {
        noted(...records.map((from, index): [number, number] => [from, index + 1]));
        const expected = offsets.map((offset) => records.filter((from) => from <= offset).length || undefined);
        expect(await timesOfLines(file, offsets)).toEqual(expected);
      }),
      { numRuns: 100 },
    );
  });
});
