import { chmodSync, mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { setTimeout as delay } from 'node:timers/promises';
import type { NotificationView, RunSummary } from '@fallover/contract';
import { header, mailSink } from '../../test/mail-sink.ts';
import { chance } from '../chance.ts';
import { ask } from '../client.ts';
import { type DaemonProcess, startDaemon } from '../daemon.ts';
import { check, type TakenMail } from './check.ts';

const RECIPIENTS = ['ada@example.org', 'bob@example.org'];
const METHOD = 'oncall';

export interface NotificationCrashAsked {
  rounds: number;
  seed: number;
  /** The mail server refuses some for now, so that they are retried after ten seconds and more. */
  refuses: boolean;
  plant?: string;
  settlesWithinMs?: number;
  say?(sentence: string): void;
}

export interface NotificationCrashResult {
  violations: string[];
  runs: number;
  notifications: number;
  mails: number;
  /** Mails that were taken although the same had been before. */
  repeated: number;
  interrupted: number;
  kills: number;
  seconds: number;
}

/** P9 on a real daemon that is killed at any moment, and a real mail server that is slow and refuses (DESIGN.md, promises). */
export async function notificationCrash(asked: NotificationCrashAsked): Promise<NotificationCrashResult> {
  const { rounds, seed, refuses, plant, settlesWithinMs = 120_000, say = () => {} } = asked;
  const by = chance(seed);
  const began = performance.now();
  const directory = mkdtempSync(join(tmpdir(), 'fallover-crash-'));
  chmodSync(directory, 0o755);
  const state = join(directory, 'state');
  const taken: TakenMail[] = [];
  const sink = await mailSink({
    onData(stream, { envelope }, done) {
      const chunks: Buffer[] = [];
      const waitMs = by.part() < 0.3 ? by.whole(300) : 0;
      const isRefused = refuses && by.part() < 0.05;
      stream.on('data', (chunk: Buffer) => chunks.push(chunk));
      stream.on('end', () => {
        setTimeout(() => {
          if (isRefused) return done(Object.assign(new Error('Not now'), { responseCode: 451 }));
          const id = /<(.*)@/.exec(header(Buffer.concat(chunks).toString(), 'Message-ID') ?? '')?.[1] ?? '';
          taken.push({ id, to: envelope.rcptTo[0]?.address ?? '' });
          done(null, 'Queued');
        }, waitMs);
      });
    },
  });
  let daemon: DaemonProcess | undefined;
  const send = (method: string, path: string, body?: unknown, id = by.uuid()) =>
    ask(join(state, 'control.sock'), { method, path, body, ...(method === 'GET' ? {} : { id }) });
  const start = async (): Promise<void> => {
    daemon = startDaemon({ state, ...(plant === undefined ? {} : { plant }) });
    if (!(await daemon.ready)) throw new Error(await daemon.ended);
  };
  try {
    await start();
    await configure(send, directory, sink.url);
    const unanswered: { id: string; network: string }[] = [];
    let kills = 0;
    for (let round = 1; round <= rounds; round += 1) {
      const fresh = Array.from({ length: 1 + by.whole(3) }, () => ({ id: by.uuid(), network: by.part() < 0.3 ? 'bad' : 'net' }));
      const queued = unanswered.splice(0).concat(fresh);
      const work = Promise.all(
        queued.map(async (one) => {
          const body = { event: 'network_up', args: ['nodea', one.network] };
          if ((await send('POST', '/api/v1/runs', body, one.id)) === undefined) unanswered.push(one);
        }),
      );
      await delay(by.whole(700));
      // Somebody recovers, so that the queue goes on.
      if (by.part() < 0.5) void send('POST', '/api/v1/recover', { as: 'skip' });
      await delay(by.whole(200));
      await daemon?.kill();
      kills += 1;
      await work;
      await start();
      if (round % 10 === 0) say(`${round} rounds, ${taken.length} mails.`);
    }
    const evidence = await settled(send, settlesWithinMs);
    await daemon?.stop();
    const attempts = evidence.log.flatMap(({ recipients }) => recipients.flatMap((recipient) => recipient.attempts));
    return {
      violations: [...evidence.late, ...check({ ...evidence, taken, method: METHOD, recipients: RECIPIENTS })],
      runs: evidence.runs.length,
      notifications: evidence.log.length,
      mails: taken.length,
      repeated: taken.length - new Set(taken.map(({ id, to }) => `${id} ${to}`)).size,
      interrupted: attempts.filter(({ outcome }) => outcome === 'interrupted').length,
      kills,
      seconds: Math.round((performance.now() - began) / 1000),
    };
  } finally {
    await daemon?.kill();
    await sink.close();
    rmSync(directory, { recursive: true, force: true });
  }
}

type Send = (method: string, path: string, body?: unknown) => ReturnType<typeof ask>;

async function configure(send: Send, directory: string, mailRelay: string): Promise<void> {
  const scripts = join(directory, 'scripts');
  mkdirSync(scripts, { mode: 0o755 });
  const script = join(scripts, 'network');
  writeFileSync(script, '#!/bin/sh\ncase $2 in bad) exit 1;; esac\nsleep 0.05\n', { mode: 0o755 });
  const ok = async (method: string, path: string, body: unknown): Promise<void> => {
    const answer = await send(method, path, body);
    if (!answer || answer.status >= 300) throw new Error(`${path}: ${JSON.stringify(answer?.body)}`);
  };
  await ok('PUT', '/api/v1/events/network_up/customization', { revision: 0, fields: { eventCommand: { cluster: script } } });
  await ok('PUT', '/api/v1/entries/cluster/payroll', { revision: 0, fields: { mailRelay: { cluster: mailRelay } } });
  const fields = {
    contact: { cluster: RECIPIENTS.join(' ') },
    methodEvents: { cluster: ['network_up'] },
    when: { cluster: ['start', 'success', 'failure'] },
    hourlyLimit: { cluster: 0 },
  };
  await ok('PUT', `/api/v1/entries/notification_method/${METHOD}`, { revision: 0, fields });
  await ok('POST', '/api/v1/configuration/synchronise', {});
}

/** Once every event has ended and the outbox is empty; what is not by then is told. */
async function settled(send: Send, withinMs: number): Promise<{ runs: RunSummary[]; log: NotificationView[]; late: string[] }> {
  const until = performance.now() + withinMs;
  for (;;) {
    await send('POST', '/api/v1/recover', { as: 'skip' });
    const runs = (await pages<RunSummary>(send, '/api/v1/runs?limit=500', 'runs')).filter(({ event }) => event === 'network_up');
    const log = await pages<NotificationView>(send, '/api/v1/notifications?limit=200', 'notifications');
    const open = [
      ...runs.filter(({ state }) => state !== 'ended').map(({ id }) => `Run ${id} has not ended.`),
      ...log.filter(({ state }) => ['waiting', 'sending', 'held'].includes(state)).map(({ id }) => `${id} is still to be sent.`),
    ];
    if (open.length === 0) {
      // What was recorded a moment ago is handed over by now.
      await delay(300);
      const last = await pages<NotificationView>(send, '/api/v1/notifications?limit=200', 'notifications');
      if (last.length === log.length) return { runs, log: last, late: [] };
      continue;
    }
    if (performance.now() > until) return { runs, log, late: open };
    await delay(200);
  }
}

async function pages<Item extends { id: string }>(send: Send, path: string, key: string): Promise<Item[]> {
  const found: Item[] = [];
  for (let before = ''; ; ) {
    const answer = await send('GET', `${path}${before === '' ? '' : `&before=${before}`}`);
    const items = (answer?.body?.[key] ?? []) as Item[];
    found.push(...items);
    const next = answer?.body?.next ?? (answer?.body?.more ? items.at(-1)?.id : undefined);
    if (next === undefined) return found;
    before = encodeURIComponent(next);
  }
}
