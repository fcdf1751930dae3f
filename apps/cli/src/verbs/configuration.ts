import { getCluster, getVerification, loadExample as loadExampleAddress, synchronise } from '../addresses.ts';
import { changeLines } from '../configuration-lines.ts';
import type { DaemonFault } from '../control-socket.ts';
import { findingLines } from '../finding-lines.ts';
import { EXIT } from '../io.ts';
import { printReply } from '../print.ts';
import { refuse, reportFault, reportWarnings, wordsOf } from '../report.ts';
import type { RunVerb, Shell } from '../shell.ts';
import { visibleLine } from '../visible.ts';

export const sync: RunVerb = async (args, { io, daemon, usage }) => {
  const read = wordsOf(io, args, { comment: 'value', override: 'values', json: 'flag' } as const, { usage });
  if (!read) return EXIT.refused;
  const { comment, override = [], json } = read.options;
  const body = { ...(comment === undefined ? {} : { comment }), ...(override.length === 0 ? {} : { override }) };
  const answer = await daemon.ask(synchronise, { body });
  if (!answer.ok) return reportSync({ io, daemon }, answer.fault);
  const { findings, warnings } = answer.reply;
  if (findings.length > 0) io.err(`${findingLines(findings, { override: false }).join('\n')}\n`);
  else reportWarnings(io, warnings);
  return printReply(io, answer, json, ({ number, changes }) => [`Revision ${number} is active`, ...changeLines(changes)]);
};

/**
 * What verification found is no wrong input: it was done, and has failed. Its result, which was kept, has the place of each
 * error and whether it can be overridden; the refusal has only their names.
 */
async function reportSync({ io, daemon }: Pick<Shell, 'io' | 'daemon'>, fault: DaemonFault): Promise<number> {
  if (fault.code !== 'refused' || fault.problem.code !== 'verification_failed') return reportFault(io, fault);
  const { title, faults = [] } = fault.problem;
  const kept = await daemon.ask(getVerification);
  const ids = new Set(faults.map(({ id }) => id));
  const errors = (kept.ok && kept.reply.draft ? kept.reply.draft.findings : []).filter(({ id }) => ids.has(id));
  const lines =
    errors.length > 0
      ? findingLines(errors)
      : faults.flatMap(({ id, sentence }) => [visibleLine(sentence), `  its name: ${visibleLine(id ?? 'none')}`]);
  refuse(io, visibleLine(title), ...lines, '"fallover verify" shows all that was found.');
  return EXIT.failed;
}

export const loadExample: RunVerb = async (args, { io, daemon, usage }) => {
  const read = wordsOf(io, args, { json: 'flag' } as const, { usage });
  if (!read) return EXIT.refused;
  const answer = await daemon.ask(loadExampleAddress, { body: {} });
  if (!answer.ok) return reportFault(io, answer.fault);
  const cluster = await daemon.ask(getCluster);
  const node = cluster.ok ? cluster.reply.node : 'NODE';
  return printReply(io, answer, read.options.json, ({ number, directory }) => [
    `Revision ${number} is active: the example. Its scripts are in ${directory}`,
    'Now try:',
    `  fallover run node_up ${node}`.padEnd(HINT_WIDTH) + 'the whole pipeline, with a sub-event',
    '  fallover run network_down -1 net1'.padEnd(HINT_WIDTH) + 'a recovery that succeeds the second time',
    `  fallover run swap_adapter ${node} net1 ip1 ip2`.padEnd(HINT_WIDTH) + 'an event that fails, and then: fallover recover',
    '  fallover summaries'.padEnd(HINT_WIDTH) + 'what was done',
  ]);
};

const HINT_WIDTH = 50;
