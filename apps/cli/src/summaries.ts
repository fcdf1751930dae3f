import { randomUUID } from 'node:crypto';
import { closeSync, openSync, realpathSync, renameSync, rmSync, type Stats, statSync, writeSync } from 'node:fs';
import { isoLocal, type LogReadFault, localClock, logReadSentence } from '@fallover/events';
import {
  compileSummaries,
  type Log,
  logsOfFiles,
  newest,
  type SummaryFilter,
  summaryReport,
  summaryView,
} from '@fallover/hacmp-out';
import { EXIT } from './io.ts';
import { readOptions } from './options.ts';
import { visibleLine } from './visible.ts';
import { usageSentence } from './wording.ts';

const SUMMARIES_USAGE = 'fallover summaries [--days 7] [--file hacmp.out…] [--node NODE] [--event EVENT] [--json] [--save FILE]';

export interface SummariesIo {
  out(text: string): void;
  err(text: string): void;
}

export interface SummariesDaemon {
  /** The body of the answer as it came; or the exit status, when what is wrong has been said on stderr. */
  fetchText(path: string, query: Record<string, string>): Promise<{ ok: true; text: string } | { ok: false; status: number }>;
}

export interface SummariesClock {
  /** Milliseconds, as Date.now. */
  now(): number;
  timeZone?: string;
}

const KINDS = { days: 'value', file: 'values', node: 'value', event: 'value', json: 'flag', save: 'value' } as const;
const MOST_AS_JSON = 5000;

/**
 * View Event Summaries. The daemon compiles those of its node's log; files that the administrator names are compiled here,
 * all of them unless --days is given, for they may be years old.
 */
export async function runSummaries(
  args: readonly string[],
  io: SummariesIo,
  daemon: SummariesDaemon,
  clock: SummariesClock = { now: Date.now },
): Promise<number> {
  const refuse = (...sentences: string[]): number => {
    io.err(sentences.map((sentence, index) => `${index === 0 ? '' : '  '}${sentence}\n`).join(''));
    return EXIT.refused;
  };
  const read = readOptions(args, KINDS);
  if (!read.ok) return refuse(usageSentence(read.error), `Usage: ${SUMMARIES_USAGE}`);
  const { options, words } = read.value;
  if (words[0] !== undefined && options.file === undefined)
    return refuse(
      `"${visibleLine(words[0])}" is one word too many here; a log is named with --file.`,
      `Usage: ${SUMMARIES_USAGE}`,
    );
  const days = options.days === undefined ? undefined : Number(options.days);
  if (days !== undefined && !(/^\d{1,4}$/.test(options.days ?? '') && days >= 1 && days <= 3650))
    return refuse(`--days: "${visibleLine(options.days ?? '')}" is not a number of days from 1 to 3650.`);
  // The shell makes several words of --file hacmp.out*.
  const files = options.file === undefined ? undefined : [...options.file, ...words];

  const logs = files && logsOfFiles(files);
  const unreadable = logs ? faultsOf(logs) : [];
  if (unreadable.length > 0) return refuse(...unreadable.map((fault) => visibleLine(logReadSentence(fault))));

  const target = options.save === undefined ? undefined : openTarget(options.save, files ?? []);
  if (target && 'sentence' in target) return refuse(target.sentence);
  const write = target ? target.write : io.out;

  try {
    const filter = { node: options.node, event: options.event };
    if (logs) {
      const since = days === undefined ? undefined : isoLocal(localClock(clock.timeZone)(clock.now() - days * 86_400_000));
      for await (const piece of compiled(logs, { ...filter, since }, options.json ?? false, clock)) write(piece);
    } else {
      const path = options.json ? '/api/v1/event-summaries' : '/api/v1/event-summaries/text';
      const answer = await daemon.fetchText(path, {
        days: String(days ?? 7),
        ...(options.node === undefined ? {} : { node: options.node }),
        ...(options.event === undefined ? {} : { event: options.event }),
        ...(options.json ? { limit: String(MOST_AS_JSON) } : {}),
      });
      if (!answer.ok) return answer.status;
      write(answer.text.endsWith('\n') ? answer.text : `${answer.text}\n`);
    }
    target?.keep();
    return EXIT.done;
  } catch (error) {
    if (!(error instanceof NotSaved)) throw error;
    io.err(`${error.message}\n`);
    return EXIT.failed;
  } finally {
    target?.discard();
  }
}

