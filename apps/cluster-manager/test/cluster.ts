import { randomUUID } from 'node:crypto';
import { chmodSync, mkdirSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { type IncomingHttpHeaders, request as httpRequest } from 'node:http';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { RunView } from '@fallover/contract';
import type { EventCustomization } from '@fallover/events';
import { type ClusterManager, startClusterManager } from '../src/index.ts';

export interface Reply {
  status: number;
  // biome-ignore lint/suspicious/noExplicitAny: a test looks at whatever the daemon has answered
  body: any;
  headers: IncomingHttpHeaders;
}

/** A one-node cluster on a temporary state directory, asked over its control socket as the shell asks it. */
export interface TestCluster {
  state: string;
  /** The directory of the script library, for a cluster that was made with one. */
  library: string;
  manager: ClusterManager;
  ask(method: string, path: string, body?: unknown, requestId?: string): Promise<Reply>;
  /** Writes an executable script; its full pathname. */
  script(name: string, lines: string): string;
  /** Makes customisations and custom events active. */
  configure(events: Record<string, EventCustomization>, customEvents?: Record<string, string>): Promise<void>;
  /** Queues an event; its run's id. */
  queue(event: string, ...args: string[]): Promise<string>;
  /** The run once it is as wanted. */
  until(run: string, wanted: (view: RunView) => boolean): Promise<RunView>;
  /** Runs an event until it has ended or waits for a decision. */
  run(event: string, ...args: string[]): Promise<RunView>;
  hacmpOut(): string;
  /** With another script library, or with none where it is said to be undefined. */
  restart(changes?: { scriptLibrary?: string | undefined }): Promise<void>;
  end(): Promise<void>;
}

export const hasSettled = ({ state }: RunView): boolean => state === 'ended' || state === 'awaiting_decision';

export async function testCluster({
  node = 'nodea',
  cluster = 'payroll',
  hasLibrary = false,
  ...keep
}: {
  node?: string;
  cluster?: string;
  keepDays?: number;
  keepGb?: number;
  ctdbBase?: string;
  hasLibrary?: boolean;
} = {}): Promise<TestCluster> {
  const directory = mkdtempSync(join(tmpdir(), 'fallover-'));
  const state = join(directory, 'state');
  const scripts = join(directory, 'scripts');
  // Root's library has to be within reach of other users.
  chmodSync(directory, 0o755);
  let scriptLibrary = hasLibrary ? join(directory, 'library') : undefined;
  mkdirSync(scripts, { mode: 0o755 });
  const start = async (): Promise<ClusterManager> => {
    const settings = {
      listen: '127.0.0.1:0',
      stateDirectory: state,
      node,
      cluster,
      hostNames: [],
      behindTlsProxy: false,
      ...keep,
      ...(scriptLibrary === undefined ? {} : { scriptLibrary }),
    };
    const started = await startClusterManager(settings);
    if (!started.ok) throw new Error(started.error.sentence);
    return started.value;
  };
  const ask: TestCluster['ask'] = (method, path, body, requestId = randomUUID()) =>
    askSocket(join(state, 'control.sock'), { method, path, body, requestId });
  const expectOk = async (reply: Promise<Reply>): Promise<Reply> => {
    const answer = await reply;
    if (answer.status >= 300) throw new Error(`${answer.status} ${JSON.stringify(answer.body)}`);
    return answer;
  };

  const self: TestCluster = {
    state,
    library: join(directory, 'library'),
    manager: await start(),
    ask,
    script(name, lines) {
      const path = join(scripts, name);
      writeFileSync(path, `#!/bin/sh\n${lines}\n`);
      chmodSync(path, 0o755);
      return path;
    },
    async configure(events, customEvents = {}) {
      for (const [name, script] of Object.entries(customEvents)) {
        const body = { revision: 0, fields: { script: { cluster: script } } };
        await expectOk(ask('PUT', `/api/v1/custom-events/${name}`, body));
      }
      for (const [event, fields] of Object.entries(events)) {
        const { body } = await expectOk(ask('GET', `/api/v1/events/${event}`));
        const revision = body.draft?.revision ?? 0;
        await expectOk(ask('PUT', `/api/v1/events/${event}/customization`, { revision, fields }));
      }
      await expectOk(ask('POST', '/api/v1/configuration/synchronise', {}));
    },
    async queue(event, ...args) {
      const { body } = await expectOk(ask('POST', '/api/v1/runs', { event, args }));
      return body.run;
    },
    async until(run, wanted) {
      for (let waited = 0; waited < 20_000; waited += 20) {
        const { status, body } = await ask('GET', `/api/v1/runs/${run}`);
        if (status === 200 && wanted(body)) return body;
        await new Promise((resolve) => setTimeout(resolve, 20));
      }
      const { body } = await ask('GET', `/api/v1/runs/${run}`);
      throw new Error(`The run did not get there: ${JSON.stringify(body, null, 1)}`);
    },
    run: async (event, ...args) => self.until(await self.queue(event, ...args), hasSettled),
    hacmpOut: () => readFileSync(join(state, 'log', 'hacmp.out'), 'utf8'),
    async restart(changes: { scriptLibrary?: string | undefined } = { scriptLibrary }) {
      await self.manager.stop();
      scriptLibrary = changes.scriptLibrary;
      self.manager = await start();
    },
    async end() {
      await self.manager.stop();
      rmSync(directory, { recursive: true, force: true });
    },
  };
  return self;
}

export function askSocket(
  socketPath: string,
  { method, path, body, requestId }: { method: string; path: string; body?: unknown; requestId: string },
): Promise<Reply> {
  return new Promise((resolve, reject) => {
    const headers = { 'Content-Type': 'application/json', 'Idempotency-Key': requestId };
    const request = httpRequest({ socketPath, method, path, headers }, (response) => {
      const chunks: Buffer[] = [];
      response.on('data', (chunk: Buffer) => chunks.push(chunk));
      response.on('error', reject);
      response.on('end', () => {
        const text = Buffer.concat(chunks).toString();
        const isJson = response.headers['content-type']?.includes('json');
        const { statusCode = 0, headers } = response;
        resolve({ status: statusCode, body: isJson && text ? JSON.parse(text) : text, headers });
      });
    });
    request.on('error', reject);
    request.end(body === undefined ? undefined : JSON.stringify(body));
  });
}
