import { randomUUID } from 'node:crypto';
import { mkdtempSync, rmSync } from 'node:fs';
import { request as httpRequest, type IncomingHttpHeaders, type IncomingMessage } from 'node:http';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { DatabaseSync } from 'node:sqlite';
import type { Endpoint, Role } from '@fallover/contract';
import { ok } from '@fallover/events';
import { openStore } from '@fallover/store';
import { pino } from 'pino';
import { Registry } from 'prom-client';
import { accounts } from '../access/accounts.ts';
import { auditTrail } from '../access/audit.ts';
import { sessions } from '../access/sessions.ts';
import { setupToken } from '../access/setup-token.ts';
import { accessUseCases } from '../access/use-cases.ts';
import { type AppSettings, createApp } from './app.ts';
import { ENDPOINTS } from './endpoints.ts';
import { listen, planListening } from './listen.ts';
import { eventHub } from './server-sent-events.ts';
import type { UseCases } from './use-cases.ts';
import { watchCluster } from './watch-cluster.ts';

/** The application with real accounts, sessions, audit trail and store, on a free port and a control socket. */
export async function site(given: Partial<UseCases> = {}, settings: Partial<AppSettings> = {}) {
  const directory = mkdtempSync(join(tmpdir(), 'fallover-http-'));
  const clock = { ms: Date.UTC(2026, 10, 23, 14, 22, 10) };
  const now = () => clock.ms;
  const db = new DatabaseSync(':memory:');
  const people = accounts(db, { now });
  const open = sessions(db, { now });
  const setUp = setupToken(db, { accounts: people, now });
  const audit = auditTrail(db, { now });
  const opened = await openStore('memory:');
  if (!opened.ok) throw new Error('no store');
  const hub = eventHub({ epoch: 'hub' });
  const logged: Record<string, unknown>[] = [];
  const log = pino({ level: 'info' }, { write: (line: string) => void logged.push(JSON.parse(line)) });
  const planned = await planListening({
    address: '127.0.0.1:0',
    controlSocket: join(directory, 'control.sock'),
    behindTlsProxy: false,
  });
  if (!planned.ok) throw new Error(planned.error.code);
  const app = createApp({
    useCases: {
      ...stubs(),
      ...accessUseCases({ accounts: people, setupToken: setUp, audit, cluster: 'testcluster', node: 'nodea' }),
      watchCluster: watchCluster(hub),
      ...given,
    },
    store: opened.value,
    audit,
    sessions: open,
    site: { secure: false, listenHost: '127.0.0.1', hostNames: ['console.example'] },
    behindTlsProxy: false,
    consoleDirectory: join(directory, 'console'),
    version: '0.1.0',
    ready: () => [],
    storeState: () => 'connected',
    registry: new Registry(),
    log,
    now,
    ...settings,
  });
  const listening = await listen(planned.value, app);
  if (!listening.ok) throw new Error(listening.error.code);
  const { port, url, controlSocket } = listening.value;

  return {
    directory,
    clock,
    db,
    people,
    sessions: open,
    setUp,
    audit,
    hub,
    logged,
    url,
    port,
    store: opened.value,
    /** A cookie of somebody with this role; a session of its own each time. */
    cookieOf(role: Role): string {
      people.insert({ name: role, role, passwordHash: 'none' });
      return `fallover_session=${open.start(role)}`;
    },
    ask: (path: string, options: Ask = {}) => ask({ host: '127.0.0.1', port }, path, { origin: url, ...options }),
    /** The problem's code, or the status when there is no problem; whatever would follow is not waited for. */
    knock: (path: string, options: Ask & { local: boolean }) =>
      ask(options.local ? { socketPath: controlSocket } : { host: '127.0.0.1', port }, path, { origin: url, ...options }, true),
    askLocally: (path: string, options: Ask = {}) => ask({ socketPath: controlSocket }, path, options),
    watch: (path: string, headers: Record<string, string>) => watch(port, path, headers),
    /** A client that opens the stream and then takes nothing of it. */
    watchWithoutReading: (path: string, headers: Record<string, string>) =>
      new Promise<{ leave(): void }>((resolve, reject) => {
        const request = httpRequest({ host: '127.0.0.1', port, path, headers, agent: false }, (message) => {
          message.on('error', () => undefined);
          resolve({ leave: () => void request.destroy() });
        });
        request.on('error', reject);
        request.end();
      }),
    /** The first part of closing, while connections are still taken. */
    endRequests: () => app.close(),
    async close() {
      await listening.value.close();
      await opened.value.close();
      rmSync(directory, { recursive: true });
    },
  };
}

