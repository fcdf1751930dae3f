import type { DaemonFault } from './control-socket.ts';
import { EXIT, type Io } from './io.ts';
import { type OptionKinds, type Reading, readOptions, type UsageFault, type Words } from './options.ts';
import { visibleLine } from './visible.ts';
import { daemonSentences, usageSentence } from './wording.ts';

/** Says on stderr what is wrong, what else belongs to it further in; returns the exit status of refused input. */
export function refuse(io: Io, sentence: string, ...more: string[]): number {
  io.err([sentence, ...more.map((line) => `  ${line}`)].map((line) => `${line}\n`).join(''));
  return EXIT.refused;
}

/** Says why the daemon did not do it; returns the exit status that belongs to that. */
export function reportFault(io: Io, fault: DaemonFault): number {
  const [sentence = '', ...more] = daemonSentences(fault);
  refuse(io, sentence, ...more);
  switch (fault.code) {
    case 'no_daemon':
    case 'no_answer':
      return EXIT.noDaemon;
    case 'not_an_answer':
      return EXIT.failed;
    case 'refused':
      return fault.problem.status < 500 ? EXIT.refused : EXIT.failed;
  }
}

export function reportWarnings(io: Io, warnings: readonly { sentence: string }[]): void {
  for (const { sentence } of warnings) io.err(`Warning: ${visibleLine(sentence)}\n`);
}

function refuseUsage(io: Io, fault: UsageFault, usage: string): number {
  return refuse(io, usageSentence(fault), `Usage: ${usage}`);
}

/** The options and words of a verb that takes so many words; anything else is refused with the usage. */
export function wordsOf<Kinds extends OptionKinds>(
  io: Io,
  args: readonly string[],
  kinds: Kinds,
  { usage, least = 0, most = least, ...reading }: Reading & { usage: string; least?: number; most?: number },
): Words<Kinds> | undefined {
  const read = readOptions(args, kinds, reading);
  if (!read.ok) {
    refuseUsage(io, read.error, usage);
    return undefined;
  }
  const { words } = read.value;
  if (words.length < least) refuse(io, 'Something is missing here.', `Usage: ${usage}`);
  else if (words.length > most) refuse(io, `"${visibleLine(words[most] ?? '')}" is one word too many here.`, `Usage: ${usage}`);
  else return read.value;
  return undefined;
}
