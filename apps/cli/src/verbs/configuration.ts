import { getCluster, loadExample as loadExampleAddress, synchronise } from '../addresses.ts';
import { changeLines } from '../configuration-lines.ts';
import { EXIT } from '../io.ts';
import { printReply } from '../print.ts';
import { reportFault, reportWarnings, wordsOf } from '../report.ts';
import type { RunVerb } from '../shell.ts';

export const sync: RunVerb = async (args, { io, daemon, usage }) => {
  const read = wordsOf(io, args, { comment: 'value', json: 'flag' } as const, { usage });
  if (!read) return EXIT.refused;
  const { comment, json } = read.options;
  const answer = await daemon.ask(synchronise, { body: comment === undefined ? {} : { comment } });
  if (!answer.ok) return reportFault(io, answer.fault);
  reportWarnings(io, answer.reply.warnings);
  return printReply(io, answer, json, ({ number, changes }) => [`Revision ${number} is active`, ...changeLines(changes)]);
};

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
