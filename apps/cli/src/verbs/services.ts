import type { ServicesChanged } from '@fallover/contract';
import { START_WHEN, STOP_ARGUMENT, STOP_WAYS, type StopWay } from '@fallover/events';
import {
  confirmNodeOff,
  listNodes,
  removeNode as removeNodeAddress,
  startClusterServices,
  stopClusterServices,
} from '../addresses.ts';
import type { Answer } from '../control-socket.ts';
import { EXIT, type Io } from '../io.ts';
import { printLines, printReply } from '../print.ts';
import { refuse, reportFault, wordsOf } from '../report.ts';
import type { Result } from '../result.ts';
import { serviceLines, servicesLines } from '../services-lines.ts';
import type { RunVerb, Shell } from '../shell.ts';
import { visibleLine } from '../visible.ts';

export const online: RunVerb = async (args, shell) => {
  const asked = readAsked(args, shell, ['WHEN']);
  if (!asked.ok) return asked.error;
  const { nodes, json, values } = asked.value;
  const when = chosen(shell.io, 'WHEN', values.get('WHEN') ?? 'now', START_WHEN);
  if (!when.ok) return when.error;
  const answer = await shell.daemon.ask(startClusterServices, { body: { nodes, when: when.value } });
  return printDone(shell.io, answer, json);
};

export const offline: RunVerb = async (args, shell) => {
  const { io, daemon, usage } = shell;
  const asked = readAsked(args, shell, ['MANAGE', 'HOW', 'WHEN']);
  if (!asked.ok) return asked.error;
  const { nodes, json, values } = asked.value;
  const [manage, word] = [values.get('MANAGE'), values.get('HOW')];
  if (manage !== undefined && word !== undefined) return refuse(io, 'MANAGE and HOW say the same; give one of them.');
  // What becomes of resource groups is never guessed.
  if (manage === undefined && word === undefined)
    return refuse(
      io,
      'MANAGE is missing: offline brings the resource groups offline, move moves them to other nodes, unmanage leaves them as they are.',
      `Usage: ${usage}`,
    );
  const how = word === undefined ? chosen(io, 'MANAGE', manage ?? '', STOP_WAYS) : wayOf(io, word);
  if (!how.ok) return how.error;
  const when = chosen(io, 'WHEN', values.get('WHEN') ?? 'now', START_WHEN);
  if (!when.ok) return when.error;
  const answer = await daemon.ask(stopClusterServices, { body: { nodes, how: how.value, when: when.value } });
  return printDone(io, answer, json);
};

/** A script has to see by the status that a node is not as it was asked to be. */
function printDone(io: Io, answer: Answer<ServicesChanged>, json: boolean | undefined): number {
  if (!answer.ok) return reportFault(io, answer.fault);
  const status = printReply(io, answer, json, saidOf);
  return answer.reply.nodes.some(({ undone }) => undone) ? EXIT.failed : status;
}

/** By the argument that `node_down` gets. */
function wayOf(io: Io, word: string): Result<StopWay, number> {
  const words = STOP_WAYS.map((way) => STOP_ARGUMENT[way]);
  const known = chosen(io, 'HOW', word, words);
  return known.ok ? { ok: true, value: STOP_WAYS[words.indexOf(known.value)] as StopWay } : known;
}

const saidOf = ({ nodes }: { nodes: readonly { sentence: string }[] }): string[] => nodes.map(({ sentence }) => sentence);

/** Who types the line types the name of the node. */
const byTypedName =
  (address: typeof confirmNodeOff | typeof removeNodeAddress): RunVerb =>
  async (args, { io, daemon, usage }) => {
    const read = wordsOf(io, args, { json: 'flag' } as const, { usage, least: 1 });
    if (!read) return EXIT.refused;
    const [node = ''] = read.words;
    const answer = await daemon.ask(address, { parameters: { node }, body: { typed: node } });
    return answer.ok ? printReply(io, answer, read.options.json, ({ sentence }) => [sentence]) : reportFault(io, answer.fault);
  };

export const confirmOff = byTypedName(confirmNodeOff);
export const removeNode = byTypedName(removeNodeAddress);

/** The nodes with their cluster services; of one, all that is known. */
export async function queryServices(name: string | undefined, json: boolean, { io, daemon }: Shell): Promise<number> {
  const answer = await daemon.ask(listNodes);
  if (!answer.ok) return reportFault(io, answer.fault);
  if (name === undefined) return printReply(io, answer, json, servicesLines);
  const { nodes } = answer.reply;
  const found = nodes.find(({ node }) => node === name);
  if (!found)
    return refuse(
      io,
      `NAME: "${visibleLine(name)}" is not a node of this cluster. Its nodes: ${nodes.map(({ node }) => node).join(', ')}.`,
    );
  // The contract has no reply for one of them: of its list, this one as it stands there.
  if (json) io.out(`${JSON.stringify(found)}\n`);
  else printLines(io, serviceLines(found));
  return EXIT.done;
}

interface Asked {
  nodes: string[];
  json: boolean | undefined;
  values: Map<string, string>;
}

/** `node NAME,NAME ATTR=VALUE`, as clmgr has it; the names may stand apart as well. */
function readAsked(args: readonly string[], { io, usage }: Shell, known: readonly string[]): Result<Asked, number> {
  const refused = (sentence: string): Result<Asked, number> => ({
    ok: false,
    error: refuse(io, sentence, `Usage: ${usage}`),
  });
  const read = wordsOf(io, args, { json: 'flag' } as const, { usage, least: 2, most: Number.POSITIVE_INFINITY });
  if (!read) return { ok: false, error: EXIT.refused };
  const [entryClass = '', ...words] = read.words;
  if (entryClass !== 'node')
    return refused(`CLASS: cluster services are those of nodes; write node instead of "${visibleLine(entryClass)}".`);
  const nodes: string[] = [];
  const values = new Map<string, string>();
  for (const word of words) {
    const [, attribute, value = ''] = /^([A-Za-z]+)=(.*)$/s.exec(word) ?? [];
    if (attribute === undefined) {
      nodes.push(...word.split(',').filter((name) => name !== ''));
      continue;
    }
    const name = attribute.toUpperCase();
    if (!known.includes(name)) return refused(`There is no ${visibleLine(name)} here; known are ${known.join(', ')}.`);
    if (values.has(name)) return refused(`${name} is given twice; give it once.`);
    values.set(name, value);
  }
  if (nodes.length === 0) return refused('NAME of a node is missing.');
  return { ok: true, value: { nodes: [...new Set(nodes)], json: read.options.json, values } };
}

function chosen<Value extends string>(io: Io, attribute: string, given: string, values: readonly Value[]): Result<Value, number> {
  const value = values.find((one) => one === given);
  if (value !== undefined) return { ok: true, value };
  return { ok: false, error: refuse(io, `${attribute}: "${visibleLine(given)}" is not one of ${values.join(', ')}.`) };
}
