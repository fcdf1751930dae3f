import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { getHacmpOut, searchHacmpOut } from '@fallover/contract';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { outputLines } from '../output/output-lines.ts';
import { logContextUseCases } from './log-context.ts';

let directory: string;
let path: string;
const { signal } = new AbortController();
beforeEach(() => {
  directory = mkdtempSync(join(tmpdir(), 'fallover-log-'));
  path = join(directory, 'hacmp.out');
});
afterEach(() => rmSync(directory, { recursive: true, force: true }));

// biome-ignore lint/suspicious/noExplicitAny: the context of a request beyond its signal is not looked at
const context = { signal } as any;
const useCases = () => logContextUseCases({ path, lines: outputLines(signal, () => {}) });
const get = async (query: object) =>
  useCases().getHacmpOut({ query: getHacmpOut.query.parse(query), parameters: undefined, body: undefined }, context);
const search = async (query: object) =>
  useCases().searchHacmpOut({ query: searchHacmpOut.query.parse(query), parameters: undefined, body: undefined }, context);

describe('hacmp.out in its context', () => {
  it('is read around a byte', async () => {
    writeFileSync(path, 'one\ntwo\nthree\nfour\nfive\n');
    const reply = await get({ from: 9, before: 1, length: 6 });
    expect(reply).toMatchObject({ ok: true, value: { file: 'hacmp.out', files: ['hacmp.out'], next: 19, size: 24 } });
    expect('value' in reply && reply.value.lines.map(({ text, offset }) => `${offset} ${text}`)).toEqual([
      '4 two',
      '8 three',
      '14 four',
    ]);
    expect(await get({ before: 1 })).toMatchObject({ value: { lines: [{ text: 'five', offset: 19 }], next: 24 } });
  });

  it('is one of the files of the log and nothing else', async () => {
    writeFileSync(path, 'new\n');
    writeFileSync(`${path}.1`, 'old\n');
    writeFileSync(join(directory, 'daemon.log'), 'secret\n');
    expect(await get({ file: `${path}.1`, from: 0 })).toMatchObject({ value: { file: 'hacmp.out.1', lines: [{ text: 'old' }] } });
    for (const file of ['daemon.log', '../journal.db', 'hacmp.out.8', `${directory}/daemon.log`, ''])
      expect(await get({ file })).toMatchObject({ ok: false, error: { code: 'log_file_not_found', status: 404 } });
    expect(await get({ file: 'hacmp.out.7' })).toMatchObject({
      error: {
        sentence: '"hacmp.out.7" is not a file of the log, or it was rotated away meanwhile. There are: hacmp.out, hacmp.out.1.',
      },
    });
  });

  it('is empty before the first event', async () => {
    expect(await get({})).toMatchObject({ value: { lines: [], size: 0, files: [] } });
  });

  it('is searched, the newest file first, and the search goes on at its cursor', async () => {
    writeFileSync(path, 'a\nReference string: x.ref\nSearch on: x.ref\n');
    writeFileSync(`${path}.1`, 'Reference string: x.ref\nx.ref\n');
    const found = async (query: object) => {
      const reply = await search({ text: 'x.ref', ...query });
      return 'value' in reply
        ? [reply.value.matches.map(({ file, offset, text }) => `${file} ${offset} ${text}`), reply.value.cursor]
        : reply;
    };
    expect(await found({ text: 'reference string: x.ref' })).toEqual([
      ['hacmp.out 2 Reference string: x.ref', 'hacmp.out.1 0 Reference string: x.ref'],
      undefined,
    ]);
    expect(await found({ limit: 2 })).toEqual([
      ['hacmp.out 2 Reference string: x.ref', 'hacmp.out 26 Search on: x.ref'],
      { file: 'hacmp.out.1', from: 0 },
    ]);
    expect(await found({ limit: 1, file: 'hacmp.out.1' })).toEqual([
      ['hacmp.out.1 0 Reference string: x.ref'],
      { file: 'hacmp.out.1', from: 24 },
    ]);
    expect(await found({ file: 'hacmp.out.1', from: 24 })).toEqual([['hacmp.out.1 24 x.ref'], undefined]);
  });
});
