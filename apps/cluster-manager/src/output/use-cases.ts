import { createReadStream, statSync } from 'node:fs';
import { pipeline } from 'node:stream';
import { createGzip } from 'node:zlib';
import { ok, parseStepId, type Result, runOf } from '@fallover/events';
import { timesFileOf } from '../executor/state-files.ts';
import type { Bytes, Refusal, UseCases } from '../http/use-cases.ts';
import type { Journal } from '../journal/journal.ts';
import { noSuchRun } from '../runs/refusals.ts';
import { timesOfLines } from './line-times.ts';
import type { Lines, OutputLines, Place } from './output-lines.ts';

export interface OutputParts {
  journal: Pick<Journal, 'row' | 'removedUpTo'>;
  fileOf(step: string): string;
  lines: OutputLines;
}

type OutputUseCases = Pick<UseCases, 'getOutputLines' | 'searchOutput' | 'downloadOutput'>;

export function outputUseCases({ journal, fileOf, lines }: OutputParts): OutputUseCases {
  const logOf = (run: string, step: string): Result<string, Refusal> =>
    parseStepId(step) && runOf(step) === run && journal.row(run) ? ok(fileOf(step)) : noSuchRun(journal, run);

  return {
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
      return log.ok ? ok(download(log.value, step, gzip)) : log;
    },
  };
}

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

/** What was written until now; a step that goes on writing does not make the file longer while it is read. */
function download(path: string, step: string, gzip: boolean): Bytes {
  const size = statSync(path, { throwIfNoEntry: false })?.size ?? 0;
  const attachment = (name: string) => ({ 'Content-Disposition': `attachment; filename="${name}"` });
  const name = `${step.replaceAll('/', '-')}.log`;
  const bytes = size === 0 ? undefined : createReadStream(path, { end: size - 1, highWaterMark: 256 * 1024 });
  if (!gzip) return { headers: { ...attachment(name), 'Content-Length': String(size) }, body: bytes ?? '' };
  const compressed = createGzip();
  if (bytes) pipeline(bytes, compressed, () => {});
  else compressed.end();
  return { headers: { ...attachment(`${name}.gz`), 'Content-Type': 'application/gzip' }, body: compressed };
}
