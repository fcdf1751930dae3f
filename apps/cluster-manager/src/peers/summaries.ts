import type { listEventSummaries } from '@fallover/contract';
import { type Result, visibleText } from '@fallover/events';
import { type NodeSummary, summaryReport } from '@fallover/hacmp-out';
import type { z } from 'zod';
import type { Bytes, Refusal } from '../http/use-cases.ts';

type Listed = z.input<typeof listEventSummaries.reply>;
interface Asked {
  node: string;
  answer: Result<Listed, Refusal>;
  /** It has been asked in vain since then. */
  since?: string;
}

/** The newest of all nodes, and which nodes did not tell theirs. Their clocks are believed, each for its own. */
export function summariesOfAll(listed: readonly (Listed | Asked)[], limit: number): Listed {
  const lists = listed.flatMap((one) => ('answer' in one ? (one.answer.ok ? [ofNode(one.node, one.answer.value)] : []) : [one]));
  const unanswered = listed.flatMap((one) => {
    if (!('answer' in one) || one.answer.ok) return [];
    return [{ node: one.node, sentence: one.answer.error.sentence, ...(one.since === undefined ? {} : { since: one.since }) }];
  });
  return {
    summaries: lists
      .flatMap(({ summaries }) => summaries)
      .sort((a, b) => (a.startTime < b.startTime ? 1 : a.startTime > b.startTime ? -1 : 0))
      .slice(0, limit),
    found: lists.reduce((sum, { found }) => sum + found, 0),
    resourceGroups: lists[0]?.resourceGroups ?? '',
    ...(unanswered.length === 0 ? {} : { unanswered }),
  };
}

/** A node tells its own: what another one did it cannot know. */
const ofNode = (node: string, listed: Listed): Listed => ({
  ...listed,
  summaries: listed.summaries.map((summary) => ({ ...summary, node })),
});

/** As a text to save: this node's as it is, then the others' one after the other, or why they are missing. */
export async function* summaryText(
  own: Bytes['body'] | undefined,
  nodes: readonly string[],
  ask: (node: string) => Promise<Result<Listed, Refusal>>,
): AsyncGenerator<Uint8Array | string> {
  // All at once: the time that one takes to be given up is not waited for again behind another.
  const answers = nodes.map((node) => ask(node));
  if (typeof own === 'string' || Buffer.isBuffer(own)) yield own;
  else if (own) yield* own;
  for (const [index, node] of nodes.entries()) {
    if (own !== undefined || index > 0) yield '\n';
    const answer = (await answers[index]) as Result<Listed, Refusal>;
    if (!answer.ok) {
      yield `Event summaries of node ${node}\n\n${visibleText(answer.error.sentence)}\n`;
      continue;
    }
    const { summaries, found } = answer.value;
    const part = found > summaries.length ? `, the newest ${summaries.length} of ${found}` : '';
    yield* summaryReport(`Event summaries of node ${node}${part}\n`, inOrderOfTheLog(summaries as NodeSummary[]));
  }
}

async function* inOrderOfTheLog(newestFirst: readonly NodeSummary[]): AsyncGenerator<NodeSummary> {
  yield* newestFirst.toReversed();
}

/** Of the newest as many as so many bytes hold; how many there are is told all the same. */
export function bounded<L extends Pick<Listed, 'summaries'>>(listed: L, mostBytes: number): L {
  let bytes = 0;
  const tooMany = listed.summaries.findIndex((summary) => {
    bytes += Buffer.byteLength(JSON.stringify(summary)) + 1;
    return bytes > mostBytes;
  });
  return tooMany === -1 ? listed : { ...listed, summaries: listed.summaries.slice(0, tooMany) };
}
