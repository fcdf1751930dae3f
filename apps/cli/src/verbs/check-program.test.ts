import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { shell } from '../fixtures/small-daemon.ts';

let directory: string;
let file: string;
beforeAll(() => {
  directory = mkdtempSync(join(tmpdir(), 'fallover-program-'));
  file = join(directory, 'node_up.rp');
});
afterAll(() => rmSync(directory, { recursive: true, force: true }));

const check = (...words: string[]) => shell('/nonexistent', ['check-program', ...words]);

describe('fallover check-program', () => {
  it('says that nothing is wrong, without a daemon', async () => {
    writeFileSync(file, 'other "node_up" 0 NULL\nbarrier\nevent "/opt/mount" 0 NULL\n');
    expect(await check(file)).toEqual({
      status: 0,
      out: [`${file}: 2 recovery commands, 1 barrier. Nothing is wrong with it.`],
      err: [],
    });
  });

  it('prints each fault behind its file and line', async () => {
    writeFileSync(file, '# first\nother "node_up" 0\nbarrier\nevent "node\u001b_up" 0 NULL\n');
    expect(await check(file)).toEqual({
      status: 1,
      out: [
        `${file}:2: NULL is missing at the end of the line. Write it behind the expected status.`,
        `${file}:4: "event "node\\u001b_up" 0 NULL" has a control character in it, or half of a character. Type the line anew.`,
      ],
      err: [],
    });
  });

  it('reads the standard input', async () => {
    const said = await shell('/nonexistent', ['check-program', '-'], { input: 'barrier\n' });
    expect(said.status).toBe(1);
    expect(said.out).toEqual([expect.stringMatching(/^-:1: The program has no recovery command/)]);
  });

  it('refuses what it cannot read', async () => {
    expect(await check(join(directory, 'missing'))).toEqual({
      status: 2,
      out: [],
      err: [`FILE: ${join(directory, 'missing')} cannot be read: there is no such file.`],
    });
    expect(await check()).toEqual({
      status: 2,
      out: [],
      err: ['Something is missing here.', '  Usage: fallover check-program FILE|-'],
    });
    expect((await check(file, 'more')).err[0]).toBe('"more" is one word too many here.');
  });
});
