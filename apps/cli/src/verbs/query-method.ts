import { listNotificationMethods } from '../addresses.ts';
import { EXIT } from '../io.ts';
import { methodFacts, methodsLines } from '../notification-lines.ts';
import { printLines, printReply } from '../print.ts';
import { reportFault } from '../report.ts';
import type { Shell } from '../shell.ts';
import { refuseUnknown } from './entry.ts';
import { entryLines } from './query-entry.ts';

export async function queryMethod(name: string | undefined, json: boolean, shell: Shell): Promise<number> {
  const { io, daemon } = shell;
  const answer = await daemon.ask(listNotificationMethods);
  if (!answer.ok) return reportFault(io, answer.fault);
  const { methods } = answer.reply;
  if (name === undefined) return printReply(io, answer, json, () => methodsLines(methods));
  const found = methods.find((method) => method.name === name);
  if (!found) return refuseUnknown({ class: 'notification_method', name }, shell);
  if (json) io.out(`${JSON.stringify(found)}\n`);
  else printLines(io, [...entryLines(found), ...methodFacts(found)]);
  return EXIT.done;
}
