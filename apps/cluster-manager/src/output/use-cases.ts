import { ok, parseStepId, type Result, runOf } from '@fallover/events';
import { timesFileOf } from '../executor/state-files.ts';
import type { Bytes, Refusal, UseCases } from '../http/use-cases.ts';
import type { Journal } from '../journal/journal.ts';
import { noSuchRun } from '../runs/refusals.ts';
import { download } from './download.ts';
import { timesOfLines } from './line-times.ts';
import type { Lines, OutputLines, Place } from './output-lines.ts';
import { readBytes } from './read-bytes.ts';

export interface OutputParts {
  journal: Pick<Journal, 'row' | 'removedUpTo'>;
  fileOf(step: string): string;
  lines: OutputLines;
}

/** Where the output of a step of this run is, once both are known here. */
export const outputFile =
  ({ journal, fileOf }: Pick<OutputParts, 'journal' | 'fileOf'>) =>
  (run: string, step: string): Result<string, Refusal> =>
    parseStepId(step) && runOf(step) === run && journal.row(run) ? ok(fileOf(step)) : noSuchRun(journal, run);

type OutputUseCases = Pick<UseCases, 'getStepOutput' | 'getOutputLines' | 'searchOutput' | 'downloadOutput'>;

export function outputUseCases({ journal, fileOf, lines }: OutputParts): OutputUseCases {
  const logOf = outputFile({ journal, fileOf });

  return {
    async getStepOutput({ parameters: { run }, query: { step, from, length } }) {
      const log = logOf(run, step);
      return log.ok ? ok(rangeOf(from, await readBytes(log.value, from, length))) : log;
    },

    async getOutputLines({ parameters: { run }, query: { step, from = 0, at, before, count } }, { signal }) {
      const log = logOf(run, step);
      if (!log.ok) return log;
      const place: Place = at === undefined ? { line: from } : { at, before };
      return ok(await withTimes(log.value, await lines.lines(log.value, place, count, signal)));
    },

    async searchOutput({ parameters: { run }, query: { step, text, from, at, direction, limit } }, { signal }) {
      const log = logOf(run, step);
      if (!log.ok) return log;
      const begin = { ...(from === undefined ? {} : { line: from }), ...(at === undefined ? {} : { at }) };
      return ok(await lines.search(log.value, { text, direction, most: limit, ...begin }, signal));
    },

    async downloadOutput({ parameters: { run }, query: { step, gzip } }) {
      const log = logOf(run, step);
      return log.ok ? ok(download(log.value, `${step.replaceAll('/', '-')}.log`, gzip)) : log;
    },
  };
}

/** As the API gives a range of a step's output. */
export const rangeOf = (from: number, { bytes, size }: { bytes: Buffer; size: number }): Bytes => ({
  headers: { 'Fallover-Output-Size': String(size), 'Fallover-Output-From': String(from) },
  body: bytes,
});

async function withTimes(log: string, read: Lines) {
  const times = await timesOfLines(
    timesFileOf(log),
    read.lines.map(({ offset }) => offset),
  );
  const lines = read.lines.map((line, number) => {
    const time = times[number];
    return time === undefined ? line : { ...line, time: new Date(time).toISOString() };
  });
  return { ...read, lines };
}
