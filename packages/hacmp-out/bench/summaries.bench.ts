/**
 * Compiling the event summaries of a hacmp.out of 1 GB, beside `grep -c 'EVENT START'` on the same file.
 *
 *     node packages/hacmp-out/bench/summaries.bench.ts [--size 1G] [--rounds 3]
 */
import { execFileSync } from 'node:child_process';
import { closeSync, mkdtempSync, openSync, rmSync, statSync, writeSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { parseArgs } from 'node:util';
import {
  completedMarker,
  localClock,
  outputLine,
  outputPrefix,
  referenceString,
  startMarker,
  summaryBlock,
} from '@fallover/events';
import { compileSummaries } from '../src/compile.ts';

const UNITS = { K: 1e3, M: 1e6, G: 1e9 } as const;
const clock = localClock('UTC');

/** An event as a node logs it: about 256 kB of output, most of it a trace of a shell, and its summary. */
function* oneEvent(number: number): Generator<string> {
  const from = Date.UTC(2026, 10, 23) + number * 1000;
  const time = (seconds: number) => clock(from + seconds * 1000);
  const id = (from + 7).toString(16).padStart(12, '0');
  const step = `${id.slice(0, 8)}-${id.slice(8, 12)}-7abc-8def-${(number * 2654435761).toString(16).padStart(12, '0').slice(-12)}/1/nodea/event/1`;
  const prefix = outputPrefix(step, 'node_down');
  yield startMarker(time(0), 'node_down', ['nodea']);
  for (let sub = 0; sub < 5; sub++) {
    yield startMarker(time(sub), 'process_resources', []);
    for (let line = 0; line < 600; line++) {
      yield outputLine(prefix, `+rg${sub}:cl_activate_fs[${line}] [[ -n /data/fs${line % 40} && $PROC_RES == true ]]`);
      if (line % 3 === 0)
        yield outputLine(prefix, `Mounting /dev/datavg/lv${line} on /data/fs${line % 40} ... STATUS=0 VERBOSE_LOGGING=high`);
    }
    yield `Reference string: ${referenceString(time(sub), 'process_resources', `rg${sub}`)}`;
    yield completedMarker(time(sub), 'process_resources', [], 0);
  }
  yield completedMarker(time(6), 'node_down', ['nodea'], 0);
  const actions = [0, 1, 2, 3, 4].map((sub) => ({
    action: 'Releasing resource group',
    resource: `rg${sub}`,
    scriptName: 'process_resources',
    at: time(sub),
  }));
  yield* summaryBlock({ event: 'node_down', args: ['nodea'], startedAt: time(0), endedAt: time(6), actions });
}

/** Says how many events it wrote. */
function writeLog(path: string, size: number): void {
  const file = openSync(path, 'wx');
  let events = 0;
  for (let written = 0; written < size; events++) written += writeSync(file, `${[...oneEvent(events)].join('\n')}\n`);
  closeSync(file);
  console.log(events);
}

function timed(work: () => void): number {
  const start = performance.now();
  work();
  return performance.now() - start;
}

const { values } = parseArgs({
  options: {
    size: { type: 'string', default: '1G' },
    rounds: { type: 'string', default: '3' },
    // Given by this program to itself: the log is written by another process, whose memory is not counted.
    write: { type: 'string' },
  },
});
const [, count = '', unit = ''] = /^(\d+)([KMG]?)$/.exec(values.size) ?? [];
const size = Number(count) * (UNITS[unit as keyof typeof UNITS] ?? 1);
const rounds = Number(values.rounds);
if (!(size > 0 && Number.isInteger(rounds) && rounds > 0)) {
  console.error('summaries.bench: --size takes a number with K, M or G behind it, --rounds a number.');
  process.exit(2);
}

if (values.write !== undefined) {
  writeLog(values.write, size);
  process.exit(0);
}

const directory = mkdtempSync(join(tmpdir(), 'fallover-bench-'));
const path = join(directory, 'hacmp.out');
const forget = (signal: NodeJS.Signals) => {
  rmSync(directory, { recursive: true, force: true });
  process.kill(process.pid, signal);
};
process.once('SIGINT', forget);
process.once('SIGTERM', forget);
try {
  const writer = [import.meta.filename, '--write', path, '--size', values.size];
  const events = Number(execFileSync(process.execPath, writer, { encoding: 'utf8' }));
  const marked = Number(execFileSync('grep', ['-c', 'EVENT START', path], { encoding: 'utf8' }));
  const grep: number[] = [];
  const compiled: number[] = [];
  let longestTurn = 0;
  let found = 0;
  let mostMemory = 0;
  const before = process.memoryUsage().rss;
  for (let round = 0; round < rounds; round++) {
    grep.push(timed(() => execFileSync('grep', ['-c', 'EVENT START', path])));
    let last = performance.now();
    const watch = setInterval(() => {
      longestTurn = Math.max(longestTurn, performance.now() - last - 1);
      last = performance.now();
      mostMemory = Math.max(mostMemory, process.memoryUsage().rss);
    }, 1);
    const start = performance.now();
    found = 0;
    for await (const { outcome } of compileSummaries([{ node: 'nodea', files: [path] }])) if (outcome === 'succeeded') found++;
    compiled.push(performance.now() - start);
    clearInterval(watch);
  }
  if (found !== events) throw new Error(`Of ${events} summaries ${found} were compiled.`);
  const best = (times: number[]) => Math.min(...times);
  const line = (what: string, value: string) => console.log(`  ${what.padEnd(44)} ${value}`);
  console.log(`Event summaries of a hacmp.out of ${(statSync(path).size / 1e6).toFixed(0)} MB (best of ${rounds})`);
  line("grep -c 'EVENT START' (the baseline)", `${best(grep).toFixed(0)} ms, ${marked} lines`);
  line('summaries compiled', `${best(compiled).toFixed(0)} ms, ${found} summaries`);
  line('times the baseline', `${(best(compiled) / best(grep)).toFixed(2)} (aim: 3)`);
  line('memory grew by', `${Math.max(0, (mostMemory - before) / 1e6).toFixed(0)} MB, to ${(mostMemory / 1e6).toFixed(0)} MB`);
  line('event loop held up at most', `${longestTurn.toFixed(0)} ms`);
} finally {
  rmSync(directory, { recursive: true, force: true });
}
