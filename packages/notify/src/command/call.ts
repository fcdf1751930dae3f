import { asOneLine } from '../conversation.ts';
import type { Message, RunnableCommand } from '../transport.ts';

/**
 * How a command is called for a message: three arguments, of which none begins with a hyphen or has a blank; all else is in the
 * environment and the text on standard input, where nothing is taken for an option.
 */
export function commandCall(message: Message, recipient: string): Omit<RunnableCommand, 'path' | 'signal'> {
  const { cluster, node, event, args, moment, severity, subject, at, run, drill, link, dedupe, thread } = message;
  const environment: Record<string, string | undefined> = {
    FALLOVER_CLUSTER: cluster,
    FALLOVER_NODE: node,
    FALLOVER_EVENT: event,
    FALLOVER_ARGS: args.join(' '),
    FALLOVER_MOMENT: moment,
    FALLOVER_SEVERITY: severity,
    FALLOVER_SUBJECT: subject,
    FALLOVER_RECIPIENT: recipient,
    FALLOVER_AT: at,
    FALLOVER_RUN: run,
    FALLOVER_DRILL: drill ? '1' : undefined,
    FALLOVER_LINK: link,
    FALLOVER_DEDUPE: dedupe,
    FALLOVER_THREAD: thread,
  };
  return {
    args: [asWord(event), moment, recipient],
    environment: Object.fromEntries(
      Object.entries(environment).flatMap(([name, value]) => (value === undefined ? [] : [[name, asOneLine(value, 4000)]])),
    ),
    input: message.text.toWellFormed(),
  };
}

const asWord = (text: string): string => text.replace(/[^A-Za-z0-9_.-]/g, '_').replace(/^-+/, '');
