import { closeSync, constants, fstatSync, openSync, readSync } from 'node:fs';
import { basename, dirname, join } from 'node:path';
import { setImmediate } from 'node:timers/promises';
import {
  type EventSummary,
  type FoldState,
  isoLocal,
  type LogReadFault,
  localClock,
  rest,
  type SummaryOutcome,
  startOfLog,
} from '@fallover/events';
import { logScanner } from './scan.ts';

/** One node's log, its files oldest first: an event may begin in one and end in the next. */
export interface Log {
  /** Empty when it is not known whose log it is. */
  node: string;
  files: readonly string[];
}

/** What of a log is asked for. Times are ISO 8601 without an offset, as the log's node showed them. */
export interface SummaryFilter {
  since?: string | undefined;
  until?: string | undefined;
  node?: string | undefined;
  /** The event's name. */
  event?: string | undefined;
  outcome?: SummaryOutcome | undefined;
  /** Somewhere in the summary, in capital letters or small ones. */
  text?: string | undefined;
}

export interface CompileOptions extends SummaryFilter {
  /** A file that cannot be read is left out. */
  onFault?(fault: LogReadFault): void;
  signal?: AbortSignal;
  /** Of this machine; for the year of lines that have none. */
  timeZone?: string;
}

export interface NodeSummary extends EventSummary {
  node: string;
}

/** The event loop is given a turn after so many milliseconds of reading. */
const TURN_MS = 5;

/** The event summaries of some logs, log by log, in the order in which they stand. */
export async function* compileSummaries(logs: readonly Log[], options: CompileOptions = {}): AsyncGenerator<NodeSummary> {
  const isAskedFor = summaryFilter(options);
  const isLongAfter = longAfter(options.until);
  const clock = localClock(options.timeZone);
  let turn = performance.now();
  for (const { node, files } of logs) {
    // All are opened before the first is read, so that a rotation meanwhile changes nothing.
    const opened = files.flatMap((path) => openLog(path, options.onFault ?? (() => undefined)));
    let state: FoldState = startOfLog;
    let isOverForUs = false;
    try {
      for (const { path, fd, size, modified } of opened) {
        const fileTime = isoLocal(clock(modified));
        if (isOverForUs && isIdle(state)) break;
        if (options.since !== undefined && fileTime < options.since) continue;
        let offset = 0;
        const scanner = logScanner(
          path,
          (into) => {
            // What is appended meanwhile is left for the next time.
            const read = readSync(fd, into, 0, Math.min(into.length, size - offset), offset);
            offset += read;
            return read;
          },
          state,
          fileTime,
        );
        for (let isOver = false; !isOver; ) {
          const scanned = scanner.next();
          isOver = scanned.isOver;
          for (const summary of scanned.completed) {
            isOverForUs ||= isLongAfter(summary, fileTime);
            if (isAskedFor(summary, node)) yield { ...summary, node };
          }
          if (options.signal?.aborted) return;
          // What follows is later still, once nothing is open that began earlier.
          if (isOverForUs && isIdle(scanner.state())) break;
          if (performance.now() - turn < TURN_MS) continue;
          await setImmediate();
          turn = performance.now();
        }
        state = scanner.state();
      }
      for (const summary of rest(state)) if (isAskedFor(summary, node)) yield { ...summary, node };
    } finally {
      for (const { fd } of opened) closeSync(fd);
    }
  }
}

interface OpenedLog {
  path: string;
  fd: number;
  size: number;
  modified: number;
}

function openLog(path: string, onFault: (fault: LogReadFault) => void): OpenedLog[] {
  try {
    const fd = openSync(path, constants.O_RDONLY | constants.O_NONBLOCK);
    const stats = fstatSync(fd);
    if (stats.isFile()) return [{ path, fd, size: stats.size, modified: stats.mtimeMs }];
    closeSync(fd);
    onFault({ code: 'log_not_a_regular_file', path });
  } catch (error) {
    const { code = String(error) } = error as NodeJS.ErrnoException;
    const isMissing = code === 'ENOENT' || code === 'ENOTDIR';
    onFault(isMissing ? { code: 'log_not_found', path } : { code: 'log_not_readable', path, reason: code });
  }
  return [];
}

const DAY_MS = 86_400_000;

/**
 * Whether an event began later by a day at least: summer time sets a clock back by less. What claims to be later than the
 * last change of its file was written by a clock that was ahead, and tells nothing of what follows.
 */
function longAfter(until: string | undefined): (summary: EventSummary, fileTime: string) => boolean {
  const last = Date.parse(`${until}Z`) + DAY_MS;
  if (until === undefined || Number.isNaN(last)) return () => false;
  return ({ startTime, endTime }, fileTime) => {
    const time = startTime ?? endTime;
    return time !== undefined && time <= fileTime && Date.parse(`${time}Z`) > last;
  };
}

const isIdle = ({ open, ended, block }: FoldState): boolean => open.length + ended.length === 0 && block === undefined;

function summaryFilter({ since, until, node, event, outcome, text }: SummaryFilter) {
  const wanted = text?.toLowerCase();
  return (summary: EventSummary, ofNode: string): boolean => {
    const time = summary.startTime ?? summary.endTime;
    return (
      (since === undefined || time === undefined || time >= since || (summary.endTime ?? time) >= since) &&
      (until === undefined || time === undefined || time <= until) &&
      (event === undefined || summary.name === event) &&
      (outcome === undefined || summary.outcome === outcome) &&
      (node === undefined || (ofNode === '' ? summary.event.split(/\s+/).slice(1).includes(node) : ofNode === node)) &&
      (wanted === undefined || summary.text.toLowerCase().includes(wanted))
    );
  };
}

/** Files that the administrator names: `hacmp.out` and its `.1` to `.7` in one directory are one log. */
export function logsOfFiles(paths: readonly string[], node = ''): Log[] {
  const logs = new Map<string, { path: string; number: number }[]>();
  for (const path of new Set(paths)) {
    const [, stem = '', number = '0'] = /^(.*?)(?:\.(\d{1,3}))?$/s.exec(basename(path)) ?? [];
    const key = join(dirname(path), stem);
    logs.set(key, [...(logs.get(key) ?? []), { path, number: Number(number) }]);
  }
  return [...logs.values()].map((files) => ({
    node,
    files: files.sort((a, b) => b.number - a.number).map(({ path }) => path),
  }));
}
