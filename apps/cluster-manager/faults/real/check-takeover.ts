import { parseStepId, type RunRecord } from '@fallover/events';
import type { Seen } from './witness.ts';

export interface TakeoverViolation {
  code: 'slow_step_overlaps_takeover' | 'started_while_others_acted';
  sentence: string;
}

export interface Thaw {
  node: string;
  /** Milliseconds since the machine was started. */
  at: number;
}

/**
 * What stood still with its whole host is ended by its launcher, which has to get its turn for that first. Only a fence command
 * helps here, and the cluster of the test has none.
 */
const ENDED_AFTER_THAW_MS = 700;
/** What a command sees of the clock is so much behind it at most: /proc/uptime counts hundredths of a second. */
const WITNESSED_BEHIND_MS = 10;

/**
 * From when the others process the `node_down` of a node to when its next `node_up` begins they act in its place: none of its
 * slow steps may live then, and it may start nothing. Nor may one live when they go on to a later phase of a run without it.
 */
export function checkTakeover(evidence: {
  witness: readonly Seen[];
  journals: ReadonlyMap<string, ReadonlyMap<string, readonly RunRecord[]>>;
  thaws: readonly Thaw[];
}): TakeoverViolation[] {
  const { witness, thaws } = evidence;
  const runs = new Map([...evidence.journals.values()].flatMap((ofNode) => [...ofNode]));
  const found: TakeoverViolation[] = [];
  const earliest = (steps: readonly Seen[]): number => Math.min(...steps.map(({ startedAt }) => startedAt));
  /** When the event of the node began, by its first step on such a node. */
  const begun = (event: string, node: string, isOn: (on: string) => boolean): number[] =>
    [...runs]
      .filter(([, [first]]) => first?.kind === 'planned' && isEventOf(first.plan, event, node))
      .map(([run]) => earliest(witness.filter((step) => step.run === run && isOn(step.node))))
      .filter(Number.isFinite);
  const overlaps = ({ step, node, startedAt, lastSeenAt }: Seen, from: number, what: string): void => {
    if (startedAt >= from || lastSeenAt <= from) return;
    if (
      thaws.some(
        ({ node: thawed, at }) =>
          thawed === node && lastSeenAt > at - WITNESSED_BEHIND_MS && lastSeenAt <= at + ENDED_AFTER_THAW_MS,
      )
    )
      return;
    const sentence = `Step ${step} of a slow event lived for ${Math.round(lastSeenAt - from)} ms after the others had begun with ${what}.`;
    found.push({ code: 'slow_step_overlaps_takeover', sentence });
  };

  for (const [node, own] of Map.groupBy(witness, (step) => step.node)) {
    // Where all others are lost it comes up alone.
    const ups = begun('node_up', node, () => true);
    for (const from of begun('node_down', node, (on) => on !== node)) {
      const until = Math.min(...ups.filter((up) => up > from));
      for (const seen of own) {
        if (seen.slow) overlaps(seen, from, `node_down ${node}`);
        if (seen.startedAt <= from || seen.startedAt >= until) continue;
        const late = Math.round(seen.startedAt - from);
        const sentence = `Step ${seen.step} was started ${late} ms after the others had begun with node_down ${node}.`;
        found.push({ code: 'started_while_others_acted', sentence });
      }
    }
    for (const seen of own.filter(({ slow }) => slow)) {
      const isLost = (runs.get(seen.run) ?? []).some((record) => record.kind === 'lost' && record.node === node);
      if (!isLost) continue;
      const later = witness.filter((other) => other.run === seen.run && other.node !== node && phaseOf(other) > phaseOf(seen));
      overlaps(seen, earliest(later), 'the next phase of the run');
    }
  }
  return found;
}

const isEventOf = ({ event, args }: { event: string; args: readonly string[] }, name: string, node: string): boolean =>
  event === name && args.length === 1 && args[0] === node;
const phaseOf = ({ step }: Seen): number => Number.parseInt(parseStepId(step)?.phase ?? '0', 10);
