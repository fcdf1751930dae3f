import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import type { LauncherRecord } from '../src/executor/launcher/own-record.ts';
import { findProcesses } from '../src/executor/leftover-processes.ts';
import { isAlive } from '../src/executor/process-identity.ts';
import { LAUNCHER_FILES, launchersDirectory } from '../src/executor/state-files.ts';

/** Of /proc/PID/stat, on Linux everywhere. */
const TICKS_A_SECOND = 100;

/**
 * The launchers of a node and what they run: all of it that is not the cluster manager itself. `aheadSeconds`: of the clock since
 * the start of its machine, where the node has a time namespace of its own.
 */
export function nodeProcesses(state: string, aheadSeconds = 0): number[] {
  const launchers = list(launchersDirectory(state)).flatMap((name) => {
    const record = readRecord(join(launchersDirectory(state), name, LAUNCHER_FILES.identity));
    if (!record) return [];
    const startTime = record.launcher.startTime - aheadSeconds * TICKS_A_SECOND;
    return isAlive({ ...record.launcher, startTime }) ? [record.launcher.pid] : [];
  });
  return [...launchers, ...findProcesses(state).map(({ pid }) => pid)];
}

/** Launchers first, so that they start nothing more; looked at again, for what one has just started. */
export function killNodeProcesses(state: string): void {
  for (let left = nodeProcesses(state), round = 0; left.length > 0 && round < 3; left = nodeProcesses(state), round += 1)
    for (const pid of left) signal(pid, 'SIGKILL');
}

export function signal(pid: number, name: NodeJS.Signals): void {
  try {
    process.kill(pid, name);
  } catch {
    // It has just ended.
  }
}

function list(directory: string): string[] {
  try {
    return readdirSync(directory);
  } catch {
    return []; // nothing was started yet
  }
}

function readRecord(file: string): LauncherRecord | undefined {
  try {
    return JSON.parse(readFileSync(file, 'utf8')) as LauncherRecord;
  } catch {
    return undefined; // not whole: that launcher has just begun, and runs nothing
  }
}
