import { valueOn } from '../definition/effective.ts';
import type { ClusterSettings, DefinitionDocument } from '../definition/types.ts';
import type { StartFault } from '../runs/types.ts';
import { quoted } from './quoted.ts';
import { startFaultSentence } from './start-fault.ts';

/** How a fence command ended, as its launcher saw it. */
export interface FenceEnd {
  /** Exit status; 128+n for signal n; 127 not found; 126 not startable or not trusted. */
  status: number;
  signal?: string;
  fault?: StartFault;
  /** It got KILL because it took too long. */
  timedOut?: true;
  /** It got KILL because the node that ran it was no member of the cluster any more. */
  expelled?: true;
  durationMs: number;
  /** The end of its output. */
  output: string;
}

/**
 * What came of fencing a node that was lost. `fenced`: it is proven off. `not_fenced`: no fence command is named, and the
 * grace is over. `failed`: nothing is known of the node, and nothing is taken over before a person confirms that it is off.
 */
export type FenceResult =
  | { kind: 'fenced'; durationMs: number }
  | { kind: 'not_fenced' }
  | { kind: 'failed'; end: FenceEnd | 'launcher_died' };

/** The argv of the cluster's fence command, without the name of the node; empty when none is named. */
export function fenceCommandOf(document: DefinitionDocument): readonly string[] {
  const found = document.entries.find((entry) => entry.class === 'cluster');
  return valueOn((found?.fields as ClusterSettings | undefined)?.fenceCommand, '') ?? [];
}

/** Said wherever a node was lost, or can be, and nothing proves that it is off. */
export const NOT_FENCED = 'not fenced: resources may be active twice';

/** What came of fencing a node, and what to do. */
export function fencingSentence(node: string, result: FenceResult): string {
  switch (result.kind) {
    case 'fenced':
      return `Node ${node} was fenced in ${(result.durationMs / 1000).toFixed(1)} s: it is off.`;
    case 'not_fenced':
      return `Node ${node} was lost and is ${NOT_FENCED}. The cluster names no fence command, so nothing proves that the node is off. Switch it off by hand if you can; name a fence command with: fallover modify cluster FENCE_COMMAND=…`;
    case 'failed':
      return `Node ${node} was lost and fencing it failed: ${because(result.end)} Nothing of it is taken over until somebody confirms that it is off. Switch node ${node} off by hand, make sure of it, then confirm.`;
  }
}

function because(end: FenceEnd | 'launcher_died'): string {
  if (end === 'launcher_died') return 'the process that ran the fence command died, so it is not known how the command ended.';
  if (end.fault) return startFaultSentence(end.fault);
  if (end.expelled) return 'this node was itself no member of the cluster any more, so the fence command was ended.';
  const after = `after ${(end.durationMs / 1000).toFixed(1)} s`;
  if (end.timedOut) return `the fence command was ended because it had not ended by itself ${after}.${saying(end)}`;
  const how = end.signal === undefined ? `exit status ${end.status}` : `signal ${end.signal}`;
  return `the fence command ended with ${how} ${after}.${saying(end)}`;
}

/** The last line that says something. */
function saying({ output }: FenceEnd): string {
  const last = output
    .split('\n')
    .filter((line) => line.trim() !== '')
    .at(-1);
  return last === undefined ? '' : ` It says: ${quoted(last)}.`;
}
