import { execFileSync, spawn } from 'node:child_process';
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { hasSettled, type TestCluster, testCluster } from '../test/cluster.ts';
import { measureLoop } from './loop.ts';

/**
 * What an event costs when every claim and every result is on disk before anything follows from it. Each figure stands
 * beside a baseline of the same run: a bare `sh` loop over the same scripts.
 */
const STEPS = 100;
const ROUNDS = 5;
const HELD_MB = 500;

const median = (values: number[]): number => [...values].sort((a, b) => a - b)[Math.floor(values.length / 2)] as number;
const percentile = (values: number[], p: number): number =>
  [...values].sort((a, b) => a - b)[Math.min(values.length - 1, Math.ceil((values.length * p) / 100) - 1)] as number;

/** Only these parts, where some are named: step, start, queue, memory. */
const asked = process.argv.slice(2);
const wants = (part: string): boolean => asked.length === 0 || asked.includes(part);

const held = Buffer.alloc(HELD_MB * 1024 * 1024, 1);
const cluster = await testCluster();
try {
  if (wants('step')) await perStep(cluster);
  if (wants('start')) await acceptedToStarted(cluster);
  if (wants('queue')) await runsASecond(cluster);
} finally {
  await cluster.end();
}
if (wants('memory')) await idleMemory();
void held;

async function perStep(daemon: TestCluster): Promise<void> {
  const names = Array.from({ length: STEPS }, (_, index) => `exit_${index}`);
  const paths = names.map((name) => daemon.script(name, 'exit 0'));
  const customEvents = Object.fromEntries(names.map((name, index) => [name, paths[index] as string]));
  await daemon.configure({ network_up: { preEventCommand: { cluster: names } } }, customEvents);
  const loops: number[] = [];
  const events: number[] = [];
  for (let round = 0; round < ROUNDS; round += 1) {
    loops.push(measureLoop(paths));
    const began = performance.now();
    const run = await daemon.run('network_up', 'nodea', 'net1');
    const first = Date.parse(run.steps[0]?.startedAt ?? '');
    const last = Date.parse(run.endedAt ?? '');
    if (run.outcome !== 'succeeded') throw new Error(`The run ended as ${run.outcome} after ${performance.now() - began} ms.`);
    events.push((last - first) / run.steps.length);
  }
  const [loop, event] = [median(loops), median(events)];
  console.log(
    `per step, journal durable, hacmp.out written, daemon holding ${HELD_MB} MB: ${event.toFixed(2)} ms; sh loop ${loop.toFixed(2)} ms; ratio ${(event / loop).toFixed(2)} (to reach: 3.5)`,
  );
}

async function acceptedToStarted(daemon: TestCluster): Promise<void> {
  const file = join(daemon.state, 'started');
  const script = daemon.script('tells_when', `exec /bin/bash -c 'echo $EPOCHREALTIME > ${file}'`);
  await daemon.configure({ network_up: { eventCommand: { cluster: script } } });
  const waits: number[] = [];
  for (let round = 0; round < 100; round += 1) {
    const asked = await daemon.queue('network_up', 'nodea', 'net1');
    const accepted = performance.timeOrigin + performance.now();
    await daemon.until(asked, hasSettled);
    waits.push(Number(readFileSync(file, 'utf8')) * 1000 - accepted);
  }
  const baseline = measureLoop([script]);
  console.log(
    `accepted (201 read by the client) → first command has started and told the time: median ${median(waits).toFixed(2)} ms, p99 ${percentile(waits, 99).toFixed(2)} ms; the script alone takes ${baseline.toFixed(2)} ms from sh`,
  );
}

async function runsASecond(daemon: TestCluster): Promise<void> {
  const script = daemon.script('nothing', 'exit 0');
  await daemon.configure({ network_up: { eventCommand: { cluster: script } } });
  const count = 200;
  const began = performance.now();
  const runs = await Promise.all(Array.from({ length: count }, () => daemon.queue('network_up', 'nodea', 'net1')));
  const accepted = performance.now();
  for (const run of runs) await daemon.until(run, hasSettled);
  const ended = performance.now();
  const loop = measureLoop(Array.from({ length: count }, () => script));
  console.log(
    `${count} events of one command queued at once: accepted ${((count / (accepted - began)) * 1000).toFixed(0)} a second, processed ${((count / (ended - began)) * 1000).toFixed(0)} a second; the same scripts in a sh loop: ${(1000 / loop).toFixed(0)} a second`,
  );
}

/** A daemon as it is started by hand, after it has served some requests. */
async function idleMemory(): Promise<void> {
  const main = fileURLToPath(new URL('../../cli/src/main.ts', import.meta.url));
  const other = await testCluster();
  const { state } = other;
  await other.manager.stop();
  const daemon = spawn(
    process.execPath,
    [main, 'start', '--listen', '127.0.0.1:0', '--state', state, '--node', 'nodea', '--cluster', 'payroll'],
    {
      stdio: ['ignore', 'pipe', 'inherit'],
    },
  );
  await new Promise((resolve) => daemon.stdout.once('data', resolve));
  for (let i = 0; i < 20; i += 1) await other.ask('GET', '/api/v1/cluster');
  const children = readFileSync(`/proc/${daemon.pid}/task/${daemon.pid}/children`, 'utf8').trim().split(' ');
  const rss = (pid: number | string | undefined): string =>
    `${(Number(/VmRSS:\s+(\d+)/.exec(readFileSync(`/proc/${pid}/status`, 'utf8'))?.[1]) / 1024).toFixed(0)} MB`;
  console.log(
    `idle memory (resident): daemon ${rss(daemon.pid)}, launcher ${rss(children[0])}; a bare node process ${bareNode()} MB`,
  );
  const gone = new Promise((resolve) => daemon.once('exit', resolve));
  daemon.kill('SIGTERM');
  await gone;
  other.manager = { ...other.manager, stop: async () => {} };
  await other.end();
}

function bareNode(): number {
  const tell = "console.log(require('fs').readFileSync('/proc/self/status', 'utf8').match(/VmRSS:\\s+(\\d+)/)[1])";
  return Math.round(Number(execFileSync(process.execPath, ['-e', tell], { encoding: 'utf8' })) / 1024);
}
