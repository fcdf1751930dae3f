import type { Peers } from './peers.ts';

export interface ClockDifference {
  node: string;
  /** Of its clock against this node's; positive: it is ahead. */
  differenceMs: number;
  /** It cannot be told more exactly than half of the time that the question took. */
  withinMs: number;
}

/** Those that answer. The time that question and answer took is taken off, as if both took the same. */
export async function clockDifferences(parts: {
  peers: Peers;
  nodes: readonly string[];
  /** Milliseconds since 1970, and of a clock that does not jump. */
  now(): number;
  reading(): number;
  signal: AbortSignal;
}): Promise<ClockDifference[]> {
  const asked = await Promise.all(
    parts.nodes.map(async (node): Promise<ClockDifference[]> => {
      // The second time: the first one may have had to connect.
      for (let attempt = 0; ; attempt += 1) {
        const [wall, sent] = [parts.now(), parts.reading()];
        const answer = await parts.peers.ask(node, { name: 'getClock', input: {} }, parts.signal);
        const took = parts.reading() - sent;
        if (!answer.ok) return [];
        if (attempt === 0) continue;
        return [{ node, differenceMs: Math.round(answer.value.at - (wall + took / 2)), withinMs: Math.ceil(took / 2) }];
      }
    }),
  );
  return asked.flat();
}

const SHOWN_FROM_MS = 1_000;

/** Beyond a second for certain, whatever the network did. */
export const isShown = ({ differenceMs, withinMs }: ClockDifference): boolean =>
  Math.abs(differenceMs) - withinMs > SHOWN_FROM_MS;
