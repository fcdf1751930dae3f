import type { Answer } from './control-socket.ts';
import { EXIT, type Io } from './io.ts';
import { visibleLine } from './visible.ts';

/** One line as clmgr prints it; in the value the four characters are escaped that mean something to a shell there. */
export const attribute = (name: string, value: string | number | boolean): string =>
  `${name}="${visibleLine(String(value)).replaceAll(/["\\$`]/g, '\\$&')}"`;

/** The attributes that have a value. */
export const attributes = (values: Record<string, string | number | boolean | undefined>): string[] =>
  Object.entries(values).flatMap(([name, value]) => (value === undefined ? [] : [attribute(name, value)]));

/** Columns as wide as their widest value, the last one as it is. */
export function table(heads: string[], rows: string[][]): string[] {
  const cells = [heads, ...rows.map((row) => row.map(visibleLine))];
  const widths = heads.map((_, column) => Math.max(...cells.map((row) => row[column]?.length ?? 0)));
  return cells.map((row) =>
    row
      .map((cell, column) => (column === heads.length - 1 ? cell : cell.padEnd(widths[column] ?? 0)))
      .join('  ')
      .trimEnd(),
  );
}

/** A reply for a person, or with --json as the contract has it, unchanged. */
export function printReply<Reply>(
  io: Io,
  answer: Extract<Answer<Reply>, { ok: true }>,
  json: boolean | undefined,
  lines: (reply: Reply) => string[],
): number {
  if (json) io.out(answer.raw.endsWith('\n') ? answer.raw : `${answer.raw}\n`);
  else printLines(io, lines(answer.reply));
  return EXIT.done;
}

export function printLines(io: Io, lines: readonly string[]): void {
  if (lines.length > 0) io.out(`${lines.join('\n')}\n`);
}
