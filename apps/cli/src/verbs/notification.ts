import { NOTIFICATION_STATES } from '@fallover/events';
import { acknowledgeRun, listNotifications, redeliverNotification } from '../addresses.ts';
import { EXIT } from '../io.ts';
import { findNotification, isWholeNotificationId, notificationIdSentence } from '../notification-id.ts';
import { notificationLines, notificationsLines } from '../notification-lines.ts';
import { printLines, printReply } from '../print.ts';
import { refuse, reportFault, wordsOf } from '../report.ts';
import type { Result } from '../result.ts';
import { shellTime } from '../shell-time.ts';
import type { RunVerb, Shell } from '../shell.ts';
import { visibleLine } from '../visible.ts';
import { runNamed } from './runs.ts';

/** By what the delivery log is looked through. */
export interface NotificationFilter {
  method?: string;
  event?: string;
  run?: string;
  /** The state that it is in; `--state` names the state directory. */
  status?: string;
  text?: string;
  before?: string;
  limit?: string;
}

const STATES: readonly string[] = NOTIFICATION_STATES;
const MOST_LISTED = 200;

export async function queryNotification(
  name: string | undefined,
  json: boolean,
  filter: NotificationFilter,
  shell: Shell,
): Promise<number> {
  const { io, daemon } = shell;
  if (name !== undefined) {
    const [option] = Object.keys(filter);
    if (option !== undefined) return refuse(io, `--${option} is of the list; leave it out, or the id "${visibleLine(name)}".`);
    const found = await findNotification(daemon, name);
    if (!found.ok) return reportFault(io, found.fault);
    if (!found.reply.ok) return refuse(io, notificationIdSentence(found.reply.error));
    // The contract has no reply for one of them: of its list, this one as it stands there.
    if (json) io.out(`${JSON.stringify(found.reply.value)}\n`);
    else printLines(io, notificationLines(found.reply.value));
    return EXIT.done;
  }
  const { status: state, limit = '50', ...others } = filter;
  if (state !== undefined && !STATES.includes(state))
    return refuse(io, `--status: "${visibleLine(state)}" is not one of ${STATES.join(', ')}.`);
  if (!/^[1-9][0-9]{0,2}$/.test(limit) || Number(limit) > MOST_LISTED)
    return refuse(io, `--limit: "${visibleLine(limit)}" is not a number from 1 to ${MOST_LISTED}.`);
  const run = filter.run === undefined ? undefined : await runNamed(filter.run, shell);
  if (run && !run.ok) return run.error;
  const answer = await daemon.ask(listNotifications, { query: { ...others, limit, state, run: run?.value } });
  return answer.ok ? printReply(io, answer, json, notificationsLines) : reportFault(io, answer.fault);
}

export const redeliver: RunVerb = async (args, { io, daemon, usage }) => {
  const read = wordsOf(io, args, { all: 'flag', json: 'flag' } as const, { usage, least: 1 });
  if (!read) return EXIT.refused;
  const { options, words } = read;
  const id = await notificationNamed(words[0] ?? '', { io, daemon });
  if (!id.ok) return id.error;
  const answer = await daemon.ask(redeliverNotification, {
    parameters: { notification: id.value },
    body: { all: options.all ?? false },
  });
  if (!answer.ok) return reportFault(io, answer.fault);
  return printReply(io, answer, options.json, ({ notification }) => {
    const again = notification.recipients.filter(({ state }) => state === 'waiting' || state === 'sending').map(({ to }) => to);
    return [
      `The notification is sent again${again.join('') === '' ? '' : ` to ${visibleLine(again.join(', '))}`}`,
      `"fallover query notification ${notification.id}" shows how that goes`,
    ];
  });
};

async function notificationNamed(text: string, { io, daemon }: Pick<Shell, 'io' | 'daemon'>): Promise<Result<string, number>> {
  if (isWholeNotificationId(text)) return { ok: true, value: text };
  const found = await findNotification(daemon, text);
  if (!found.ok) return { ok: false, error: reportFault(io, found.fault) };
  return found.reply.ok
    ? { ok: true, value: found.reply.value.id }
    : { ok: false, error: refuse(io, notificationIdSentence(found.reply.error)) };
}

export const acknowledge: RunVerb = async (args, shell) => {
  const { io, daemon, usage } = shell;
  const read = wordsOf(io, args, { comment: 'value', json: 'flag' } as const, {
    usage,
    least: 1,
    most: Number.POSITIVE_INFINITY,
  });
  if (!read) return EXIT.refused;
  const [text = '', ...words] = read.words;
  const { comment = words.join(' ') } = read.options;
  if (read.options.comment !== undefined && words.length > 0)
    return refuse(io, 'The comment stands behind RUN and in --comment as well; give it once.', `Usage: ${usage}`);
  const run = await runNamed(text, shell);
  if (!run.ok) return run.error;
  const body = comment === '' ? {} : { comment };
  const answer = await daemon.ask(acknowledgeRun, { parameters: { run: run.value }, body });
  if (!answer.ok) return reportFault(io, answer.fault);
  return printReply(io, answer, read.options.json, ({ acknowledgement }) => [
    `Run ${acknowledgement.run} is acknowledged by ${visibleLine(acknowledgement.by)} at ${shellTime(acknowledgement.at)}; nothing about it is escalated any further`,
  ]);
};
