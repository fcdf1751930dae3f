import { constants, openSync, readdirSync, readFileSync, readlinkSync } from 'node:fs';
import { findProcesses } from '../leftover-processes.ts';
import type { Libc } from './libc.ts';
import { recordOutput } from './output.ts';
import { continueStepLog } from './step-log.ts';

/**
 * What a command left running may still write, and its launcher may have died: its pipe is read here from now on, into
 * the same log. A pipe has one reader: those that a living launcher reads are left alone.
 */
export function adoptOutput(libc: Libc, stateDirectory: string, launchers: readonly number[], now: () => number): void {
  const read = new Set(launchers.flatMap(pipesOf));
  for (const { pid, step } of findProcesses(stateDirectory)) {
    for (const fd of ['1', '2']) {
      try {
        const [pipe] = pipeOf(pid, fd);
        if (pipe === undefined || read.has(pipe) || !isOurs(pid, fd)) continue;
        const log = continueStepLog(stateDirectory, step, now);
        recordOutput(libc, openSync(`/proc/${pid}/fd/${fd}`, constants.O_RDONLY | constants.O_NONBLOCK), log);
        read.add(pipe);
      } catch {
        // The process has just ended, or its log cannot be opened.
      }
    }
  }
}

/** A launcher opens its pipes for reading and writing; the pipe between two commands of a script is open for writing only. */
function isOurs(pid: number, fd: string): boolean {
  const flags = /^flags:\s*([0-7]+)/m.exec(readFileSync(`/proc/${pid}/fdinfo/${fd}`, 'latin1'))?.[1];
  return (Number.parseInt(flags ?? '0', 8) & 3) === constants.O_RDWR;
}

function pipesOf(pid: number): string[] {
  try {
    return readdirSync(`/proc/${pid}/fd`).flatMap((fd) => pipeOf(pid, fd));
  } catch {
    return [];
  }
}

function pipeOf(pid: number, fd: string): string[] {
  try {
    const target = readlinkSync(`/proc/${pid}/fd/${fd}`);
    return target.startsWith('pipe:') ? [target] : [];
  } catch {
    return []; // Closed since the list was read, such as the list's own descriptor.
  }
}
