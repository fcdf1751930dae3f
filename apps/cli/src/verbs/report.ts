import { reportEvent } from '../addresses.ts';
import { EXIT } from '../io.ts';
import { printReply } from '../print.ts';
import { refuse, reportFault, reportWarnings, wordsOf } from '../report.ts';
import type { RunVerb } from '../shell.ts';

const OPTIONS = { source: 'value', id: 'value', json: 'flag' } as const;
const TOO_MANY_REQUESTS = 429;

export const report: RunVerb = async (args, { io, daemon, usage }) => {
  const read = wordsOf(io, args, OPTIONS, { usage, least: 1, most: Number.POSITIVE_INFINITY, argumentsAfter: 1 });
  if (!read) return EXIT.refused;
  const { source, id, json = false } = read.options;
  if (source === undefined) return refuse(io, '--source is missing: the name of the software that reports.', `Usage: ${usage}`);
  if (id === undefined)
    return refuse(io, '--id is missing: what tells this report from every other of its source.', `Usage: ${usage}`);
  const [event = '', ...eventArgs] = read.words;
  const answer = await daemon.ask(reportEvent, { body: { event, args: eventArgs, source, id } });
  if (!answer.ok) {
    const status = reportFault(io, answer.fault);
    return answer.fault.code === 'refused' && answer.fault.problem.status === TOO_MANY_REQUESTS ? EXIT.failed : status;
  }
  reportWarnings(io, answer.reply.warnings);
  return printReply(io, answer, json, ({ run, reportedBefore }) => [
    reportedBefore === undefined
      ? `It is queued as run ${run}`
      : `Nothing new is queued: it was reported at ${reportedBefore} already, and is run ${run}`,
  ]);
};
