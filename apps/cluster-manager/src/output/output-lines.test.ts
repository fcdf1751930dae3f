import { appendFileSync, mkdtempSync, renameSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import fc from 'fast-check';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { type OutputLines, outputLines, type Place } from './output-lines.ts';

let directory: string;
let path: string;
let output: OutputLines;
const stopped = new AbortController();
const signal = new AbortController().signal;
beforeEach(() => {
  directory = mkdtempSync(join(tmpdir(), 'fallover-lines-'));
  path = join(directory, 'log');
  output = outputLines(stopped.signal, (error) => {
    throw error;
  });
});
afterEach(() => rmSync(directory, { recursive: true, force: true }));

const read = async (place: Place, count = 3) =>
  (await output.lines(path, place, count, signal)).lines.map(({ line, text }) => `${line} ${text}`);
const numbered = (count: number): string => Array.from({ length: count }, (_, line) => `line ${line}\n`).join('');

describe('lines of an output', () => {
  it('are read by number, from the end, and around a byte', async () => {
    writeFileSync(path, numbered(100_000));
    expect(await read({ line: 0 })).toEqual(['0 line 0', '1 line 1', '2 line 2']);
    expect(await read({ line: 54_321 }, 1)).toEqual(['54321 line 54321']);
    expect(await read({ line: -2 })).toEqual(['99998 line 99998', '99999 line 99999']);
    expect(await read({ line: 100_000 })).toEqual([]);
    const { lines } = await output.lines(path, { line: 70_000 }, 1, signal);
    const at = (lines[0]?.offset ?? 0) + 3;
    expect(await read({ at, before: 2 }, 2)).toEqual([
      '69998 line 69998',
      '69999 line 69999',
      '70000 line 70000',
      '70001 line 70001',
    ]);
    expect(await read({ at, before: 2 }, 0)).toEqual(['69998 line 69998', '69999 line 69999']);
    expect(await output.lines(path, { line: -1 }, 9, signal)).toMatchObject({
      total: 100_000,
      indexing: false,
      size: 1_088_890,
      next: 1_088_890,
    });
  });

  it('are followed while the output grows, the last one too that has not ended', async () => {
    writeFileSync(path, 'one\ntw');
    const first = await output.lines(path, { line: -5 }, 9, signal);
    expect(first).toEqual({
      lines: [
        { line: 0, offset: 0, text: 'one', bytes: 3 },
        { line: 1, offset: 4, text: 'tw', bytes: 2, open: true },
      ],
      next: 6,
      total: 2,
      indexing: false,
      size: 6,
      identity: first.identity,
    });
    appendFileSync(path, 'o\nthree\n');
    expect(await read({ at: 4, before: 0 })).toEqual(['1 two', '2 three']);
  });

  it('are of another file once the log is rotated, which its identity tells', async () => {
    writeFileSync(path, 'old\n');
    const old = await output.lines(path, { line: 0 }, 9, signal);
    renameSync(path, `${path}.1`);
    writeFileSync(path, 'new\n');
    const next = await output.lines(path, { line: 0 }, 9, signal);
    expect([old.lines[0]?.text, next.lines[0]?.text]).toEqual(['old', 'new']);
    expect(next.identity).not.toBe(old.identity);
    expect((await output.lines(`${path}.1`, { line: 0 }, 9, signal)).identity).toBe(old.identity);
  });

  it('that are long are cut, and what is no UTF-8 is shown as such', async () => {
    writeFileSync(path, `${'é'.repeat(1_000_000)}\n`);
    appendFileSync(path, Buffer.from([0x61, 0xff, 0x62, 0x0a]));
    const { lines } = await output.lines(path, { line: 0 }, 9, signal);
    expect(lines.map(({ text, ...line }) => [text.length, line])).toEqual([
      [8_192, { line: 0, offset: 0, bytes: 2_000_000, cut: 1_983_616 }],
      [3, { line: 1, offset: 2_000_001, bytes: 3 }],
    ]);
    expect(lines[1]?.text).toBe('a\ufffdb');
    expect((await output.lines(path, { line: -1 }, 1, signal)).lines[0]?.line).toBe(1);
    writeFileSync(path, 'x'.repeat(20_000));
    expect((await output.lines(path, { line: -1 }, 1, signal)).lines).toMatchObject([
      { line: 0, bytes: 20_000, cut: 3_616, open: true },
    ]);
  });

  it('are none where nothing was written', async () => {
    expect(await output.lines(path, { line: -9 }, 9, signal)).toEqual({
      lines: [],
      next: 0,
      total: 0,
      indexing: false,
      size: 0,
      identity: '',
    });
  });

  it('are no more in one reply than a request should hold, whichever end they are asked from', async () => {
    writeFileSync(path, `${`${'y'.repeat(20_000)}\n`.repeat(400)}last\n`);
    expect((await output.lines(path, { line: 0 }, 1_000, signal)).lines).toHaveLength(128);
    expect((await output.lines(path, { line: -1_000 }, 1_000, signal)).lines.at(-1)).toMatchObject({ line: 400, text: 'last' });
  });

  it('are the same as a plain split gives, wherever one begins', async () => {
    const texts = fc.array(
      fc.oneof(
        fc.constantFrom('', 'a', '\n', 'ab\n'),
        fc.nat(300_000).map((length) => 'z'.repeat(length)),
      ),
      { maxLength: 9 },
    );
    await fc.assert(
      fc.asyncProperty(texts, fc.integer({ min: -12, max: 12 }), async (parts, line) => {
        const text = parts.join('');
        writeFileSync(path, text);
        output = outputLines(stopped.signal, () => {});
        const expected = (text.endsWith('\n') ? text.slice(0, -1) : text).split('\n');
        if (text === '') expected.pop();
        const from = line < 0 ? Math.max(0, expected.length + line) : line;
        const { lines, total } = await output.lines(path, { line }, 5, signal);
        expect(total).toBe(expected.length);
        const wanted = expected.slice(from, from + 5).map((one, index) => [from + index, one.length]);
        expect(lines.map(({ line: number, bytes }) => [number, bytes])).toEqual(wanted);
      }),
      { numRuns: 40 },
    );
  });
});

describe('searching an output', () => {
  const search = async (text: string, more: object = {}) =>
    output.search(path, { text, direction: 'forward', most: 10, ...more }, signal);
  const lines = ({ matches }: { matches: { line?: number }[] }) => matches.map(({ line }) => line);

  it('finds each line once, forward and backward, capital letters or not', async () => {
    writeFileSync(path, `${numbered(60_000)}an Error and an ERROR\n${numbered(60_000)}error\n`);
    expect(lines(await search('ERROR'))).toEqual([60_000, 120_001]);
    expect(lines(await search('error', { direction: 'backward' }))).toEqual([120_001, 60_000]);
    expect(lines(await search('error', { line: 60_001 }))).toEqual([120_001]);
    expect(lines(await search('error', { line: 60_000, direction: 'backward' }))).toEqual([]);
    expect(lines(await search('line 3', { most: 2 }))).toEqual([3, 30]);
    expect(await search('nowhere')).toEqual({ matches: [], indexing: false });
  });

  it('goes on at its cursor', async () => {
    writeFileSync(path, numbered(1_000));
    const first = await search('line 99', { most: 2 });
    expect(lines(first)).toEqual([99, 990]);
    const more = await search('line 99', { most: 20, at: first.cursor });
    expect(lines(more)).toEqual([991, 992, 993, 994, 995, 996, 997, 998, 999]);
    expect(more.cursor).toBeUndefined();
    const last = await search('line 99', { most: 2, direction: 'backward' });
    expect(lines(last)).toEqual([999, 998]);
    expect(lines(await search('line 99', { most: 1, direction: 'backward', at: last.cursor }))).toEqual([997]);
  });

  it('finds a text across the borders of what is read at once, and tells letters apart that only look alike as bytes', async () => {
    writeFileSync(path, `${'.'.repeat(256 * 1024 - 3)}needle\n\u3069\nÉ é\n`);
    expect(lines(await search('needle'))).toEqual([0]);
    expect(lines(await search('needle', { direction: 'backward' }))).toEqual([0]);
    expect(lines(await search('é'))).toEqual([2]);
  });

  it('finds what a plain search finds', async () => {
    const words = fc.array(fc.constantFrom('ab', 'b', 'c\n', '\n', 'x'.repeat(200_000)), { maxLength: 12 });
    await fc.assert(
      fc.asyncProperty(words, fc.constantFrom('ab', 'b', 'xab', 'bb'), async (parts, needle) => {
        const text = parts.join('');
        writeFileSync(path, text);
        output = outputLines(stopped.signal, () => {});
        const expected = text.split('\n').flatMap((line, number) => (line.includes(needle) ? [number] : []));
        expect(lines(await search(needle, { most: 99 }))).toEqual(expected);
        expect(lines(await search(needle, { most: 99, direction: 'backward' }))).toEqual(expected.reverse());
      }),
      { numRuns: 40 },
    );
  });
});
