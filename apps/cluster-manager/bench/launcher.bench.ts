import { spawnSync } from 'node:child_process';
import { createHash, randomUUID } from 'node:crypto';
import { mkdirSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { DefinitionDocument } from '@fallover/events';
import type { Executor, StartRequest } from '../src/executor/executor.ts';
import { startLauncher } from '../src/executor/executor-client.ts';
import { layDownSet } from '../src/script-library/lay-down.ts';

/**
 * What a step costs: N scripts `exit 0` through the launcher, the daemon holding 500 MB, beside a bare `sh` loop over the
 * same scripts in the same run; and the same scripts kept in the script library, whose bytes are compared with the
 * revision. All are measured in turns, and the median of the turns is told. With `wordy` each script writes a line, which
 * the loop appends to a file a script.
 *
 *     node bench/launcher.bench.ts [N] [ROUNDS] [wordy]
 */
const [scripts = 1000, rounds = 5] = process.argv.slice(2, 4).map(Number);
const isWordy = process.argv[4] === 'wordy';
const body = isWordy ? 'echo one line of output' : 'exit 0';
const HELD_MB = 500;

const directory = mkdtempSync(join(tmpdir(), 'fallover-bench-'));
const state = join(directory, 'state');
mkdirSync(join(state, 'revisions'), { recursive: true, mode: 0o700 });
mkdirSync(join(directory, 'scripts'));
const library = join(directory, 'library');

const TEXT = `#!/bin/sh\n${body}\n`;
const names = Array.from({ length: scripts }, (_, number) => `exit-0.${number}`);
for (const name of names) writeFileSync(join(directory, 'scripts', name), TEXT, { mode: 0o755 });
const content = createHash('sha256').update(TEXT).digest('hex');
const kept = new Map(names.toSorted().map((name) => [name, content]));
await layDownSet(library, kept, async () => TEXT);

/** One custom event a script, all of them pre-events of node_up: every step starts another file. Its hash. */
function revisionOf(pathOf: (name: string) => string): string {
  const document: DefinitionDocument = {
    format: 1,
    cluster: 'bench',
    entries: [
      ...names.map((name, number) => ({
        class: 'custom_event' as const,
        name: `e${number}`,
        fields: { script: { cluster: pathOf(name) } },
      })),
      { class: 'event', name: 'node_up', fields: { preEventCommand: { cluster: names.map((_, number) => `e${number}`) } } },
      ...[...kept].map(([name, cluster]) => ({ class: 'script' as const, name, fields: { content: { cluster } } })),
    ],
  };
  const bytes = JSON.stringify(document);
  const hash = createHash('sha256').update(bytes).digest('hex');
  writeFileSync(join(state, 'revisions', `${hash}.json`), bytes);
  return hash;
}
const ordinary = revisionOf((name) => join(directory, 'scripts', name));
const ofLibrary = revisionOf((name) => join(library, 'current', name));

const executor = await startLauncher({
  stateDirectory: state,
  node: 'nodea',
  cluster: 'bench',
  scriptLibrary: library,
  log: console.error,
});
const held = Buffer.alloc(HELD_MB * 1e6, 1);

/** The beginnings of a run's id; the rest is random. */
const runId = (): string => randomUUID().replace(/^(.{14})./, (_, start: string) => `${start}7`);

function run(launcher: Executor, request: StartRequest): Promise<void> {
  return new Promise((resolve, reject) => {
    launcher.start(request, {
      command: () => {},
      finished: (result) => {
        launcher.acknowledge(request.step);
        if (result.status === 0) resolve();
        else reject(new Error(JSON.stringify(result)));
      },
      lost: () => reject(new Error('The launcher died.')),
    });
  });
}

async function throughLauncher(revision: string): Promise<number> {
  const scope = `${runId()}/1/nodea`;
  const started = performance.now();
  for (let number = 0; number < scripts; number += 1)
    await run(executor, {
      step: `${scope}/pre_event.${number + 1}/1`,
      kind: 'pre_event',
      event: 'node_up',
      customEvent: `e${number}`,
      args: ['nodea'],
      status: 0,
      revision,
      membership: { before: ['nodea'], after: ['nodea'] },
      drill: false,
    });
  return (performance.now() - started) / scripts;
}

function shellLoop(): number {
  const started = performance.now();
  const into = isWordy ? ` >>${directory}/said.$\{f##*.}` : '';
  spawnSync('/bin/sh', ['-c', `for f in ${join(directory, 'scripts')}/*; do "$f" node_up nodea${into}; done`]);
  return (performance.now() - started) / scripts;
}

const median = (values: number[]): number => values.toSorted((a, b) => a - b)[Math.floor(values.length / 2)] as number;

await throughLauncher(ordinary);
await throughLauncher(ofLibrary);
shellLoop();
const loop: number[] = [];
const launcher: number[] = [];
const fromLibrary: number[] = [];
for (let round = 0; round < rounds; round += 1) {
  loop.push(shellLoop());
  launcher.push(await throughLauncher(ordinary));
  fromLibrary.push(await throughLauncher(ofLibrary));
}
const launcherMb = Math.round(Number(/VmRSS:\s+(\d+)/.exec(readFileSync(`/proc/${executor.pid}/status`, 'latin1'))?.[1]) / 1024);
await executor.close();
rmSync(directory, { recursive: true, force: true });

const tell = (values: number[]): string =>
  `median ${median(values).toFixed(2)} ms, least ${Math.min(...values).toFixed(2)} ms (${values.map((ms) => ms.toFixed(2)).join(' ')})`;
const ratio = (of: (values: number[]) => number): string => (of(launcher) / of(loop)).toFixed(2);
console.log(`per step, ${scripts} scripts "${body}", ${rounds} rounds, ${Math.round(held.length / 1e6)} MB held by the daemon`);
console.log(`  bare sh loop   ${tell(loop)}`);
console.log(`  launcher       ${tell(launcher)}`);
console.log(`  script library ${tell(fromLibrary)}`);
console.log(
  `  ratio          ${ratio(median)} of the medians, ${ratio((ms) => Math.min(...ms))} of the least (aim 1.64, at most 2.5)`,
);
console.log(`  the launcher's resident memory afterwards: ${launcherMb} MB`);
