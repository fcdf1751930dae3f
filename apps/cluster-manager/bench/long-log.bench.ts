/**
 * Opening a log of 1 GB at its end while nothing of it is counted yet, beside `tail -n 200` of the same file; then reading
 * it by line number, and how long the event loop is held meanwhile.
 *
 *     node apps/cluster-manager/bench/long-log.bench.ts [megabytes]
 */
import { execFileSync } from 'node:child_process';
import { closeSync, mkdtempSync, openSync, rmSync, writeSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { monitorEventLoopDelay } from 'node:perf_hooks';
import { outputLines } from '../src/output/output-lines.ts';

const MEGABYTES = Number(process.argv[2] ?? 1024);
const directory = mkdtempSync(join(tmpdir(), 'fallover-long-log-'));
const path = join(directory, 'log');
const stopped = new AbortController();
const { signal } = stopped;
const fail = (error: unknown): void => {
  throw error;
};

try {
  const written = fill();
  const tail = time(() => execFileSync('tail', ['-n', '200', path]));
  const count = time(() => execFileSync('wc', ['-l', path]));
  console.log(`${MEGABYTES} MB, ${written} lines; tail -n 200: ${tail.toFixed(1)} ms; wc -l: ${count.toFixed(0)} ms`);

  const opened: number[] = [];
  for (let round = 0; round < 20; round += 1) {
    // Each round as a daemon that has just started: nothing is counted.
    const fresh = new AbortController();
    opened.push(await timeOf(() => outputLines(fresh.signal, fail).lines(path, { line: -200 }, 200, signal)));
    fresh.abort();
  }
  opened.sort((a, b) => a - b);
  console.log(`opened at its end, nothing counted: p50 ${opened[10]?.toFixed(1)} ms, p95 ${opened[18]?.toFixed(1)} ms`);

  const output = outputLines(signal, fail);
  const delay = monitorEventLoopDelay({ resolution: 1 });
  delay.enable();
  const began = performance.now();
  let reply = await output.lines(path, { line: -200 }, 200, signal);
  while (reply.indexing) {
    await new Promise((resolve) => setTimeout(resolve, 20));
    reply = await output.lines(path, { line: -200 }, 200, signal);
  }
  delay.disable();
  console.log(
    `all lines counted beside it after ${(performance.now() - began).toFixed(0)} ms (${reply.total}); event loop held p99 ${(delay.percentile(99) / 1e6).toFixed(1)} ms, at most ${(delay.max / 1e6).toFixed(1)} ms`,
  );
  const middle = await timeOf(() => output.lines(path, { line: Math.floor(written / 2) }, 200, signal));
  const search = await timeOf(() => output.search(path, { text: 'in no line', direction: 'forward', most: 10 }, signal));
  console.log(
    `200 lines from the middle by number: ${middle.toFixed(1)} ms; a search request of 64 MiB without a hit: ${search.toFixed(0)} ms`,
  );
} finally {
  stopped.abort();
  rmSync(directory, { recursive: true, force: true });
}

function fill(): number {
  const file = openSync(path, 'wx');
  let lines = 0;
  for (let bytes = 0; bytes < MEGABYTES * 1024 * 1024; ) {
    const block: string[] = [];
    for (let number = 0; number < 10_000; number += 1, lines += 1)
      block.push(`+ start_server[${lines % 900}] [[ -n /data/fs${lines % 40} ]] mounting ${'.'.repeat(lines % 60)}\n`);
    bytes += writeSync(file, block.join(''));
  }
  closeSync(file);
  return lines;
}

function time(work: () => unknown): number {
  const began = performance.now();
  work();
  return performance.now() - began;
}

async function timeOf(work: () => Promise<unknown>): Promise<number> {
  const began = performance.now();
  await work();
  return performance.now() - began;
}
