import { execFileSync, fork } from 'node:child_process';
import { once } from 'node:events';
import { openSync, writeSync } from 'node:fs';
import { createServer, request, type ServerResponse } from 'node:http';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { testCluster } from '../test/cluster.ts';

/**
 * How soon the last of 1,000 browsers that watch a run has what a step has just written, and has its end once that is recorded;
 * beside a bare server that writes the same bytes to 1,000 responses. The viewers are a process of their own.
 *
 *     node apps/cluster-manager/bench/viewers.bench.ts [viewers] [rounds]
 */
interface Seen {
  /** What was looked for, and when the last viewer had it, in milliseconds since 1970. */
  token: string;
  at: number;
}

const clock = (): number => performance.timeOrigin + performance.now();
const [viewers = 1000, rounds = 40] = process.argv.slice(2).map(Number);

async function measure(): Promise<void> {
  const bare = await bareServer();
  const cluster = await testCluster();
  try {
    const fifo = join(cluster.state, 'told');
    execFileSync('mkfifo', [fifo]);
    // Opened for reading too, so that a script never finds the end of it.
    const told = openSync(fifo, 'r+');
    const names = Array.from({ length: rounds }, (_, index) => `told_${index}`);
    const script = cluster.script('says-what-it-is-told', `read -r token < ${fifo}; echo "$token"`);
    await cluster.configure(
      { network_up: { preEventCommand: { cluster: names } } },
      Object.fromEntries(names.map((name) => [name, script])),
    );
    const run = await cluster.queue('network_up', 'nodea', 'net1');
    await cluster.until(run, ({ steps }) => steps.length > 0);
    const watching = await viewersOf(join(cluster.state, 'control.sock'), `/api/v1/runs/${run}/stream`);
    const written: number[] = [];
    const ended: number[] = [];
    for (const [index] of names.entries()) {
      const token = `token-${index}.`;
      const output = watching.see(token);
      const end = watching.see(`ended-${index + 1}.`);
      const began = clock();
      writeSync(told, `${token}\n`);
      written.push((await output).at - began);
      const { steps } = await cluster.until(run, ({ steps }) => steps[index]?.endedAt !== undefined);
      ended.push((await end).at - Date.parse(steps[index]?.endedAt ?? ''));
    }
    watching.stop();

    const bareViewers = await viewersOf(bare.socket, '/');
    const plain: number[] = [];
    for (let round = 0; round < rounds; round += 1) {
      const token = `token-${round}.`;
      const seen = bareViewers.see(token);
      const began = clock();
      bare.write(`event: output\ndata: ${JSON.stringify({ step: run, from: 0, bytes: 10, text: token, more: false })}\n\n`);
      plain.push((await seen).at - began);
    }
    bareViewers.stop();
    console.log(`until the last of ${viewers} viewers has it, ${rounds} rounds:`);
    console.log(`  a bare server writes a line to all       ${tell(plain)}`);
    console.log(`  a step has written a line                ${tell(written)}  (a file that grows is looked at every 150 ms)`);
    console.log(`  the end of a step is recorded            ${tell(ended)}`);
    console.log(`  ratio of the medians to the bare server  ${ratio(written, plain)} and ${ratio(ended, plain)}`);
  } finally {
    await cluster.end();
    await bare.close();
  }
}

/** A process with all viewers, once every one of them is connected. */
async function viewersOf(socket: string, path: string) {
  const child = fork(fileURLToPath(import.meta.url), [String(viewers), String(rounds), socket, path]);
  await once(child, 'message');
  return {
    see: (token: string): Promise<Seen> =>
      new Promise((resolve) => {
        const listen = (seen: Seen): void => {
          if (seen.token !== token) return;
          child.off('message', listen);
          resolve(seen);
        };
        child.on('message', listen);
      }),
    stop: () => void child.kill(),
  };
}

/** The viewers: each reads its stream, and the last to see something tells when. */
function watch(socketPath: string, path: string): void {
  const seen = new Map<string, number>();
  let connected = 0;
  const saw = (token: string): void => {
    const count = (seen.get(token) ?? 0) + 1;
    seen.set(token, count);
    if (count === viewers) process.send?.({ token, at: clock() } satisfies Seen);
  };
  for (let number = 0; number < viewers; number += 1)
    request({ socketPath, path, headers: { Accept: 'text/event-stream' } }, (response) => {
      let ends = 0;
      let text = '';
      response.setEncoding('utf8');
      connected += 1;
      if (connected === viewers) process.send?.('connected');
      response.on('data', (part: string) => {
        text += part;
        for (let end = text.indexOf('\n\n'); end >= 0; end = text.indexOf('\n\n')) {
          const event = text.slice(0, end);
          text = text.slice(end + 2);
          if (event.includes('event: output')) for (const [token] of event.matchAll(/token-\d+\./g)) saw(token);
          else if (event.includes('event: run'))
            for (const count = event.split('"endedAt"').length - 1; ends < count; ) saw(`ended-${++ends}.`);
        }
      });
    }).end();
}

async function bareServer() {
  const responses = new Set<ServerResponse>();
  const server = createServer((_, response) => {
    response.writeHead(200, { 'Content-Type': 'text/event-stream' });
    response.flushHeaders();
    responses.add(response);
  });
  const socket = `/tmp/fallover-bench-${process.pid}.sock`;
  await new Promise<void>((resolve) => server.listen(socket, resolve));
  return {
    socket,
    write(text: string): void {
      for (const response of responses) response.write(text);
    },
    close: () =>
      new Promise<void>((resolve) => {
        server.closeAllConnections();
        server.close(() => resolve());
      }),
  };
}

function percentile(values: readonly number[], part: number): number {
  const sorted = values.toSorted((a, b) => a - b);
  return sorted[Math.min(sorted.length - 1, Math.floor(sorted.length * part))] as number;
}

const tell = (values: readonly number[]): string =>
  `p50 ${percentile(values, 0.5).toFixed(0)} ms, p99 ${percentile(values, 0.99).toFixed(0)} ms`;
const ratio = (values: readonly number[], base: readonly number[]): string =>
  (percentile(values, 0.5) / percentile(base, 0.5)).toFixed(1);

if (process.send) watch(process.argv[4] ?? '', process.argv[5] ?? '');
else await measure();
