import { basename } from 'node:path';
import { err, ok, type Result } from '@fallover/events';
import { filesOfLog } from '@fallover/hacmp-out';
import type { Refusal, UseCases } from '../http/use-cases.ts';
import type { OutputLines } from '../output/output-lines.ts';

/** More lines than a request gives; what bounds the reply is its length in bytes. */
const MOST_LINES = 4_000;

type LogUseCases = Pick<UseCases, 'getHacmpOut' | 'searchHacmpOut'>;

/** hacmp.out as it stands, around a place or a text; `path` is its newest file. */
export function logContextUseCases({ path, lines }: { path: string; lines: OutputLines }): LogUseCases {
  const newestFirst = (): string[] => filesOfLog(path).reverse();

  /** Only the log's own files, whatever is asked for: the name never becomes a path. */
  function fileNamed(name: string): Result<string, Refusal> {
    const found = newestFirst().find((file) => file === name || basename(file) === name);
    if (found !== undefined) return ok(found);
    if (name === basename(path)) return ok(path);
    const files = newestFirst().map((file) => basename(file));
    const those = files.length === 0 ? 'There is none yet.' : `There are: ${files.join(', ')}.`;
    const sentence = `"${name.slice(0, 200)}" is not a file of the log, or it was rotated away meanwhile. ${those}`;
    return err({ code: 'log_file_not_found', status: 404, sentence });
  }

  return {
    async getHacmpOut({ query: { file, from, before, length } }, { signal }) {
      const found = fileNamed(file);
      if (!found.ok) return found;
      const place = { at: from ?? Number.MAX_SAFE_INTEGER, before };
      const read = await lines.lines(found.value, place, MOST_LINES, signal);
      const end = Math.min(place.at, read.size) + length;
      const given = read.lines.filter(({ offset }) => offset < end);
      return ok({
        file: basename(found.value),
        files: newestFirst().map((one) => basename(one)),
        lines: given,
        next: read.lines[given.length]?.offset ?? read.next,
        size: read.size,
      });
    },

    async searchHacmpOut({ query: { text, file, from, limit } }, { signal }) {
      const first = file === undefined ? ok(undefined) : fileNamed(file);
      if (!first.ok) return first;
      const files = first.value === undefined ? newestFirst() : [first.value];
      const matches: { file: string; offset: number; at: number; text: string }[] = [];
      for (const [index, log] of files.entries()) {
        const most = limit - matches.length;
        const search = { text, direction: 'forward', at: index === 0 ? from : 0, most } as const;
        const found = await lines.search(log, search, signal);
        for (const { offset, at } of found.matches) {
          const [line] = (await lines.lines(log, { at: offset, before: 0 }, 1, signal)).lines;
          matches.push({ file: basename(log), offset, at, text: line?.text ?? '' });
        }
        if (found.cursor !== undefined) return ok({ matches, cursor: { file: basename(log), from: found.cursor } });
        const next = files[index + 1];
        if (matches.length >= limit && next !== undefined) return ok({ matches, cursor: { file: basename(next), from: 0 } });
      }
      return ok({ matches });
    },
  };
}
