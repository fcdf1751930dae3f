import { EXIT } from '../io.ts';
import { printLines } from '../print.ts';
import { refuse, wordsOf } from '../report.ts';
import type { RunVerb } from '../shell.ts';
import { readText, textSentence } from '../text-file.ts';
import { countWords } from '../value-text.ts';
import { visibleLine } from '../visible.ts';

/** Reads a recovery program; the daemon is not asked. Each fault stands on a line that an editor can jump to. */
export const checkProgram: RunVerb = async (args, { io, usage }) => {
  const read = wordsOf(io, args, {}, { usage, least: 1 });
  if (!read) return EXIT.refused;
  const [file = ''] = read.words;
  const { LONGEST_PROGRAM, parseProgram, programFaultSentence } = await import('@fallover/events');
  const text = await readText(file, io, LONGEST_PROGRAM);
  if (!text.ok) return refuse(io, textSentence(text.error, 'FILE'));
  const parsed = parseProgram(text.value);
  if (!parsed.ok) {
    printLines(
      io,
      parsed.error.map((fault) => visibleLine(`${file}:${fault.line}: ${programFaultSentence(fault)}`)),
    );
    return EXIT.failed;
  }
  const program = parsed.value;
  const commands = countWords(program.flat().length, 'recovery command');
  printLines(io, [visibleLine(`${file}: ${commands}, ${countWords(program.length - 1, 'barrier')}. Nothing is wrong with it.`)]);
  return EXIT.done;
};
