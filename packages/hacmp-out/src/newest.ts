import type { NodeSummary } from './compile.ts';

export interface Newest {
  /** Newest first. */
  summaries: NodeSummary[];
  /** How many there were. */
  found: number;
}

/** However long the summaries are, so many characters of them are held. */
const MOST_TEXT = 64 * 1024 * 1024;

/** The newest of all summaries, and how many there were; holds little more than `limit` of them. */
export async function newest(summaries: AsyncIterable<NodeSummary>, limit: number): Promise<Newest> {
  let kept: NodeSummary[] = [];
  let size = 0;
  let found = 0;
  for await (const summary of summaries) {
    kept.push(summary);
    size += summary.text.length;
    found++;
    if (kept.length >= 2 * limit || size > 2 * MOST_TEXT) {
      kept = inOrder(kept, limit).reverse();
      size = kept.reduce((sum, { text }) => sum + text.length, 0);
    }
  }
  return { summaries: inOrder(kept, limit), found };
}

function inOrder(summaries: NodeSummary[], limit: number): NodeSummary[] {
  const sorted = summaries
    .map((summary, index) => ({ summary, index }))
    .sort((a, b) => compare(timeOf(b.summary), timeOf(a.summary)) || b.index - a.index)
    .slice(0, limit)
    .map(({ summary }) => summary);
  let size = 0;
  const fitting = sorted.findIndex(({ text }) => {
    size += text.length;
    return size > MOST_TEXT;
  });
  return fitting === -1 ? sorted : sorted.slice(0, Math.max(1, fitting));
}

const timeOf = ({ startTime, endTime }: NodeSummary): string => startTime ?? endTime ?? '';
const compare = (a: string, b: string): number => (a < b ? -1 : a > b ? 1 : 0);