/** Use cases that answer nothing; what they return is not what the contract says. */
const stubs = (): UseCases =>
  Object.fromEntries(Object.keys(ENDPOINTS).map((name) => [name, async () => ok(undefined)])) as unknown as UseCases;

export interface Ask {
  method?: string;
  body?: unknown;
  /** As it is, instead of `body`. */
  text?: string;
  cookie?: string | undefined;
  origin?: string | undefined;
  headers?: Record<string, string>;
  /** Idempotency-Key; `null` leaves it out. */
  id?: string | null;
  /** Aborted: the client goes away. */
  signal?: AbortSignal;
}

export interface Got {
  status: number;
  headers: IncomingHttpHeaders;
  text: string;
  // biome-ignore lint/suspicious/noExplicitAny: a test says what it expects of it
  json: any;
}

function ask(
  target: { host?: string; port?: number; socketPath?: string },
  path: string,
  options: Ask,
  headersOnly = false,
): Promise<Got> {
  const { method = options.body === undefined && options.text === undefined ? 'GET' : 'POST', cookie, origin } = options;
  const text = options.text ?? (options.body === undefined ? undefined : JSON.stringify(options.body));
  const headers = {
    ...(text === undefined ? {} : { 'Content-Type': 'application/json' }),
    ...(cookie === undefined ? {} : { Cookie: cookie }),
    ...(origin === undefined ? {} : { Origin: origin }),
    ...(method === 'GET' || options.id === null ? {} : { 'Idempotency-Key': options.id ?? randomUUID() }),
    ...options.headers,
  };
  return new Promise((resolve, reject) => {
    const given = options.signal ? { signal: options.signal } : {};
    const request = httpRequest({ ...target, path, method, headers, agent: false, ...given }, (message) => {
      const isJson = /json/.test(message.headers['content-type'] ?? '');
      const got = { status: message.statusCode ?? 0, headers: message.headers };
      if (headersOnly && !isJson) {
        resolve({ ...got, text: '', json: undefined });
        message.on('error', () => undefined);
        request.destroy();
        return;
      }
      textOf(message).then((body) => resolve({ ...got, text: body, json: isJson ? JSON.parse(body) : undefined }), reject);
    });
    request.on('error', reject);
    request.end(text);
  });
}

async function textOf(message: IncomingMessage): Promise<string> {
  let text = '';
  message.setEncoding('utf8');
  for await (const part of message) text += part as string;
  return text;
}

export interface Watched {
  status: number;
  headers: IncomingHttpHeaders;
  /** All text so far, once it contains this. */
  until(text: string): Promise<string>;
  /** All text, once the stream has ended. */
  ended: Promise<string>;
  leave(): void;
}

function watch(port: number, path: string, headers: Record<string, string>): Promise<Watched> {
  return new Promise((resolve, reject) => {
    const request = httpRequest({ host: '127.0.0.1', port, path, headers, agent: false }, (message) => {
      let text = '';
      const waiting = new Set<() => void>();
      message.setEncoding('utf8');
      message.on('data', (part: string) => {
        text += part;
        for (const look of [...waiting]) look();
      });
      message.on('error', () => undefined);
      const ended = new Promise<string>((done) => message.on('close', () => done(text)));
      resolve({
        status: message.statusCode ?? 0,
        headers: message.headers,
        ended,
        until: (wanted) =>
          new Promise((found) => {
            const look = () => {
              if (!text.includes(wanted)) return;
              waiting.delete(look);
              found(text);
            };
            waiting.add(look);
            look();
          }),
        leave: () => request.destroy(),
      });
    });
    request.on('error', reject);
    request.end();
  });
}

export const addressOf = ({ path }: Endpoint): string => path.replaceAll(/\{\w+\}/g, 'something');

/** An emulation by which nothing would be run. */
export const EMULATED = {
  args: [],
  participants: [],
  before: [],
  after: [],
  phases: [],
  steps: [],
  notifications: [],
  hash: '',
  destructive: false,
  warnings: [],
};
