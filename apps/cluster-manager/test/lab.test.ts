import { type ChildProcess, execFile, spawn } from 'node:child_process';
import { once } from 'node:events';
import { mkdtempSync, readdirSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { etcdIsMissing } from '@fallover/store/test-support';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { nodeProcesses } from '../lab/node-processes.ts';
import { readProcessStat } from '../src/executor/process-identity.ts';

const MAIN = fileURLToPath(new URL('../lab/main.ts', import.meta.url));
const NODES = ['n1', 'n2', 'n3'];
/** On a machine that is busy with other tests a keepalive may take a second, and what a node runs is ended a second before its lease. */
const LEASE_SECONDS = '5';

let directory: string;
let lab: ChildProcess | undefined;
let said = '';

/** As somebody starts it who has just cloned the repository, but on ports that are free. */
function start(...options: string[]): void {
  said = '';
  lab = spawn(process.execPath, [
    MAIN,
    '--directory',
    join(directory, 'lab'),
    '--port',
    '0',
    '--lease-seconds',
    LEASE_SECONDS,
    ...options,
  ]);
  for (const stream of [lab.stdout, lab.stderr]) stream?.setEncoding('utf8').on('data', (text: string) => (said += text));
}

/** A command that is typed in another terminal. */
const tell = (...words: string[]): Promise<string> =>
  new Promise((resolve) => {
    execFile(process.execPath, [MAIN, '--directory', join(directory, 'lab'), ...words], (_, stdout, stderr) =>
      resolve((stdout + stderr).trim()),
    );
  });

async function until(text: string): Promise<void> {
  for (const began = performance.now(); !said.includes(text); ) {
    if (performance.now() - began > 80_000) throw new Error(`Not said: ${text}. Instead: ${said}`);
    await new Promise((resolve) => setTimeout(resolve, 50));
  }
}

/** Ctrl-C; then which of its processes are left. */
async function interrupt(): Promise<number[]> {
  const pids = NODES.flatMap((node) => nodeProcesses(join(directory, 'lab', node)));
  expect(pids.length).toBeGreaterThan(1);
  const ended = once(lab as ChildProcess, 'exit');
  lab?.kill('SIGINT');
  expect(await ended).toEqual([0, null]);
  const left = (): number[] => pids.filter((pid) => !['Z', 'X', undefined].includes(readProcessStat(pid)?.state));
  // What was killed last may take a moment to be gone.
  for (let looked = 0; left().length > 0 && looked < 20; looked += 1) await new Promise((resolve) => setTimeout(resolve, 50));
  return left();
}

/** The cluster manager of a node, which is a child of the laboratory. */
function managerOf(node: string): number {
  const pids = readFileSync(`/proc/${lab?.pid}/task/${lab?.pid}/children`, 'utf8').trim().split(' ').map(Number);
  const found = pids.find((pid) => readFileSync(`/proc/${pid}/cmdline`, 'utf8').split('\0').includes(node));
  if (found === undefined) throw new Error(`No cluster manager of ${node} runs.`);
  return found;
}

beforeEach(() => {
  directory = mkdtempSync(join(tmpdir(), 'fl-'));
});
afterEach(() => {
  lab?.kill('SIGKILL');
  rmSync(directory, { recursive: true, force: true });
});

describe('npm run lab', { timeout: 200_000 }, () => {
  it('is three nodes in one process: one is killed, its node_down is processed by the others, and Ctrl-C leaves nothing behind', async () => {
    start();
    await until('npm run lab -- kill n2');
    for (const node of NODES) expect(said).toMatch(new RegExp(` {2}${node} {2}http://127\\.0\\.0\\.\\d:\\d+/setup#`));
    await until('node_up n3 has succeeded');
    expect(await tell('pause', 'n2')).toBe(
      'n2 cannot be paused alone: the three nodes are one process here. Cut it off instead: cut n2. Or end this and use: npm run lab -- --store etcd',
    );
    expect(await tell('report', 'network_up', '-1', 'net1')).toBe('Reported to n1; it is queued.');
    await until('network_up -1 net1 has succeeded');
    expect(await tell('kill', 'n2')).toContain('n2 is dead');
    await until('node_down n2 has succeeded');
    expect(await tell('nodes')).toContain('n2  dead; down');
    expect(await interrupt()).toEqual([]);
    expect(readdirSync(directory)).toEqual([]);
    expect(await tell('nodes')).toBe('No laboratory runs here. Start one in another terminal: npm run lab');
  });

  it.skipIf(etcdIsMissing)('is three processes on an etcd of three members, of which one is paused', async () => {
    start('--store', 'etcd');
    await until('node_up n2 has succeeded');
    expect(await tell('pause', 'n2')).toContain('n2 stands still');
    await until('n2 is lost');
    expect(await tell('resume', 'n2')).toContain('n2 goes on');
    process.kill(managerOf('n3'), 'SIGKILL');
    await until('n3 has ended by itself');
    expect(await tell('start', 'n3')).toContain('n3 runs again');
    expect(await interrupt()).toEqual([]);
    expect(readdirSync(directory)).toEqual([]);
  });

  it('does not touch a directory that is no laboratory', async () => {
    lab = spawn(process.execPath, [MAIN, '--directory', directory]);
    let refusal = '';
    lab.stderr?.setEncoding('utf8').on('data', (text: string) => (refusal += text));
    expect(await once(lab, 'exit')).toEqual([2, null]);
    expect(refusal).toBe(`${directory} is there and is no laboratory; name another directory with --directory.\n`);
  });
});
