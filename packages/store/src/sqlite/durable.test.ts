import { type ChildProcess, spawn, spawnSync } from 'node:child_process';
import { mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, describe, expect, it } from 'vitest';
import { storeFaultOf } from '../faults.ts';
import { openStore } from '../open-store.ts';

const directory = mkdtempSync(join(tmpdir(), 'fallover-durable-'));
const children = new Set<ChildProcess>();
afterAll(() => {
  for (const child of children) child.kill('SIGKILL');
  rmSync(directory, { recursive: true, force: true });
});

const fixture = (name: string) => join(import.meta.dirname, 'fixtures', name);

function start(name: string, ...args: string[]) {
  const child = spawn(process.execPath, [fixture(name), ...args], { stdio: ['pipe', 'pipe', 'inherit'] });
  children.add(child);
  let output = '';
  const said = (text: string) =>
    new Promise<void>((resolve) => {
      const look = () => output.includes(text) && resolve();
      child.stdout.on('data', look);
      look();
    });
  child.stdout.on('data', (bytes: Buffer) => {
    output += bytes.toString();
  });
  const ended = new Promise<void>((resolve) => child.on('close', () => resolve()));
  return { child, said, ended, output: () => output };
}

const reopened = async (path: string) => {
  const opened = await openStore(`sqlite:${path}`);
  if (!opened.ok) throw new Error(opened.error.code);
  return opened.value;
};

const strace = spawnSync('strace', ['-f', '-o', '/dev/null', 'true']).status === 0;

describe('a commit to sqlite', () => {
  it.skipIf(!strace)('is synchronised to the disk before it returns (skipped where strace cannot trace)', () => {
    const path = join(directory, 'traced.db');
    const trace = join(directory, 'trace');
    const command = [process.execPath, fixture('commits-and-tells.ts'), path, '3'];
    const traced = spawnSync('strace', ['-f', '-y', '-e', 'trace=fdatasync,fsync,write,pwrite64', '-o', trace, ...command]);
    expect(traced.status).toBe(0);
    const story = readFileSync(trace, 'utf8')
      .split('\n')
      .flatMap((line) => {
        if (/pwrite64\(\d+<.*traced\.db-wal>/.test(line)) return ['write'];
        if (/(fdatasync|fsync)\(\d+<.*traced\.db-wal>/.test(line)) return ['synchronise'];
        return [...line.matchAll(/write\(1<.*"(told \d)/g)].map(([, told]) => told as string);
      })
      .filter((step, index, all) => step !== all[index - 1]);
    const first = story.indexOf('told 1');
    expect(story.slice(first - 2, story.indexOf('told 3') + 1)).toEqual([
      ...['write', 'synchronise', 'told 1'],
      ...['write', 'synchronise', 'told 2'],
      ...['write', 'synchronise', 'told 3'],
    ]);
  });

  it('is there, whole, after kill -9 at any moment', async () => {
    const path = join(directory, 'killed.db');
    let told = 0;
    for (let round = 1; round <= 5; round += 1) {
      const { child, said, ended, output } = start('commits-and-tells.ts', path);
      await said(`told ${told + 7 * round}\n`);
      child.kill('SIGKILL');
      await ended;
      told = Number(output().trimEnd().split('\n').at(-1)?.replace('told ', ''));
      const store = await reopened(path);
      const queue = (await store.queue()).map(({ run }) => run);
      expect(queue.slice(0, told)).toEqual(Array.from({ length: told }, (_, index) => `run${index + 1}`));
      // At most one commit had not been told yet; an event and its answer come together.
      expect(queue.length - told).toBeLessThanOrEqual(1);
      expect(await store.answerTo(`request${queue.length}`)).toMatchObject({ body: `run${queue.length}` });
      expect(await store.answerTo(`request${queue.length + 1}`)).toBeUndefined();
      told = queue.length;
      await store.close();
    }
  });

  it('is refused, with a fault, while another process holds the store', async () => {
    const path = join(directory, 'held.db');
    const store = await reopened(path);
    const { child, said, ended } = start('holds-the-write-lock.ts', path);
    await said('held\n');
    const request = { id: 'r1', principal: 'ada', digest: 'd' };
    const fault = await store.recordAnswer(request, { status: 200, body: '' }).then(() => 'written', storeFaultOf);
    expect(fault).toEqual({ code: 'store_busy', path });
    child.stdin?.end();
    await ended;
    await store.recordAnswer(request, { status: 200, body: '' });
    await store.close();
  });
});
