import { type AttributeChanges, settingsFromInput, withInput } from '@fallover/events';
import type { Io } from './io.ts';
import { err, ok, type Result } from './result.ts';
import { readText, textSentence } from './text-file.ts';
import { countWords } from './value-text.ts';
import { visibleLine } from './visible.ts';

type Changes = AttributeChanges<Record<string, unknown>>;

/** Characters; no setting is longer, and there are few of them. */
const LONGEST_INPUT = 64 * 1024;

/**
 * The changes with each setting whose value is `-` read from the standard input, a line each, so that a secret is in no list of
 * processes and in no history. At a terminal each is asked for and not shown. Or the sentence that says why they cannot be read.
 */
export async function readSecretSettings(method: string, changes: Changes, io: Io): Promise<Result<Changes, string>> {
  const list = (changes.changes.settings as string[] | undefined) ?? [];
  const asked = settingsFromInput(list, changes.settings ?? []);
  const read = asked.length === 0 ? ok([]) : await (io.ask ? askFor(asked, method, io.ask) : readLines(asked, io));
  if (!read.ok) return read;
  const empty = asked.find((_, index) => read.value[index] === '');
  if (empty !== undefined) return err(`SETTINGS: what was given for ${empty} is empty. Nothing was changed.`);
  const filled = withInput(list, changes.settings ?? [], read.value);
  return ok({
    ...changes,
    changes: { ...changes.changes, ...(list.length === 0 ? {} : { settings: filled.list }) },
    ...(changes.settings ? { settings: filled.changes } : {}),
  });
}

async function askFor(asked: readonly string[], method: string, ask: NonNullable<Io['ask']>): Promise<Result<string[], string>> {
  const values: string[] = [];
  for (const setting of asked) {
    const value = await ask(`${setting} of ${visibleLine(method)} (it is not shown): `);
    if (value === undefined) return err(`SETTINGS: ${setting} was not given. Nothing was changed.`);
    values.push(value);
  }
  return ok(values);
}

async function readLines(asked: readonly string[], io: Io): Promise<Result<string[], string>> {
  const text = await readText('-', io, LONGEST_INPUT);
  if (!text.ok) return err(textSentence(text.error, 'SETTINGS'));
  const lines = text.value.split(/\r?\n/);
  if (lines.at(-1) === '') lines.pop();
  return lines.length === asked.length
    ? ok(lines)
    : err(
        `SETTINGS: the standard input has ${countWords(lines.length, 'line')}. Give ${asked.length === 1 ? 'one' : asked.length}: ${asked.join(', ')}.`,
      );
}
