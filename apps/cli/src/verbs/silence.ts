import { addSilence, endSilence as endSilenceAddress, listSilences } from '../addresses.ts';
import { EXIT } from '../io.ts';
import { silencesLines } from '../notification-lines.ts';
import { printLines, printReply } from '../print.ts';
import { refuse, reportFault, wordsOf } from '../report.ts';
import { shellTime } from '../shell-time.ts';
import type { RunVerb, Shell } from '../shell.ts';
import { idSentence, matchId } from '../short-id.ts';
import { visibleLine } from '../visible.ts';

export const silence: RunVerb = async (args, { io, daemon, usage }) => {
  const kinds = { method: 'value', event: 'value', minutes: 'value', json: 'flag' } as const;
  const read = wordsOf(io, args, kinds, { usage, most: Number.POSITIVE_INFINITY });
  if (!read) return EXIT.refused;
  const { method, event, minutes, json } = read.options;
  const reason = read.words.join(' ').trim();
  if (minutes === undefined) return refuse(io, '--minutes is missing. Say how long it holds.', `Usage: ${usage}`);
  // Loaded only here: the contract's schemas take longer to load than most verbs take.
  const { LONGEST_SILENCE_MINUTES } = await import('@fallover/contract');
  if (!/^[1-9][0-9]{0,5}$/.test(minutes) || Number(minutes) > LONGEST_SILENCE_MINUTES)
    return refuse(
      io,
      `--minutes: "${visibleLine(minutes)}" is not a number from 1 to ${LONGEST_SILENCE_MINUTES}, which is a week.`,
    );
  if (reason === '')
    return refuse(io, 'REASON is missing. Say why nobody is to be told, for those who wonder.', `Usage: ${usage}`);
  const answer = await daemon.ask(addSilence, {
    body: {
      ...(method === undefined ? {} : { method }),
      ...(event === undefined ? {} : { event }),
      minutes: Number(minutes),
      reason,
    },
  });
  if (!answer.ok) return reportFault(io, answer.fault);
  return printReply(io, answer, json, (reply) => [
    `Until ${shellTime(reply.silence.until)} ${method === undefined ? 'no method' : `method ${visibleLine(method)}`} ${method === undefined ? 'tells' : 'does not tell'} of ${event === undefined ? 'any event' : visibleLine(event)}`,
    `"fallover delete silence ${reply.silence.id}" ends that`,
  ]);
};

export async function querySilence(_name: string | undefined, json: boolean, { io, daemon }: Shell): Promise<number> {
  const answer = await daemon.ask(listSilences);
  return answer.ok ? printReply(io, answer, json, ({ silences }) => silencesLines(silences)) : reportFault(io, answer.fault);
}

export async function endSilence(text: string, { io, daemon }: Shell): Promise<number> {
  const listed = await daemon.ask(listSilences);
  if (!listed.ok) return reportFault(io, listed.fault);
  const active = listed.reply.silences.filter((one) => one.active).map(({ id }) => id);
  const id = matchId(text, active);
  if (!id.ok)
    return refuse(io, idSentence(id.error, { place: 'ID', one: 'silence', several: 'silences', list: 'fallover query silence' }));
  const answer = await daemon.ask(endSilenceAddress, { parameters: { silence: id.value } });
  if (!answer.ok) return reportFault(io, answer.fault);
  printLines(io, [`Silence ${id.value} has ended`]);
  return EXIT.done;
}