/** What is wrong with the files, before anything is printed or saved. */
function faultsOf(logs: readonly Log[]): LogReadFault[] {
  return logs.flatMap(({ files }) =>
    files.flatMap((path): LogReadFault[] => {
      try {
        if (!statSync(path).isFile()) return [{ code: 'log_not_a_regular_file', path }];
        closeSync(openSync(path, 'r'));
        return [];
      } catch (error) {
        const reason = (error as NodeJS.ErrnoException).code ?? String(error);
        return [
          reason === 'ENOENT' || reason === 'ENOTDIR'
            ? { code: 'log_not_found', path }
            : { code: 'log_not_readable', path, reason },
        ];
      }
    }),
  );
}

async function* compiled(
  logs: readonly Log[],
  filter: SummaryFilter,
  json: boolean,
  { timeZone }: SummariesClock,
): AsyncGenerator<string> {
  const summaries = compileSummaries(logs, { ...filter, ...(timeZone === undefined ? {} : { timeZone }) });
  if (json) {
    const { summaries: kept, found } = await newest(summaries, MOST_AS_JSON);
    yield `${JSON.stringify({ summaries: kept.map(summaryView), found, resourceGroups: '' })}\n`;
    return;
  }
  const title = `Event summaries of ${logs.flatMap(({ files }) => files).join(', ')}`;
  yield* summaryReport(
    `${visibleLine(title)}${filter.since === undefined ? '' : ` since ${filter.since.replace('T', ' ')}`}\n`,
    summaries,
  );
}

class NotSaved extends Error {}

interface Target {
  write(text: string): void;
  /** All is written: it takes the name that was asked for. */
  keep(): void;
  /** What is not kept is removed. */
  discard(): void;
}

/** A file beside the one asked for, which replaces that only once it is whole. */
function openTarget(path: string, inputs: readonly string[]): Target | { sentence: string } {
  const shown = visibleLine(path);
  let there: Stats | undefined;
  let real = path;
  try {
    there = statSync(path, { throwIfNoEntry: false });
    if (there) real = realpathSync(path);
  } catch (error) {
    return { sentence: `--save: ${shown} cannot be written (${reasonOf(error)}).` };
  }
  if (there?.isDirectory()) return { sentence: `--save: ${shown} is a directory. Name a file in it.` };
  if (there && !there.isFile())
    return { sentence: `--save: ${shown} is not a regular file. Name another, or leave --save out and use ">".` };
  const isInput = there && inputs.map((input) => statSync(input)).some(({ ino, dev }) => ino === there.ino && dev === there.dev);
  if (isInput) return { sentence: `--save: ${shown} is one of the logs that are read. Name another file.` };

  const beside = `${real}.${randomUUID().slice(0, 8)}.new`;
  let fd: number;
  try {
    fd = openSync(beside, 'wx', there ? there.mode & 0o777 : 0o666);
  } catch (error) {
    return { sentence: `--save: ${shown} cannot be written (${reasonOf(error)}). Check the directory and its permissions.` };
  }
  let isOpen = true;
  const saving = (work: () => void): void => {
    try {
      work();
    } catch (error) {
      throw new NotSaved(`--save: ${shown} could not be written (${reasonOf(error)}); nothing was saved.`);
    }
  };
  return {
    write: (text) =>
      saving(() => {
        const bytes = Buffer.from(text);
        for (let done = 0; done < bytes.length; ) done += writeSync(fd, bytes, done);
      }),
    keep: () =>
      saving(() => {
        renameSync(beside, real);
        closeSync(fd);
        isOpen = false;
      }),
    discard() {
      if (!isOpen) return;
      closeSync(fd);
      rmSync(beside, { force: true });
    },
  };
}

const reasonOf = (error: unknown): string => (error as NodeJS.ErrnoException).code ?? String(error);
