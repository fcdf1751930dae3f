import { type ChildProcess, spawn } from 'node:child_process';
import { randomUUID } from 'node:crypto';
import { chmodSync, mkdirSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { createInterface } from 'node:readline';
import { fileURLToPath } from 'node:url';
import type { RunView } from '@fallover/contract';
import type { Notification } from '@fallover/events';
import { openStore } from '@fallover/store';
import { createTransport } from 'nodemailer';
import { ask } from '../crash/client.ts';
import { type DaemonProcess, startDaemon } from '../crash/daemon.ts';

/**
 * A full outbox: how fast it is sent to a mail server on loopback, what memory that takes, and what an event's step costs
 * meanwhile. The baselines are of the same run: nodemailer's own pool to the same server, and the step with nothing to send.
 */
const COUNT = 10_000;
/** So many are sent with nothing else to do; the others while events are processed. */
const ALONE = 8_000;
const BUSY_EVENTS = 10;
const STEPS = 50;
const ROUNDS = 5;

const directory = mkdtempSync(join(tmpdir(), 'fallover-bench-'));
const state = join(directory, 'state');
const median = (values: number[]): number => [...values].sort((a, b) => a - b)[Math.floor(values.length / 2)] as number;
const rssOf = (pid: number): number => Number(/VmRSS:\s+(\d+)/.exec(readFileSync(`/proc/${pid}/status`, 'utf8'))?.[1]) / 1024;

const sink = await startSink();
let daemon: DaemonProcess | undefined;
try {
  const bare = await bareMailer();
  daemon = await start();
  await configure();
  await perStep(); // compiled and cached
  const idle = await perStep();
  const idleRss = rssOf(daemon.pid);
  await daemon.stop();
  await fill();
  const before = await sink.taken();
  daemon = await start();
  const began = performance.now();
  let highest = 0;
  const sent = async (): Promise<number> => {
    highest = Math.max(highest, rssOf((daemon as DaemonProcess).pid));
    return (await sink.taken()) - before;
  };
  while ((await sent()) < ALONE) await new Promise((resolve) => setTimeout(resolve, 50));
  const alone = await sent();
  const rate = alone / ((performance.now() - began) / 1000);
  const busy: number[] = [];
  const since = performance.now();
  while (busy.length < BUSY_EVENTS) busy.push(...(await steps()));
  const meanwhile = ((await sent()) - alone) / ((performance.now() - since) / 1000);
  if ((await sent()) >= COUNT) throw new Error('The outbox was empty before the events were processed: nothing was measured.');
  while ((await sent()) < COUNT) await new Promise((resolve) => setTimeout(resolve, 50));
  console.log(
    `outbox of ${COUNT} entries to a mail server, each claimed and recorded on disk: ${rate.toFixed(0)} a second from the start of the daemon, ${meanwhile.toFixed(0)} a second while events are processed one after the other; nodemailer's pool, nothing recorded: ${bare.toFixed(0)} a second; ratio ${(bare / rate).toFixed(2)}`,
  );
  console.log(`memory of the daemon (resident): ${idleRss.toFixed(0)} MB idle, ${highest.toFixed(0)} MB at most while it sent`);
  const after = await perStep();
  console.log(
    `per step of an event: ${idle.toFixed(2)} ms with nothing to send, ${median(busy).toFixed(2)} ms while the outbox is sent (ratio ${(median(busy) / idle).toFixed(2)}, ${busy.length} steps), ${after.toFixed(2)} ms afterwards`,
  );
} finally {
  await daemon?.stop();
  sink.end();
  rmSync(directory, { recursive: true, force: true });
}

interface Sink {
  port: number;
  taken(): Promise<number>;
  end(): void;
}

async function startSink(): Promise<Sink> {
  const child: ChildProcess = spawn(process.execPath, [fileURLToPath(new URL('./sink.ts', import.meta.url))], {
    stdio: ['pipe', 'pipe', 'inherit'],
  });
  if (!child.stdout) throw new Error('The sink has no output.');
  const lines = createInterface(child.stdout)[Symbol.asyncIterator]();
  const number = async (): Promise<number> => Number((await lines.next()).value);
  const port = await number();
  let turn: Promise<number> = Promise.resolve(0);
  return {
    port,
    taken() {
      turn = turn.then(() => {
        child.stdin?.write('?\n');
        return number();
      });
      return turn;
    },
    end: () => void child.stdin?.end(),
  };
}

/** Messages a second over eight connections, with nothing written to disk. */
async function bareMailer(): Promise<number> {
  const transport = createTransport({ host: '127.0.0.1', port: sink.port, pool: true, maxConnections: 8, ignoreTLS: true });
  const message = { from: 'a@example.org', to: 'ada@example.org', subject: 'node_down nodea', text: 'node_down nodea FAILED' };
  const began = performance.now();
  await Promise.all(Array.from({ length: COUNT }, () => transport.sendMail(message)));
  const rate = COUNT / ((performance.now() - began) / 1000);
  transport.close();
  return rate;
}

async function start(): Promise<DaemonProcess> {
  const started = startDaemon({ state });
  if (!(await started.ready)) throw new Error(await started.ended);
  return started;
}

// biome-ignore lint/suspicious/noExplicitAny: whatever the daemon has answered
async function asked(method: string, path: string, body?: unknown): Promise<any> {
  const answer = await ask(join(state, 'control.sock'), {
    method,
    path,
    body,
    ...(method === 'GET' ? {} : { id: randomUUID() }),
  });
  if (!answer || answer.status >= 300) throw new Error(`${method} ${path}: ${JSON.stringify(answer?.body)}`);
  return answer.body;
}

async function configure(): Promise<void> {
  const scripts = join(directory, 'scripts');
  mkdirSync(scripts, { mode: 0o755 });
  chmodSync(directory, 0o755);
  const names = Array.from({ length: STEPS }, (_, index) => `exit_${index}`);
  for (const name of names) {
    writeFileSync(join(scripts, name), '#!/bin/sh\nexit 0\n', { mode: 0o755 });
    await asked('PUT', `/api/v1/custom-events/${name}`, { revision: 0, fields: { script: { cluster: join(scripts, name) } } });
  }
  await asked('PUT', '/api/v1/events/network_up/customization', { revision: 0, fields: { preEventCommand: { cluster: names } } });
  const relay = { mailRelay: { cluster: `smtp://127.0.0.1:${sink.port}` } };
  await asked('PUT', '/api/v1/entries/cluster/payroll', { revision: 0, fields: relay });
  const fields = { contact: { cluster: 'ada@example.org' }, hourlyLimit: { cluster: 0 } };
  await asked('PUT', '/api/v1/entries/notification_method/oncall', { revision: 0, fields });
  await asked('POST', '/api/v1/configuration/synchronise', {});
}

/** Milliseconds that each step of one event took, from its claim to the next one's. */
async function steps(): Promise<number[]> {
  const { run } = await asked('POST', '/api/v1/runs', { event: 'network_up', args: ['nodea', 'net1'] });
  for (;;) {
    const view: RunView = await asked('GET', `/api/v1/runs/${run}`);
    if (view.state === 'ended') {
      const first = Date.parse(view.steps[0]?.startedAt ?? '');
      return [(Date.parse(view.endedAt ?? '') - first) / view.steps.length];
    }
    await new Promise((resolve) => setTimeout(resolve, 50));
  }
}

async function perStep(): Promise<number> {
  const all: number[] = [];
  for (let round = 0; round < ROUNDS; round += 1) all.push(...(await steps()));
  return median(all);
}

/** As a storm would have left it, were the mail server away. */
async function fill(): Promise<void> {
  const store = await openStore(`sqlite:${join(state, 'store.db')}`);
  if (!store.ok) throw new Error(store.error.code);
  const at = new Date().toISOString();
  const entries = Array.from({ length: COUNT }, (_, index): Notification => {
    const run = `0199-${String(index).padStart(6, '0')}`;
    return {
      id: `${run}.failure.oncall`,
      method: 'oncall',
      moment: 'failure',
      run,
      event: 'node_down',
      args: ['nodea'],
      node: 'nodea',
      drill: false,
      at,
      expiresAt: new Date(Date.parse(at) + 3_600_000).toISOString(),
      severity: 'error',
      subject: 'payroll: node_down nodea FAILED with status 1 on nodea',
      text: 'payroll: node_down nodea FAILED with status 1 on nodea.\nTime: 2026-11-25 20:14:03 UTC',
      thread: run,
      state: 'waiting',
      nodes: [],
      recipients: [{ to: 'ada@example.org', state: 'waiting', attempts: [] }],
    };
  });
  for (let from = 0; from < COUNT; from += 500) await store.value.addNotifications(entries.slice(from, from + 500));
  await store.value.close();
}
