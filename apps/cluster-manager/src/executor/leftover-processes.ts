import { readdirSync, readFileSync, realpathSync } from 'node:fs';
import { setTimeout as wait } from 'node:timers/promises';
import { readProcessStat } from './process-identity.ts';

/** A process that a step's command is, or has started. */
export interface LeftoverProcess {
  step: string;
  pid: number;
  /** Clock ticks since the boot: with the pid it tells this process from a later one. */
  startTime: number;
  /** Its process group. */
  group: number;
  argv: string[];
}

/** The processes of a step, or of every step, of this state directory's launchers: known by their environment, never by their pid. */
export function findProcesses(stateDirectory: string, step?: string): LeftoverProcess[] {
  const ours = ownNames(stateDirectory);
  return readdirSync('/proc').flatMap((name) => {
    const found = /^[0-9]+$/.test(name) ? readProcess(Number(name), ours) : undefined;
    return found && (step === undefined || found.step === step) ? [found] : [];
  });
}

/** The state directory may be named through a symbolic link, differently at different times. */
function ownNames(stateDirectory: string): (value: string) => boolean {
  const real = realPath(stateDirectory);
  return (value) => value === stateDirectory || realPath(value) === real;
}

function realPath(path: string): string {
  try {
    return realpathSync(path);
  } catch {
    return path;
  }
}

function readProcess(pid: number, ours: (stateDirectory: string) => boolean): LeftoverProcess | undefined {
  const before = readProcessStat(pid);
  const environment = readWords(pid, 'environ');
  const variable = (name: string): string | undefined =>
    environment.find((entry) => entry.startsWith(`${name}=`))?.slice(name.length + 1);
  const step = variable('FALLOVER_STEP');
  if (!before || step === undefined || !ours(variable('FALLOVER_STATE') ?? '')) return undefined;
  const argv = readWords(pid, 'cmdline');
  // Still the same process, after all that was read of it?
  const after = readProcessStat(pid);
  if (after?.startTime !== before.startTime || after.state === 'Z' || after.state === 'X') return undefined;
  return { step, pid, startTime: after.startTime, group: after.group, argv };
}

function readWords(pid: number, file: 'environ' | 'cmdline'): string[] {
  try {
    return readFileSync(`/proc/${pid}/${file}`).toString().split('\0').slice(0, -1);
  } catch {
    return [];
  }
}

const LOOK_AGAIN_MS = 20;
const KILLED_WITHIN_MS = 2000;

/**
 * Ends what is left of a step: TERM, and KILL after the grace. A whole process group is signalled only when its leader
 * belongs to the step. Returns the processes that it has ended.
 */
export async function endProcesses(stateDirectory: string, step: string, graceMs: number): Promise<LeftoverProcess[]> {
  const seen = new Map<string, LeftoverProcess>();
  const round = async (signal: NodeJS.Signals, withinMs: number): Promise<LeftoverProcess[]> => {
    const signalled = new Set<string>();
    const until = performance.now() + withinMs;
    for (;;) {
      const left = findProcesses(stateDirectory, step);
      for (const process of left) seen.set(nameOf(process), process);
      for (const process of left) signalOnce(process, left, signal, signalled);
      if (left.length === 0 || performance.now() >= until) return left;
      await wait(LOOK_AGAIN_MS);
    }
  };
  let left = await round('SIGTERM', graceMs);
  if (left.length > 0) left = await round('SIGKILL', KILLED_WITHIN_MS);
  for (const process of left) seen.delete(nameOf(process));
  return [...seen.values()];
}

/** Kills what is left of these steps, at once; the steps of which something was. */
export function killProcesses(stateDirectory: string, steps: ReadonlySet<string>): string[] {
  const left = findProcesses(stateDirectory).filter(({ step }) => steps.has(step));
  const signalled = new Set<string>();
  for (const process of left) signalOnce(process, left, 'SIGKILL', signalled);
  return [...new Set(left.map(({ step }) => step))];
}

const nameOf = ({ pid, startTime }: LeftoverProcess): string => `${pid} ${startTime}`;

function signalOnce(found: LeftoverProcess, all: LeftoverProcess[], signal: NodeJS.Signals, signalled: Set<string>): void {
  const leader = all.find(({ pid }) => pid === found.group);
  const name = leader ? `group ${nameOf(leader)}` : nameOf(found);
  if (signalled.has(name)) return;
  const target = leader ?? found;
  // Looked at again right before: the number may belong to another process by now.
  const now = readProcess(target.pid, () => true);
  if (now?.startTime !== target.startTime || now.step !== found.step) return;
  signalled.add(name);
  try {
    process.kill(leader ? -leader.pid : found.pid, signal);
  } catch {
    // It has just ended.
  }
}
