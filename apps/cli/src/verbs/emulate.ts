import { emulate as address, emulateNodeDeath } from '../addresses.ts';
import { emulationLines } from '../emulation-lines.ts';
import { EXIT } from '../io.ts';
import { printReply } from '../print.ts';
import { refuse, reportFault, reportWarnings, wordsOf } from '../report.ts';
import type { RunVerb } from '../shell.ts';

const OPTIONS = { draft: 'flag', json: 'flag', nodes: 'value', node: 'value', 'by-hand': 'flag', 'node-dies': 'value' } as const;

export const emulate: RunVerb = async (args, { io, daemon, usage }) => {
  const read = wordsOf(io, args, OPTIONS, { usage, most: Number.POSITIVE_INFINITY, argumentsAfter: 1 });
  if (!read) return EXIT.refused;
  const { options, words } = read;
  const [event, ...eventArgs] = words;
  const dies = options['node-dies'];
  if (event === undefined && dies === undefined) return refuse(io, 'Something is missing here.', `Usage: ${usage}`);
  if (dies !== undefined && (event !== undefined || options.node !== undefined || options['by-hand']))
    return refuse(io, '--node-dies stands without EVENT, --node and --by-hand.', `Usage: ${usage}`);
  const nodes = options.nodes?.split(',').filter((node) => node !== '');
  const asked = { draft: options.draft ?? false, ...(nodes === undefined ? {} : { nodes }) };
  const isByHand = options['by-hand'] || options.node !== undefined;
  const answer =
    dies === undefined
      ? await daemon.ask(address, {
          body: {
            event: event ?? '',
            args: eventArgs,
            ...asked,
            origin: isByHand ? 'person' : 'cluster_manager',
            ...(options.node === undefined ? {} : { node: options.node }),
          },
        })
      : await daemon.ask(emulateNodeDeath, { parameters: { node: dies }, body: asked });
  if (!answer.ok) return reportFault(io, answer.fault);
  reportWarnings(io, answer.reply.warnings);
  return printReply(io, answer, options.json, emulationLines);
};
