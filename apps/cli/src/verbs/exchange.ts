import { writeFileSync } from 'node:fs';
import type { EntryChangeView } from '@fallover/contract';
import {
  attributeOf,
  EXPORT_FORMATS,
  FIELD_KINDS,
  type FieldName,
  IMPORT_FORMATS,
  LONGEST_IMPORT,
  writtenValue,
} from '@fallover/events';
import { exportConfiguration, importConfiguration } from '../addresses.ts';
import { EXIT, type Io } from '../io.ts';
import { nearest } from '../nearest.ts';
import { attribute, printReply } from '../print.ts';
import { refuse, reportFault, wordsOf } from '../report.ts';
import type { RunVerb } from '../shell.ts';
import { readText, textSentence } from '../text-file.ts';
import { countWords } from '../value-text.ts';
import { visibleLine } from '../visible.ts';

/** The file as it is, so that it can be kept in git: without FILE on the standard output. */
export const exportFile: RunVerb = async (args, { io, daemon, usage }) => {
  const read = wordsOf(io, args, { format: 'value', of: 'value' } as const, { usage, most: 1 });
  if (!read) return EXIT.refused;
  const { format = 'json', of = 'draft' } = read.options;
  if (!isOneOf(EXPORT_FORMATS, format)) return refuseFormat(io, format, EXPORT_FORMATS);
  const answer = await daemon.ask(exportConfiguration, { query: { format, of } });
  if (!answer.ok) return reportFault(io, answer.fault);
  const [file] = read.words;
  if (file === undefined || file === '-') {
    io.out(answer.raw);
    return EXIT.done;
  }
  try {
    writeFileSync(file, answer.raw);
  } catch (error) {
    const reason = (error as NodeJS.ErrnoException).code ?? 'unknown';
    refuse(io, `${visibleLine(file)} cannot be written (${reason}). Check the directory and its permissions.`);
    return EXIT.failed;
  }
  return EXIT.done;
};

export const apply: RunVerb = async (args, { io, daemon, usage }) => {
  const kinds = { format: 'value', whole: 'flag', part: 'flag', 'dry-run': 'flag', json: 'flag' } as const;
  const read = wordsOf(io, args, kinds, { usage, least: 1 });
  if (!read) return EXIT.refused;
  const { format, whole, part, 'dry-run': dryRun = false, json } = read.options;
  if (format !== undefined && !isOneOf(IMPORT_FORMATS, format)) return refuseFormat(io, format, IMPORT_FORMATS);
  if (whole && part) return refuse(io, '--whole and --part say the opposite of each other. Give one of them.', `Usage: ${usage}`);
  const [file = ''] = read.words;
  const text = await readText(file, io, LONGEST_IMPORT);
  if (!text.ok) {
    const more =
      text.error.code === 'not_utf8' ? ['A file of AIX may be in ISO8859-1: iconv -f ISO8859-1 -t UTF-8 makes UTF-8 of it.'] : [];
    return refuse(io, textSentence(text.error, 'FILE'), ...more);
  }
  const body = {
    text: text.value,
    dryRun,
    ...(format === undefined ? {} : { format }),
    ...(whole || part ? { whole: whole === true } : {}),
  };
  const answer = await daemon.ask(importConfiguration, { body });
  if (!answer.ok) return reportFault(io, answer.fault);
  for (const { sentence } of answer.reply.notes) io.err(`Note: ${visibleLine(sentence)}\n`);
  return printReply(io, answer, json, ({ count, changes }) => [
    ...changes.flatMap(diffLines),
    count === 0
      ? 'Nothing changes: the draft says this already'
      : dryRun
        ? `${countWords(count, 'change')}; with --dry-run nothing was saved`
        : `${countWords(count, 'change')} saved in the draft; "fallover sync" makes it active`,
  ]);
};

/** One line a value, in the words of clmgr: `+` is added, `-` goes, `~` is other than before. */
function diffLines({ class: entryClass, name, kind, values }: EntryChangeView): string[] {
  const sign = { added: '+', deleted: '-', changed: '~' }[kind];
  const entry = `${entryClass} ${visibleLine(name)}`;
  if (values.length === 0) return [`${sign} ${entry}`];
  return values.map(({ field, node, before, after }) => {
    const where = node === undefined ? entry : `${entry} NODE=${visibleLine(node)}`;
    if (before === undefined) return `+ ${where} ${shown(field, after)}`;
    if (after === undefined) return `- ${where} ${shown(field, before)}`;
    return `~ ${where} ${shown(field, before)} -> ${shown(field, after)}`;
  });
}

function shown(field: string, value: unknown): string {
  const text = writtenValue(value);
  return attribute(attributeOf(field), FIELD_KINDS[field as FieldName] === 'digest' ? `SHA-256 ${text.slice(0, 12)}` : text);
}

const isOneOf = <Word extends string>(words: readonly Word[], word: string): word is Word =>
  (words as readonly string[]).includes(word);

function refuseFormat(io: Io, format: string, known: readonly string[]): number {
  const meant = nearest(format, known);
  const way = meant === undefined ? `The formats are: ${known.join(' ')}` : `Did you mean ${meant}?`;
  return refuse(io, `--format: "${visibleLine(format)}" is not a format here. ${way}`);
}
