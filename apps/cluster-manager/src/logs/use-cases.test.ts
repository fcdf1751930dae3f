import { mkdtempSync, rmSync, utimesSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { Readable } from 'node:stream';
import { buffer } from 'node:stream/consumers';
import { gunzipSync } from 'node:zlib';
import { downloadLog, getLogLines, type Role, searchLog } from '@fallover/contract';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { outputLines } from '../output/output-lines.ts';
import { logUseCases } from './use-cases.ts';

let directory: string;
const { signal } = new AbortController();
beforeEach(() => {
  directory = mkdtempSync(join(tmpdir(), 'fallover-logs-'));
});
afterEach(() => rmSync(directory, { recursive: true, force: true }));

const wrote = (name: string, text: string): void => {
  writeFileSync(join(directory, name), text);
  utimesSync(join(directory, name), 1_790_000_000, 1_790_000_000);
};
const useCases = () =>
  logUseCases({ node: 'nodea', hacmpOut: join(directory, 'hacmp.out'), lines: outputLines(signal, () => {}) });
// biome-ignore lint/suspicious/noExplicitAny: of the context of a request only the signal and the principal are looked at
const as = (role: Role): any => ({ signal, principal: { name: 'otto', role, via: 'session' } });
const none = { parameters: undefined, query: undefined, body: undefined };
const read = (log: string, query: object = {}, role: Role = 'monitor') =>
  useCases().getLogLines({ parameters: { log }, query: getLogLines.query.parse(query), body: undefined }, as(role));
const search = (log: string, query: object, role: Role = 'monitor') =>
  useCases().searchLog({ parameters: { log }, query: searchLog.query.parse(query), body: undefined }, as(role));
const fetched = async (log: string, query: object) => {
  const reply = await useCases().downloadLog(
    { parameters: { log }, query: downloadLog.query.parse(query), body: undefined },
    as('monitor'),
  );
  if (!('value' in reply)) throw new Error('not downloaded');
  const { headers, body } = reply.value;
  return { name: headers?.['Content-Disposition'], bytes: await buffer(Readable.from(body as AsyncIterable<Buffer>)) };
};

describe('the logs of a node', () => {
  it('are hacmp.out, newest first, and for administrators daemon.log', async () => {
    wrote('hacmp.out', 'new\n');
    wrote('hacmp.out.2', 'older\n');
    wrote('hacmp.out.1', 'old\n');
    wrote('daemon.log', '{}\n');
    wrote('hacmp.out.8', 'somebody else put it here\n');
    const list = async (role: Role) => {
      const reply = await useCases().listLogs({ ...none, query: {} }, as(role));
      return 'value' in reply ? reply.value : reply;
    };
    const changedAt = '2026-09-21T14:13:20.000Z';
    const ofEverybody = [
      { name: 'hacmp.out', size: 4, changedAt },
      { name: 'hacmp.out.1', size: 4, changedAt },
      { name: 'hacmp.out.2', size: 6, changedAt },
    ];
    expect(await list('monitor')).toEqual({ node: 'nodea', logs: ofEverybody });
    expect(await list('admin')).toEqual({ node: 'nodea', logs: [...ofEverybody, { name: 'daemon.log', size: 3, changedAt }] });
  });

  it('are read and searched by line', async () => {
    wrote('hacmp.out.1', 'one\ntwo\nthree\n');
    expect(await read('hacmp.out.1', { from: -2 })).toMatchObject({
      value: {
        lines: [
          { line: 1, text: 'two' },
          { line: 2, text: 'three' },
        ],
        total: 3,
        size: 14,
      },
    });
    expect(await search('hacmp.out.1', { text: 't', limit: 1 })).toEqual({
      ok: true,
      value: { matches: [{ line: 1, offset: 4, at: 4, text: 'two' }], cursor: 8, indexing: false },
    });
  });

  it('have nothing in them before the first event', async () => {
    expect(await read('hacmp.out')).toMatchObject({ value: { lines: [], size: 0 } });
  });

  it('are files of the closed list and nothing else', async () => {
    wrote('hacmp.out', 'new\n');
    wrote('secret', 'x\n');
    for (const name of ['secret', '../journal.db', `${directory}/secret`, 'hacmp.out.8', 'hacmp.out.1', '', 'HACMP.OUT'])
      expect(await read(name, {}, 'admin')).toMatchObject({ ok: false, error: { code: 'log_file_not_found', status: 404 } });
    expect(await read('hacmp.out.7')).toMatchObject({
      error: {
        sentence: '"hacmp.out.7" is not a log of this node, or it was rotated away meanwhile. There are: hacmp.out.',
      },
    });
  });

  it('of the daemon itself is for administrators, however it is asked for', async () => {
    wrote('daemon.log', 'an incident\n');
    const refused = {
      error: {
        code: 'not_permitted',
        status: 403,
        sentence: 'otto has the role operator, and this needs the role admin. Ask an administrator of the cluster.',
      },
    };
    expect(await read('daemon.log', {}, 'operator')).toMatchObject(refused);
    expect(await search('daemon.log', { text: 'a' }, 'operator')).toMatchObject(refused);
    expect(
      await useCases().downloadLog(
        { parameters: { log: 'daemon.log' }, query: { gzip: false }, body: undefined },
        as('operator'),
      ),
    ).toMatchObject(refused);
    expect(await read('daemon.log', {}, 'admin')).toMatchObject({ value: { lines: [{ text: 'an incident' }] } });
  });

  it('are downloaded as they are, raw or as gzip', async () => {
    const text = Buffer.from([0x61, 0xff, 0x1b, 0x0a]);
    writeFileSync(join(directory, 'hacmp.out'), text);
    expect(await fetched('hacmp.out', {})).toEqual({ name: 'attachment; filename="nodea-hacmp.out"', bytes: text });
    const { name, bytes } = await fetched('hacmp.out', { gzip: 'true' });
    expect([name, gunzipSync(bytes)]).toEqual(['attachment; filename="nodea-hacmp.out.gz"', text]);
  });
});
