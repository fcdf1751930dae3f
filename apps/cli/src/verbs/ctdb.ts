import { refuse, reportFault, wordsOf } from '../report.ts';
import type { RunVerb } from '../shell.ts';
import { visibleLine } from '../visible.ts';
import { ctdbEvent } from './ctdb-event.ts';
import { cancelComponentRun } from '../addresses.ts';
import { EXIT } from '../io.ts';
import { printReply } from '../print.ts';

/** What the shell does in the words of CTDB. */
export const ctdb: RunVerb = async (args, shell) => {
  const [word, ...words] = args;
  if (word === 'event') return ctdbEvent(words, shell);
  if (word === 'cancel') return cancel(words, shell);
  if (word === 'install-hook') return (await import('./ctdb-hook.ts')).installHook(words, shell);
  if (word === 'uninstall-hook') return (await import('./ctdb-hook.ts')).uninstallHook(words, shell);
  const said = word === undefined ? 'Something is missing here.' : `There is no "fallover ctdb ${visibleLine(word)}".`;
  return refuse(shell.io, said, `Usage: ${shell.usage}`);
};

const cancel: RunVerb = async (args, { io, daemon, usage }) => {
  const read = wordsOf(io, args, { json: 'flag' }, { usage, least: 2 });
  if (!read) return EXIT.refused;
  const [component = '', run = ''] = read.words;
  const answer = await daemon.ask(cancelComponentRun, { parameters: { component, run } });
  return answer.ok
    ? printReply(io, answer, read.options.json, () => [`The event ${run} in ${component} is cancelled.`])
    : reportFault(io, answer.fault);
};
