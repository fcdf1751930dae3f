import { chmodSync, existsSync, readdirSync, readFileSync, renameSync, rmSync } from 'node:fs';
import { basename, join } from 'node:path';
import { setImmediate as nextTurn } from 'node:timers/promises';
import { readScriptNames } from '@fallover/events';
import type { EventOutcome } from '../src/ctdb/component-events.ts';
import { makeBase, shell } from '../src/ctdb/components.test-support.ts';
import { findProcesses } from '../src/executor/leftover-processes.ts';

export interface EditedRounds {
  operations: number;
  edits: number;
  events: number;
  /** Scripts that were started, and those that were passed over. */
  started: number;
  passedOver: number;
  outcomes: Record<string, number>;
  violations: string[];
}

const EVENTS = ['startup', 'recovered', 'monitor', 'ipreallocated'] as const;
const MOST_WAITING = 4;
const EMPTY = '40.empty.script';

/**
 * A directory is edited while events run in it: so many operations, each an edit or an event. A witness outside the product,
 * the scripts themselves, tells which of them was started: none twice, none skipped without a word, none left behind.
 */
export async function editWhileRunning({ operations, seed }: { operations: number; seed: number }): Promise<EditedRounds> {
  const random = randomFrom(seed);
  const pick = <Value>(list: readonly Value[]): Value => list[Math.floor(random() * list.length)] as Value;
  const base = makeBase();
  const witness = join(base.base, 'witness');
  const directory = base.path('c');
  const written = { edits: 0, events: 0 };
  const violations: string[] = [];
  // Its number and its name, as it was started: whoever renames it while it begins is told the old name.
  const text = (status: number): string =>
    shell(`echo "$FALLOVER_STEP \${0##*/}" >> "$CTDB_BASE/witness"`, ...(random() < 0.1 ? ['sleep 0.02'] : []), `exit ${status}`);
  const add = (): void => {
    // An empty one never takes the place of another: an interpreter that finds it there instead has nothing to say.
    const isEmpty = random() < 0.03;
    const file = isEmpty
      ? EMPTY
      : `${pick(['10', '20', '30', '31'])}.${pick(['a', 'b', 'c', 'd'])}${pick(['.script', '.script', '.script', '.script~', '.bak', ''])}`;
    // Whole or not at all, as an administrator's editor and every package manager write it.
    base.write('fresh/new', isEmpty ? '' : text(random() < 0.03 ? 1 : random() < 0.05 ? 72 : 0), random() < 0.85 ? 0o755 : 0o644);
    renameSync(base.path('fresh/new'), join(directory, file));
  };
  const edit = (): void => {
    written.edits += 1;
    const files = readdirSync(directory);
    if (files.length < 3 || random() < 0.4) {
      add();
      return;
    }
    const file = pick(files);
    const path = join(directory, file);
    const kind = random();
    if (kind < 0.35) rmSync(path);
    else if (kind < 0.7) chmodSync(path, random() < 0.6 ? 0o755 : 0o644);
    else if (file !== EMPTY) renameSync(path, join(directory, `${pick(['11', '21', '32'])}.${pick(['e', 'f'])}.script`));
  };

  try {
    base.write('c/10.a.script', text(0));
    const daemon = await base.start();
    const waiting = new Set<Promise<void>>();
    const outcomes: EventOutcome[] = [];
    for (let operation = 0; operation < operations; operation++) {
      if (random() < 0.85) {
        edit();
        if (random() < 0.3) await nextTurn();
        continue;
      }
      written.events += 1;
      const gone = new AbortController();
      const event = daemon.components
        .run('c', pick(EVENTS), [], { origin: { kind: 'person', name: 'anna' }, signal: gone.signal })
        .then((outcome) => void outcomes.push(outcome));
      if (random() < 0.05) setTimeout(() => gone.abort(), random() * 20);
      const one: Promise<void> = event.finally(() => waiting.delete(one));
      waiting.add(one);
      if (waiting.size >= MOST_WAITING) await Promise.race(waiting);
    }
    await Promise.all(waiting);

    const started = existsSync(witness) ? readFileSync(witness, 'utf8').trim().split('\n').filter(Boolean) : [];
    const seen = new Map<string, string>();
    for (const line of started) {
      const [id = '', file = ''] = line.split(' ');
      if (seen.has(id)) violations.push(`${id} was started twice: ${seen.get(id)} and ${file}.`);
      seen.set(id, file);
    }
    let passedOver = 0;
    const counts: Record<string, number> = {};
    for (const { run, outcome } of outcomes) {
      counts[outcome] = (counts[outcome] ?? 0) + 1;
      const kept = daemon.results.run(run);
      if (kept?.endedAt === undefined) {
        violations.push(`${run} has no end.`);
        continue;
      }
      const reached = kept.scripts.map(({ script }) => script);
      if (kept.planned.slice(0, reached.length).join() !== reached.join())
        violations.push(`${run} was to run ${kept.planned}, and ran ${reached}.`);
      if (outcome === 'ok' && reached.length !== kept.planned.length)
        violations.push(`${run} is said to be done, and ${kept.planned.slice(reached.length)} of it was skipped.`);
      const sorted = readScriptNames(
        'ctdb',
        kept.planned.map((name) => `${name}.script`),
      ).scripts.map(({ name }) => name);
      if (sorted.join() !== kept.planned.join()) violations.push(`${run} was out of order: ${kept.planned}.`);
      for (const [place, { script, status, exitStatus, reason, output }] of kept.scripts.entries()) {
        const file = seen.get(`${run}.${place}`);
        seen.delete(`${run}.${place}`);
        // One that is killed at once may not have come as far as to say so.
        const isStarted = exitStatus !== undefined;
        // Moved between its start and its interpreter's reading it, as can happen to any script: that fails the event, and says why.
        const isUnread = file === undefined && status === 'ERROR' && output.includes(`${script}.script`);
        if (isStarted && !isUnread && file !== `${script}.script`)
          violations.push(`${run}.${place} is said to be ${script} (${status}: ${output.trim()}), and ${file} was started.`);
        if (!isStarted && status === 'DISABLED') {
          passedOver += 1;
          if (file !== undefined) violations.push(`${file} was started as ${run}.${place}, and is said to be disabled.`);
          if (reason === undefined) violations.push(`${run}.${place}: ${script} was passed over without a word.`);
        }
      }
    }
    for (const [id, file] of seen) violations.push(`${file} was started as ${id}, and no event says so.`);
    if (daemon.results.open().length > 0) violations.push(`${daemon.results.open().length} events were left open.`);
    const left = findProcesses(base.state).filter(({ argv }) => argv.some((word) => basename(word).endsWith('.script')));
    if (left.length > 0) violations.push(`${left.length} processes were left behind.`);
    violations.push(...daemon.log);
    return { operations, ...written, started: started.length, passedOver, outcomes: counts, violations };
  } finally {
    await base.remove();
  }
}

/** Mulberry32: the same numbers for the same seed. */
function randomFrom(seed: number): () => number {
  let state = seed >>> 0;
  return () => {
    state = (state + 0x6d2b79f5) >>> 0;
    let mixed = Math.imul(state ^ (state >>> 15), state | 1);
    mixed ^= mixed + Math.imul(mixed ^ (mixed >>> 7), mixed | 61);
    return ((mixed ^ (mixed >>> 14)) >>> 0) / 4_294_967_296;
  };
}

/** For the command line. */
export async function fuzzComponents(operations: number, seed: number): Promise<number> {
  console.log(`${operations} operations on a component's directory while events run in it, with seed ${seed}.`);
  const { edits, events, started, passedOver, outcomes, violations } = await editWhileRunning({ operations, seed });
  const told = Object.entries(outcomes).map(([outcome, count]) => `${count} ${outcome}`);
  console.log(`${edits} edits, ${events} events (${told.join(', ')}), ${started} scripts started, ${passedOver} passed over.`);
  for (const violation of violations) console.log(violation);
  console.log(
    violations.length === 0 ? 'No script was run twice, skipped silently or left behind.' : `${violations.length} violations.`,
  );
  return violations.length === 0 ? 0 : 1;
}
