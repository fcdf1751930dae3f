import { addJoinToken as addJoinTokenAddress, joinCluster } from '../addresses.ts';
import { EXIT, type Io } from '../io.ts';
import { printReply } from '../print.ts';
import { refuse, reportFault, wordsOf } from '../report.ts';
import { shellTime } from '../shell-time.ts';
import type { RunVerb, Shell } from '../shell.ts';
import { readText, textSentence } from '../text-file.ts';
import { visibleLine } from '../visible.ts';

const NODE_NAME = /^[A-Za-z0-9][A-Za-z0-9_.-]{0,63}$/;
const LONGEST_TOKEN = 4096;

export async function addJoinToken(
  node: string,
  more: readonly string[],
  json: true | undefined,
  { io, daemon, usage }: Shell,
): Promise<number> {
  if (more[0] !== undefined) return refuse(io, `"${visibleLine(more[0])}" is one word too many here.`, `Usage: ${usage}`);
  if (!NODE_NAME.test(node))
    return refuse(
      io,
      `NODE: "${visibleLine(node)}" is not the name of a node: give up to 64 letters, digits, dots, underscores or hyphens.`,
    );
  const answer = await daemon.ask(addJoinTokenAddress, { parameters: { node } });
  if (!answer.ok) return reportFault(io, answer.fault);
  return printReply(io, answer, json, ({ token, expiresAt }) => [
    `On node ${node} type, before ${shellTime(expiresAt)}:`,
    `  fallover join ${token}`,
    'It holds once. Whoever has it can join in the place of that node.',
  ]);
}

export const join: RunVerb = async (args, { io, daemon, usage }) => {
  const read = wordsOf(io, args, { json: 'flag' }, { usage, least: 1 });
  if (!read) return EXIT.refused;
  const token = await tokenIn(read.words[0] ?? '', io);
  if (typeof token === 'number') return token;
  const answer = await daemon.ask(joinCluster, { body: { token } });
  if (!answer.ok) return reportFault(io, answer.fault);
  return printReply(io, answer, read.options.json, ({ node, cluster }) => [
    `Node ${node} has joined cluster ${cluster}: its cluster manager and those of the other nodes can ask each other`,
  ]);
};

/** A word of a command line stands in the history and in the list of processes: `-` reads it from the standard input. */
async function tokenIn(word: string, io: Io): Promise<string | number> {
  if (word !== '-') return word;
  const text = await readText('-', io, LONGEST_TOKEN);
  return text.ok ? text.value.trim() : refuse(io, textSentence(text.error, 'TOKEN'));
}
