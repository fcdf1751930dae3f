import { type DefinitionDocument, type FenceResult, fenceCommandOf, fencingSentence } from '@fallover/events';
import type { LostNode } from '@fallover/store';
import type { Executor } from '../executor/executor.ts';

export interface FencingParts {
  executor: Pick<Executor, 'fence'>;
  /** The active revision. */
  revision: { hash: string; document: DefinitionDocument };
  /** Ends early, without an error, when the signal says so. */
  wait(ms: number, signal: AbortSignal): Promise<void>;
  signal: AbortSignal;
}

/** Where nothing proves that a node is off, it has this long to notice its own deadline. */
export const GRACE_MS = 2_000;
/** What switches a machine off may wait for it, and try again; this long the takeover waits in turn. */
export const FENCE_COMMAND_MS = 60_000;

/** Fences a node whose lease has ended: a lost lease is suspicion, not death. */
export async function fence(
  node: string,
  { executor, revision, wait, signal }: FencingParts,
  timeoutMs = FENCE_COMMAND_MS,
): Promise<FenceResult> {
  if (fenceCommandOf(revision.document).length === 0) {
    await wait(GRACE_MS, signal);
    return { kind: 'not_fenced' };
  }
  const end = await executor.fence({ revision: revision.hash, node, timeoutMs });
  if (end === 'lost') return { kind: 'failed', end: 'launcher_died' };
  return end.status === 0 && !end.fault ? { kind: 'fenced', durationMs: end.durationMs } : { kind: 'failed', end };
}

/** The same as it is kept of a lost node, for all nodes to see. */
export function fencingOf(node: string, result: FenceResult): Pick<LostNode, 'fencing' | 'sentence'> {
  switch (result.kind) {
    case 'fenced':
      return { fencing: 'off' };
    case 'not_fenced':
      return { fencing: 'not_configured', sentence: fencingSentence(node, result) };
    case 'failed':
      return { fencing: 'failed', sentence: fencingSentence(node, result) };
  }
}
