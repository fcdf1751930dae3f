import { emulate as address } from '../addresses.ts';
import { emulationLines } from '../emulation-lines.ts';
import { EXIT } from '../io.ts';
import { printReply } from '../print.ts';
import { reportFault, reportWarnings, wordsOf } from '../report.ts';
import type { RunVerb } from '../shell.ts';

const OPTIONS = { draft: 'flag', json: 'flag' } as const;

export const emulate: RunVerb = async (args, { io, daemon, usage }) => {
  const read = wordsOf(io, args, OPTIONS, { usage, least: 1, most: Number.POSITIVE_INFINITY, argumentsAfter: 1 });
  if (!read) return EXIT.refused;
  const [event = '', ...eventArgs] = read.words;
  const answer = await daemon.ask(address, { body: { event, args: eventArgs, draft: read.options.draft ?? false } });
  if (!answer.ok) return reportFault(io, answer.fault);
  reportWarnings(io, answer.reply.warnings);
  return printReply(io, answer, read.options.json, emulationLines);
};
