import { readFileSync } from 'node:fs';

/** A process is known by its pid, the moment it started and the boot that counts that moment: never by the pid alone. */
export interface ProcessIdentity {
  pid: number;
  /** Clock ticks since the boot, as field 22 of /proc/PID/stat has it. */
  startTime: number;
  bootId: string;
}

export interface ProcessStat {
  state: string;
  parent: number;
  group: number;
  startTime: number;
}

const readBootId = (): string => readFileSync('/proc/sys/kernel/random/boot_id', 'latin1').trim();

/** What /proc says of a process; undefined when there is none. */
export function readProcessStat(pid: number): ProcessStat | undefined {
  let text: string;
  try {
    text = readFileSync(`/proc/${pid}/stat`, 'latin1');
  } catch {
    return undefined;
  }
  // The name stands in brackets and may hold anything, brackets too: the fields begin behind the last one.
  const [state = '', parent, group, ...rest] = text.slice(text.lastIndexOf(')') + 2).split(' ');
  return { state, parent: Number(parent), group: Number(group), startTime: Number(rest[16]) };
}

export function identityOf(pid: number): ProcessIdentity | undefined {
  const stat = readProcessStat(pid);
  return stat && { pid, startTime: stat.startTime, bootId: readBootId() };
}

/** A zombie does nothing any more; it counts as gone. */
export function isAlive(process: ProcessIdentity): boolean {
  const stat = readProcessStat(process.pid);
  return (
    stat !== undefined &&
    stat.startTime === process.startTime &&
    stat.state !== 'Z' &&
    stat.state !== 'X' &&
    process.bootId === readBootId()
  );
}
