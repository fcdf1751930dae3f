import { join } from 'node:path';
import { isoLocal, type LogWriteFault, localClock, localDate, noteLine, visible } from '@fallover/events';
import { logFile, type Write } from './log-file.ts';
import { rotate } from './rotate.ts';

export interface HacmpOutSettings {
  directory: string;
  /** Milliseconds, as Date.now. */
  now(): number;
  /** An IANA name; the system's zone when none is given. */
  timeZone?: string;
  /** Called once when something begins to be wrong, and again when it is something else. */
  onTrouble?(fault: LogWriteFault): void;
  /** That is over. */
  onRecovery?(code: LogWriteFault['code']): void;
  write?: Write;
}

/** The log of a node. Nothing here throws: an event goes on without its log. */
export interface HacmpOut {
  readonly path: string;
  /** Appends all lines by one write. False: they are lost; the next lines that can be written are preceded by how many were. */
  append(lines: readonly string[]): boolean;
  /** A line of the cluster manager's own. */
  note(sentence: string): boolean;
  /** At local midnight, also one that passed while nothing was written; to be called now and then, and done before each write. */
  rotateIfDue(): void;
  close(): void;
}

const HOUR = 3_600_000;

export function openHacmpOut({ directory, now, timeZone, onTrouble, onRecovery, write }: HacmpOutSettings): HacmpOut {
  const path = join(directory, 'hacmp.out');
  const clock = localClock(timeZone);
  const file = logFile(path, write);
  const dayOf = (ms: number): string => localDate(clock(ms));
  /** The day whose lines the file holds, and when that was found. */
  let day: { date: string; at: number } | undefined;
  let lost = { lines: 0, bytes: 0, since: 0 };
  const troubles = new Map<'write' | 'rotate', LogWriteFault['code']>();

  function trouble(subject: 'write' | 'rotate', fault: LogWriteFault): void {
    if (troubles.get(subject) === fault.code) return;
    troubles.set(subject, fault.code);
    onTrouble?.(fault);
  }

  function recovered(subject: 'write' | 'rotate'): void {
    const code = troubles.get(subject);
    if (code === undefined) return;
    troubles.delete(subject);
    onRecovery?.(code);
  }

  function rotateWhenDue(ms: number): void {
    const { size, mtimeMs } = file.check();
    const today = dayOf(ms);
    // A file that was there before this process is of the day when it was last written.
    day ??= { date: size > 0 ? dayOf(Math.min(mtimeMs, ms)) : today, at: Math.min(mtimeMs, ms) };
    // A clock that was ahead and is put right is no midnight; a second back over midnight is not either.
    if (size === 0 || ms < day.at - HOUR) day = { date: today, at: ms };
    if (today <= day.date) {
      recovered('rotate');
      return;
    }
    try {
      rotate(path);
      file.close();
      file.check();
      day = { date: today, at: ms };
      recovered('rotate');
    } catch (error) {
      trouble('rotate', { code: 'log_not_rotated', path, reason: reasonOf(error) });
    }
  }

  function append(lines: readonly string[]): boolean {
    if (lines.length === 0) return true;
    const ms = now();
    const text = `${lines.map((line) => (line.includes('\n') ? visible(line) : line)).join('\n')}\n`;
    try {
      rotateWhenDue(ms);
      file.append(lost.lines === 0 ? text : `${noteLine(clock(ms), lostSentence())}\n${text}`);
    } catch (error) {
      lost = {
        lines: lost.lines + lines.length,
        bytes: lost.bytes + Buffer.byteLength(text),
        since: lost.lines === 0 ? ms : lost.since,
      };
      trouble('write', faultOf(path, error));
      return false;
    }
    lost = { lines: 0, bytes: 0, since: 0 };
    recovered('write');
    return true;
  }

  const lostSentence = (): string => {
    const { lines, bytes, since } = lost;
    const what = `${lines} ${lines === 1 ? 'line' : 'lines'} (${bytes} bytes)`;
    return `${what} could not be written here since ${isoLocal(clock(since)).replace('T', ' ')} and ${lines === 1 ? 'is' : 'are'} lost.`;
  };

  return {
    path,
    append,
    note: (sentence) => append([noteLine(clock(now()), sentence)]),
    rotateIfDue() {
      try {
        rotateWhenDue(now());
      } catch (error) {
        trouble('write', faultOf(path, error));
      }
    },
    close: () => file.close(),
  };
}

const reasonOf = (error: unknown): string => (error as NodeJS.ErrnoException).code ?? String(error);

function faultOf(path: string, error: unknown): LogWriteFault {
  const reason = reasonOf(error);
  const isFull = ['ENOSPC', 'EDQUOT', 'EFBIG'].includes(reason);
  return { code: isFull ? 'log_disk_full' : 'log_not_writable', path, reason };
}
