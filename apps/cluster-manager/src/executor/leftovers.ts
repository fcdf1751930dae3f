import { existsSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { setTimeout as wait } from 'node:timers/promises';
import { parseStepId, type StepResult } from '@fallover/events';
import { type LauncherRecord, SLOW, type StartedStep } from './launcher/own-record.ts';
import { parseStepResult } from './messages.ts';
import { identityOf, isAlive, type ProcessIdentity } from './process-identity.ts';
import { LAUNCHER_FILES, launchersDirectory } from './state-files.ts';

/** What an earlier launcher knows of a step that it started. */
export type Leftover = { finished: StepResult } | { running: ProcessIdentity };

interface EarlierLauncher {
  directory: string;
  identity: ProcessIdentity;
  daemon: ProcessIdentity;
}

export interface Patience {
  /** How long a launcher without a daemon may take until it has said that it starts nothing more. */
  patienceMs: number;
}

const LOOK_AGAIN_MS = 10;
const WATCH_MS = 100;

/**
 * What the launchers of earlier daemons have finished or still run, by step. A step that is claimed in the journal and not
 * in here is interrupted. Waits until each of these launchers has read all that its daemon had asked for; one that does
 * not get there in time is killed (not what it runs), because it could still start something later.
 */
export async function readLeftovers(
  stateDirectory: string,
  { patienceMs }: Patience = { patienceMs: 10_000 },
): Promise<Map<string, Leftover>> {
  const until = performance.now() + patienceMs;
  for (;;) {
    const unsettled = earlierLaunchers(stateDirectory).filter((launcher) => isAlive(launcher.identity) && !hasClosed(launcher));
    if (unsettled.length === 0) break;
    if (performance.now() >= until) for (const { identity } of unsettled) killIfAlive(identity);
    await wait(LOOK_AGAIN_MS);
  }
  const leftovers = new Map<string, Leftover>();
  for (const launcher of earlierLaunchers(stateDirectory)) {
    // In this order: a launcher that ends meanwhile has left its results before.
    const alive = isAlive(launcher.identity);
    for (const [step, result] of readResults(launcher)) leftovers.set(step, { finished: result });
    if (!alive) markRead(launcher);
    if (!alive) continue;
    for (const { step } of readStarted(launcher)) if (!leftovers.has(step)) leftovers.set(step, { running: launcher.identity });
  }
  return leftovers;
}

export interface LeftoverEvents {
  finished(step: string, result: StepResult): void;
  /** Its launcher died too. */
  lost(step: string): void;
}

/** Tells of each step that an earlier launcher still runs how it ended. Returns when all of them have. */
export async function watchLeftovers(
  stateDirectory: string,
  steps: Iterable<string>,
  events: LeftoverEvents,
  signal: AbortSignal,
): Promise<void> {
  const left = new Set(steps);
  while (left.size > 0 && !signal.aborted) {
    const leftovers = await readLeftovers(stateDirectory);
    for (const step of left) {
      const leftover = leftovers.get(step);
      if (leftover && 'running' in leftover) continue;
      left.delete(step);
      if (leftover) events.finished(step, leftover.finished);
      else events.lost(step);
    }
    if (left.size > 0) await wait(WATCH_MS, undefined, { signal }).catch(() => {});
  }
}

/**
 * Removes what launchers left that had ended when it was last read. To be called once their results are in the journal.
 * What ended since, unread, stays for the next reading.
 */
export function forgetLeftovers(stateDirectory: string): void {
  for (const { directory } of earlierLaunchers(stateDirectory))
    if (existsSync(join(directory, LAUNCHER_FILES.read))) rmSync(directory, { recursive: true, force: true });
}

function markRead({ directory }: EarlierLauncher): void {
  try {
    writeFileSync(join(directory, LAUNCHER_FILES.read), '', { mode: 0o600 });
  } catch {
    // A full disk: it is kept and read once more by the next daemon.
  }
}

/** The pids of all launchers of this state directory that are alive. */
export const livingLaunchers = (stateDirectory: string): number[] =>
  allLaunchers(stateDirectory)
    .filter(({ identity }) => isAlive(identity))
    .map(({ identity }) => identity.pid);

/** All launchers but the one that works for this very process. */
function earlierLaunchers(stateDirectory: string): EarlierLauncher[] {
  const self = identityOf(process.pid);
  return allLaunchers(stateDirectory).filter(
    (launcher) =>
      launcher.daemon.pid !== self?.pid ||
      launcher.daemon.startTime !== self.startTime ||
      launcher.daemon.bootId !== self.bootId ||
      hasClosed(launcher) ||
      !isAlive(launcher.identity),
  );
}

const hasClosed = ({ directory }: EarlierLauncher): boolean => existsSync(join(directory, LAUNCHER_FILES.closed));

function allLaunchers(stateDirectory: string): EarlierLauncher[] {
  const launchers = launchersDirectory(stateDirectory);
  return namesIn(launchers).flatMap((name) => {
    const directory = join(launchers, name);
    const record = readJson(join(directory, LAUNCHER_FILES.identity)) as Partial<LauncherRecord> | undefined;
    if (record?.format !== 1 || !isIdentity(record.launcher) || !isIdentity(record.daemon)) return [];
    return [{ directory, identity: record.launcher, daemon: record.daemon }];
  });
}

const isIdentity = (value: Partial<ProcessIdentity> | undefined): value is ProcessIdentity =>
  Number.isInteger(value?.pid) && Number.isInteger(value?.startTime) && typeof value?.bootId === 'string';

function readResults({ directory }: EarlierLauncher): [string, StepResult][] {
  return namesIn(directory)
    .filter(LAUNCHER_FILES.isResult)
    .flatMap((name) => {
      const left = readJson(join(directory, name)) as { step?: unknown; result?: unknown } | undefined;
      const result = parseStepResult(left?.result);
      return typeof left?.step === 'string' && parseStepId(left.step) && result ? [[left.step, result]] : [];
    });
}

/** A last line without its end is one that a full disk cut off. */
function readStarted({ directory }: EarlierLauncher): StartedStep[] {
  try {
    const lines = readFileSync(join(directory, LAUNCHER_FILES.started), 'latin1').split('\n').slice(0, -1);
    return lines.flatMap((line) => {
      const [step = '', speed] = line.split(' ');
      return parseStepId(step) ? [{ step, slow: speed === SLOW }] : [];
    });
  } catch {
    return [];
  }
}

/**
 * The steps of slow events that launchers had started when they died, whatever has become of them. Only of launchers whose
 * directories are not among those `seen`; these are added.
 */
export function slowStepsOfDeadLaunchers(stateDirectory: string, seen: Set<string>): string[] {
  const dead = allLaunchers(stateDirectory).filter(({ directory, identity }) => !seen.has(directory) && !isAlive(identity));
  for (const { directory } of dead) seen.add(directory);
  return dead.flatMap(readStarted).flatMap(({ step, slow }) => (slow ? [step] : []));
}

function namesIn(directory: string): string[] {
  try {
    return readdirSync(directory);
  } catch {
    return [];
  }
}

function readJson(file: string): unknown {
  try {
    return JSON.parse(readFileSync(file, 'utf8')) ?? undefined;
  } catch {
    return undefined;
  }
}

function killIfAlive(identity: ProcessIdentity): void {
  if (!isAlive(identity)) return;
  try {
    process.kill(identity.pid, 'SIGKILL');
  } catch {
    // It has just ended.
  }
}
