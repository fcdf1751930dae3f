import type { NodeSummary } from './compile.ts';

/** The compiled summaries as a text to read or to save. */
export async function* summaryReport(preface: string, summaries: AsyncIterable<NodeSummary>): AsyncGenerator<string> {
  yield `${preface}\n`;
  let found = 0;
  for await (const summary of summaries) {
    found++;
    yield `${entry(summary)}\n`;
  }
  yield found === 0 ? 'No event summaries were found.\n' : `${found} event ${found === 1 ? 'summary' : 'summaries'}.\n`;
}

/** The block as it stands in the log, with what it does not say: how the event ended, and where the rest can be read. */
function entry({ text, outcome, status, node, file, offset }: NodeSummary): string {
  const ended = status === undefined ? outcome : `${outcome}, status ${status}`;
  return `${text}\nOutcome: ${ended}. ${node === '' ? '' : `Node ${node}, `}${file} from byte ${offset}.\n`;
}

/** A summary as the API tells it, where it always has a start: the end, when the log begins in the middle of the event. */
export const summaryView = (summary: NodeSummary): NodeSummary & { startTime: string } => ({
  ...summary,
  startTime: summary.startTime ?? summary.endTime ?? '',
});
