import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import type { ServerResponse } from 'node:http';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, describe, expect, it } from 'vitest';
import { problem, shell, smallDaemon } from '../fixtures/small-daemon.ts';

const directory = mkdtempSync(join(tmpdir(), 'fallover-exchange-'));
afterAll(() => rmSync(directory, { recursive: true }));

const IMPORT = 'POST /api/v1/configuration/import';
const reply = (changes: object[], count: number, notes: object[] = []) => ({
  format: 'csv',
  whole: false,
  saved: true,
  count,
  changes,
  notes,
});
const CHANGES = [
  { class: 'node', name: 'nodec', kind: 'added', values: [] },
  {
    class: 'event',
    name: 'node_up',
    kind: 'changed',
    values: [
      { field: 'notifyCommand', before: '/bin/true', after: '/usr/local/say' },
      { field: 'notifyCommand', node: 'nodea', after: '/opt/$HOME' },
      { field: 'recoveryCounter', before: 2 },
    ],
  },
  { class: 'script', name: 'mend', kind: 'added', values: [{ field: 'content', after: `0123456789abcdef${'0'.repeat(48)}` }] },
];

describe('fallover apply', () => {
  it('shows what changes, a line a value, and what the file has that cannot be held', async () => {
    await using daemon = await smallDaemon();
    daemon.answers(IMPORT, [200, reply(CHANGES, 5, [{ code: 'x', line: 3, sentence: 'Line 3: setno was left out.' }])]);
    const file = join(directory, 'cluster.odm');
    writeFileSync(file, 'HACMPevent:\n');
    expect(await shell(daemon.state, ['apply', file])).toEqual({
      status: 0,
      out: [
        '+ node nodec',
        '~ event node_up NOTIFYCOMMAND="/bin/true" -> NOTIFYCOMMAND="/usr/local/say"',
        '+ event node_up NODE=nodea NOTIFYCOMMAND="/opt/\\$HOME"',
        '- event node_up RECOVERYCOUNTER="2"',
        '+ script mend CONTENT="SHA-256 0123456789ab"',
        '5 changes saved in the draft; "fallover sync" makes it active',
      ],
      err: ['Note: Line 3: setno was left out.'],
    });
    expect(daemon.asked[0]?.body).toEqual({ text: 'HACMPevent:\n', dryRun: false });
  });

  it('reads the standard input, and says what was asked for', async () => {
    await using daemon = await smallDaemon();
    daemon.answers(IMPORT, [200, reply(CHANGES.slice(0, 1), 1)]);
    const words = ['apply', '-', '--format', 'csv', '--whole', '--dry-run'];
    expect((await shell(daemon.state, words, { input: 'Class\n' })).out.at(-1)).toBe(
      '1 change; with --dry-run nothing was saved',
    );
    expect(daemon.asked[0]?.body).toEqual({ text: 'Class\n', dryRun: true, format: 'csv', whole: true });
    daemon.answers(IMPORT, [200, reply([], 0)]);
    expect(await shell(daemon.state, ['apply', '-', '--part'], { input: '{}' })).toEqual({
      status: 0,
      out: ['Nothing changes: the draft says this already'],
      err: [],
    });
    expect(daemon.asked[1]?.body).toEqual({ text: '{}', dryRun: false, whole: false });
  });

  it('names each line that is wrong, and exits with 2', async () => {
    await using daemon = await smallDaemon();
    const faults = [
      { code: 'a', line: 2, sentence: 'Line 2: a.' },
      { code: 'b', line: 4, sentence: 'Line 4: b.' },
    ];
    daemon.answers(IMPORT, [400, problem('file_not_accepted', 'The file has 2 faults.', 400, { faults })]);
    expect(await shell(daemon.state, ['apply', '-'], { input: 'x' })).toEqual({
      status: 2,
      out: [],
      err: ['The file has 2 faults.', '  Line 2: a.', '  Line 4: b.'],
    });
  });

  it('asks nothing when a word, or the file, cannot be right', async () => {
    await using daemon = await smallDaemon();
    const said = async (words: string[], input: string | Uint8Array = '') => (await shell(daemon.state, words, { input })).err;
    expect(await said(['apply', '-', '--whole', '--part'])).toContain(
      '--whole and --part say the opposite of each other. Give one of them.',
    );
    expect(await said(['apply', '-', '--format', 'jsn'])).toEqual(['--format: "jsn" is not a format here. Did you mean json?']);
    expect(await said(['apply', '-', '--format', 'clmgr'])).toEqual([
      '--format: "clmgr" is not a format here. The formats are: json csv worksheet odm',
    ]);
    expect(await said(['apply', join(directory, 'nothing')])).toEqual([
      `FILE: ${join(directory, 'nothing')} cannot be read: there is no such file.`,
    ]);
    expect((await said(['apply', '-'], Uint8Array.of(0xe9, 0x0a))).at(-1)).toBe(
      '  A file of AIX may be in ISO8859-1: iconv -f ISO8859-1 -t UTF-8 makes UTF-8 of it.',
    );
    expect(daemon.asked).toEqual([]);
  });
});

describe('fallover export', () => {
  const text = (body: string) => (_: unknown, response: ServerResponse) => {
    response.writeHead(200, { 'Content-Type': 'text/plain; charset=utf-8' });
    response.end(body);
  };

  it('writes the file as it is, to the standard output or to FILE', async () => {
    await using daemon = await smallDaemon();
    daemon.answers('GET /api/v1/configuration/export?format=json&of=draft', text('{\n  "format": 1\n}\n'));
    daemon.answers('GET /api/v1/configuration/export?format=csv&of=active', text('Class\r\n'));
    expect(await shell(daemon.state, ['export'])).toMatchObject({ status: 0, out: ['{', '  "format": 1', '}'], err: [] });
    const file = join(directory, 'cluster.csv');
    expect(await shell(daemon.state, ['export', '--format', 'csv', '--of', 'active', file])).toEqual({
      status: 0,
      out: [],
      err: [],
    });
    expect(readFileSync(file, 'utf8')).toBe('Class\r\n');
    expect(await shell(daemon.state, ['export', '--format', 'csv', '--of', 'active', join(directory, 'no', 'x')])).toEqual({
      status: 1,
      out: [],
      err: [`${join(directory, 'no', 'x')} cannot be written (ENOENT). Check the directory and its permissions.`],
    });
  });
});
