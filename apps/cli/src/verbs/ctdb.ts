import { refuse } from '../report.ts';
import type { RunVerb } from '../shell.ts';
import { visibleLine } from '../visible.ts';
import { ctdbEvent } from './ctdb-event.ts';

/** What the shell does in the words of CTDB. */
export const ctdb: RunVerb = async (args, shell) => {
  const [word, ...words] = args;
  if (word === 'event') return ctdbEvent(words, shell);
  const said = word === undefined ? 'Something is missing here.' : `There is no "fallover ctdb ${visibleLine(word)}".`;
  return refuse(shell.io, said, `Usage: ${shell.usage}`);
};
