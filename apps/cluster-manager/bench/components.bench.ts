import { type ChildProcess, spawn, spawnSync } from 'node:child_process';
import { existsSync, mkdirSync } from 'node:fs';
import { join } from 'node:path';
import { performance } from 'node:perf_hooks';
import { setTimeout as wait } from 'node:timers/promises';
import { makeBase, shell } from '../src/ctdb/components.test-support.ts';
import { measureLoop } from './loop.ts';

/**
 * What an event of a component costs: 1, 10 and 50 scripts `exit 0`, per script; beside a bare
 * `sh` loop over the same scripts and, where it is installed, beside CTDB's own event daemon, less what an event over no
 * script costs there, since its client is a process of its own. All in turns; the median is told. That the size of the daemon does
 * not matter is what `launcher.bench.ts` shows.
 *
 *     node bench/components.bench.ts [ROUNDS]
 */
const [rounds = 15] = process.argv.slice(2).map(Number);
const COUNTS = [1, 10, 50];
/** As many scripts the loop runs at least, so that its own start does not count. */
const LOOPED = 100;
const HELPERS = ['/usr/libexec/ctdb', '/usr/lib/ctdb', '/usr/lib/x86_64-linux-gnu/ctdb'];

const base = makeBase();
const names = (count: number): string[] => Array.from({ length: count }, (_, place) => `c${count}/${10 + place}.x.script`);
for (const count of COUNTS) for (const name of names(count)) base.write(name, shell('exit 0'));
mkdirSync(base.path('c0'));
const daemon = await base.start();

const helpers = HELPERS.find((directory) => existsSync(join(directory, 'ctdb-eventd')));
const environment = { ...process.env, CTDB_TEST_MODE: 'yes', CTDB_BASE: base.base };
const eventd = helpers === undefined ? undefined : await startEventd(helpers);

async function startEventd(directory: string): Promise<{ child: ChildProcess; run(component: string): number } | undefined> {
  for (const name of ['run', 'var']) mkdirSync(join(base.base, name));
  const child = spawn(join(directory, 'ctdb-eventd'), [], { env: environment, stdio: 'ignore' });
  for (let tries = 0; tries < 100 && !existsSync(join(base.base, 'run', 'eventd.socket')); tries++) await wait(50);
  if (!existsSync(join(base.base, 'run', 'eventd.socket'))) {
    child.kill();
    return undefined;
  }
  return {
    child,
    run(component) {
      const began = performance.now();
      const { status } = spawnSync(join(directory, 'ctdb-event'), ['run', '30', component, 'monitor'], {
        env: environment,
        stdio: 'ignore',
      });
      if (status !== 0) throw new Error(`ctdb-event ended with status ${status}.`);
      return performance.now() - began;
    },
  };
}

async function ours(component: string): Promise<number> {
  const began = performance.now();
  const { outcome } = await daemon.components.run(component, 'monitor', [], {
    origin: { kind: 'cluster_manager', name: 'bench' },
  });
  if (outcome !== 'ok') throw new Error(`The event ended: ${outcome}.`);
  return performance.now() - began;
}

const median = (values: number[]): number => values.sort((one, other) => one - other)[Math.floor(values.length / 2)] ?? 0;

try {
  for (let round = 0; round < 5; round++) await ours('c10');
  console.log(`Milliseconds per script, the median of ${rounds} rounds.`);
  console.log('scripts  Fallover  sh loop  CTDB eventd  Fallover, ms an event');
  for (const count of COUNTS) {
    const [fallover, loop, ctdb]: [number[], number[], number[]] = [[], [], []];
    for (let round = 0; round < rounds; round++) {
      fallover.push(await ours(`c${count}`));
      loop.push(measureLoop(Array.from({ length: Math.ceil(LOOPED / count) }, () => names(count).map(base.path)).flat()));
      if (eventd) ctdb.push(eventd.run(`c${count}`) - eventd.run('c0'));
    }
    const event = median(fallover);
    const columns = [
      String(count).padStart(7),
      (event / count).toFixed(2).padStart(8),
      median(loop).toFixed(2).padStart(7),
      (eventd ? (median(ctdb) / count).toFixed(2) : 'none').padStart(11),
      event.toFixed(1).padStart(21),
    ];
    console.log(columns.join('  '));
  }
  if (!eventd) console.log("CTDB's event daemon is not installed here (Debian: apt-get install ctdb), so it was not measured.");
} finally {
  eventd?.child.kill();
  await base.remove();
}
