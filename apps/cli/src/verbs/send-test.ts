import type { NotificationView } from '@fallover/contract';
import { NOTIFICATION_MOMENTS, type NotificationMoment } from '@fallover/events';
import { testNotificationMethod } from '../addresses.ts';
import { conversationLines } from '../conversation-lines.ts';
import { followTest } from '../follow-test.ts';
import { EXIT } from '../io.ts';
import { recipientLines } from '../notification-lines.ts';
import { printLines } from '../print.ts';
import { refuse, reportFault, wordsOf } from '../report.ts';
import type { RunVerb } from '../shell.ts';
import { countWords } from '../value-text.ts';
import { visibleLine } from '../visible.ts';
import { runNamed } from './runs.ts';

const OPTIONS = { moment: 'value', run: 'value', json: 'flag' } as const;
/** As a shell has it of a command that a signal ended. */
const INTERRUPTED = { SIGINT: 130, SIGTERM: 143 } as const;

export const sendTest: RunVerb = async (args, shell) => {
  const { io, daemon, usage } = shell;
  const read = wordsOf(io, args, OPTIONS, { usage, least: 1, most: Number.POSITIVE_INFINITY, argumentsAfter: 2 });
  if (!read) return EXIT.refused;
  const { moment, json } = read.options;
  const [name = '', event, ...eventArgs] = read.words;
  if (moment !== undefined && !isMoment(moment))
    return refuse(io, `--moment: "${visibleLine(moment)}" is not one of ${NOTIFICATION_MOMENTS.join(', ')}.`);
  const run = read.options.run === undefined ? undefined : await runNamed(read.options.run, shell);
  if (run && !run.ok) return run.error;
  const accepted = await daemon.ask(testNotificationMethod, {
    parameters: { name },
    body: {
      ...(event === undefined ? {} : { event }),
      ...(eventArgs.length === 0 ? {} : { args: eventArgs }),
      ...(run ? { run: run.value } : {}),
      ...(moment === undefined ? {} : { moment }),
    },
  });
  if (!accepted.ok) return reportFault(io, accepted.fault);

  const interrupted = new AbortController();
  const ignore = io.onInterrupt((signal) => interrupted.abort(signal));
  const linesOf = conversationLines();
  const followed = await followTest(daemon, accepted.reply.test, {
    heard: json ? () => {} : (line) => printLines(io, linesOf(line)),
    signal: interrupted.signal,
  }).finally(ignore);
  const wayOut = `"fallover query notification --method ${visibleLine(name)}" shows how it ends.`;
  if (!followed.ok && !followed.fault) {
    refuse(io, 'The test goes on.', wayOut);
    return INTERRUPTED[interrupted.signal.reason as keyof typeof INTERRUPTED];
  }
  if (!followed.ok) {
    const status = reportFault(io, followed.fault);
    refuse(io, 'What became of the test is not known here.', wayOut);
    return status === EXIT.refused ? EXIT.failed : status;
  }
  const { notification } = followed;
  if (json) io.out(`${followed.raw}\n`);
  else printLines(io, [...recipientLines(notification), outcomeLine(notification)]);
  return notification.state === 'delivered' ? EXIT.done : EXIT.failed;
};

const isMoment = (text: string): text is NotificationMoment => (NOTIFICATION_MOMENTS as readonly string[]).includes(text);

function outcomeLine({ id, method, recipients, state, fault }: NotificationView): string {
  const test = `The test of method ${visibleLine(method)}`;
  if (fault) return `${test} failed: ${visibleLine(fault.sentence)}`;
  const delivered = recipients.filter((recipient) => recipient.state === 'delivered').length;
  const how = state === 'failed' ? 'failed' : `is ${state}`;
  return `${test} ${how}: ${delivered} of ${countWords(recipients.length, 'recipient')} reached (notification ${id})`;
}
