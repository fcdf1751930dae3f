import { request as httpRequest } from 'node:http';
import { setTimeout as delay } from 'node:timers/promises';
import { DECISIONS } from '@fallover/events';
import type { Chance } from './chance.ts';
import type { AskedRequest } from './evidence.ts';
import { anyEvent } from './scripts.ts';

export interface Answered {
  status: number;
  // biome-ignore lint/suspicious/noExplicitAny: whatever the daemon has answered
  body: any;
}

const PATIENCE_MS = 20_000;

/** One request over the control socket; undefined when there was no answer. */
export function ask(
  socketPath: string,
  { method, path, body, id }: { method: string; path: string; body?: unknown; id?: string },
): Promise<Answered | undefined> {
  return new Promise((resolve) => {
    const headers = { 'Content-Type': 'application/json', ...(id === undefined ? {} : { 'Idempotency-Key': id }) };
    const request = httpRequest({ socketPath, method, path, headers, agent: false, timeout: PATIENCE_MS }, (response) => {
      const chunks: Buffer[] = [];
      response.on('data', (chunk: Buffer) => chunks.push(chunk));
      response.on('error', () => resolve(undefined));
      response.on('end', () => {
        const text = Buffer.concat(chunks).toString();
        const isJson = response.headers['content-type']?.includes('json');
        resolve({ status: response.statusCode ?? 0, body: isJson && text ? JSON.parse(text) : text });
      });
    });
    request.on('timeout', () => request.destroy());
    request.on('error', () => resolve(undefined));
    request.end(body === undefined ? undefined : JSON.stringify(body));
  });
}

/** An administrator who never rests: queues, repeats, recovers and aborts, whether the daemon is there or not. */
export interface Client {
  begin(): void;
  /** From then on it only brings to an end what it has begun. */
  settle(): void;
  /** Whether every request of an event or a decision has its answer. */
  isSettled(): boolean;
  stop(): Promise<void>;
  /** Once so many more answers to write requests have come. */
  answered(count: number): Promise<void>;
  requests: AskedRequest[];
}

const MOST_WAITING = 4;
const PAUSE_MS = 15;

export function client(socketPath: string, chance: Chance): Client {
  const requests: AskedRequest[] = [];
  let listeners: { left: number; heard: () => void }[] = [];
  let isSettling = false;
  let isStopped = false;
  let work = Promise.resolve();

  async function send(request: AskedRequest): Promise<void> {
    const { asked, id } = request;
    const { path, body } = addressOf(asked);
    const answer = await ask(socketPath, { method: 'POST', path, body, id });
    if (!answer) return;
    const { run, cancelled, code } = answer.body ?? {};
    request.answers.push({
      status: answer.status,
      ...(run === undefined ? {} : { run }),
      ...(cancelled === undefined ? {} : { cancelled }),
      ...(code === undefined ? {} : { code }),
    });
    for (const listener of listeners) if (--listener.left === 0) listener.heard();
    listeners = listeners.filter(({ left }) => left > 0);
  }

  function begin(asked: AskedRequest['asked']): Promise<void> {
    const request: AskedRequest = { id: chance.uuid(), asked, answers: [] };
    requests.push(request);
    return send(request);
  }

  async function act(): Promise<void> {
    const cluster = await ask(socketPath, { method: 'GET', path: '/api/v1/cluster' });
    if (cluster?.status !== 200) return;
    const { running, queue } = cluster.body as { running?: { id: string; state: string }; queue: unknown[] };
    const unanswered = requests.filter(({ answers }) => answers.length === 0);
    if (running?.state === 'awaiting_decision' && (isSettling || chance.part() < 0.5)) {
      const as = isSettling ? 'skip' : chance.pick(DECISIONS);
      return begin({ kind: 'recover', run: running.id, as, cancelQueue: !isSettling && chance.part() < 0.08 });
    }
    if (unanswered.length > 0 && (isSettling || chance.part() < 0.3)) return send(chance.pick(unanswered));
    if (isSettling) return;
    if (requests.length > 0 && chance.part() < 0.12) return send(chance.pick(requests.slice(-12)));
    if (running?.state === 'running' && chance.part() < 0.04) return begin({ kind: 'abort', run: running.id });
    if (queue.length < MOST_WAITING) return begin({ kind: 'run', ...anyEvent(chance, requests.length) });
  }

  return {
    requests,
    begin() {
      work = (async () => {
        while (!isStopped) {
          await act();
          await delay(PAUSE_MS);
        }
      })();
    },
    settle: () => {
      isSettling = true;
    },
    isSettled: () => requests.every(({ answers }) => answers.length > 0),
    async stop() {
      isStopped = true;
      await work;
    },
    answered: (count) => new Promise((heard) => listeners.push({ left: count, heard })),
  };
}

function addressOf(asked: AskedRequest['asked']): { path: string; body: unknown } {
  switch (asked.kind) {
    case 'run':
      return { path: '/api/v1/runs', body: { event: asked.event, args: asked.args } };
    case 'recover':
      return { path: '/api/v1/recover', body: { run: asked.run, as: asked.as, cancelQueue: asked.cancelQueue } };
    case 'abort':
      return { path: `/api/v1/runs/${asked.run}/abort`, body: {} };
  }
}
