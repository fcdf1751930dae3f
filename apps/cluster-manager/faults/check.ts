import { parseStepId, type RunRecord, recordKey, runOf } from '@fallover/events';
import type { RunRow } from '../src/journal/run-row.ts';
import type { Witnessed } from '../src/membership/cluster.test-support.ts';

export interface Evidence {
  witness: readonly Witnessed[];
  /** By node: the records of each run, as its journal has them when all is over. */
  journals: ReadonlyMap<string, ReadonlyMap<string, readonly RunRecord[]>>;
  /** Runs whose event was accepted. */
  accepted: readonly string[];
  memberships: readonly MembershipSpan[];
  lateDeadlines: readonly LateDeadline[];
  /** The runs as the lists of all nodes show them. */
  rows: readonly RunRow[];
}

/** A membership, from the revision at which it began to that at which it had ended. */
export interface MembershipSpan {
  node: string;
  membership: number;
  from: number;
  to?: number;
}

/** A node took its lease to live longer than the store did. */
export interface LateDeadline {
  node: string;
  lateMs: number;
}

export const VIOLATIONS = [
  'started_twice',
  'passed_a_barrier_early',
  'root_runs_overlap',
  'journals_differ',
  'accepted_run_lost',
  'token_not_rising',
  'started_without_claim',
  'claimed_after_it_was_lost',
  'started_after_it_was_lost',
  'claimed_by_another_membership',
  'deadline_too_late',
  'rolled_up_by_another_node',
  'never_ends',
] as const;
export interface Violation {
  code: (typeof VIOLATIONS)[number];
  sentence: string;
}

/** A node that is not cut off is told of its loss in this time; what it starts before is for its launcher's deadline to refuse. */
const TOLD_WITHIN_MS = 250;

/** What of the promises P1, P2, P4 and P5 was not kept, by what the commands saw and what the journals say. */
export function check({ witness, journals, accepted, memberships, lateDeadlines, rows }: Evidence): Violation[] {
  const found: Violation[] = [];
  const say = (code: Violation['code'], sentence: string): void => void found.push({ code, sentence });
  const runs = mergedRuns(journals, say);
  const lostIn = (run: string): Set<string> =>
    new Set((runs.get(run) ?? []).flatMap((record) => (record.kind === 'lost' ? [record.node] : [])));

  const starts = new Map<string, Witnessed>();
  for (const seen of witness) {
    if (starts.has(seen.step)) say('started_twice', `Step ${seen.step} was started twice.`);
    starts.set(seen.step, seen);
    const isClaimed = (runs.get(runOf(seen.step)) ?? []).some((record) => record.kind === 'started' && record.step === seen.step);
    if (!isClaimed) say('started_without_claim', `Step ${seen.step} was started, and no journal has its claim.`);
  }

  const byRun = Map.groupBy(witness, ({ step }) => runOf(step));
  for (const [run, steps] of byRun) {
    const lost = lostIn(run);
    const counted = steps.filter(({ node }) => !lost.has(node));
    for (const early of counted)
      for (const late of counted)
        if (phaseOf(early) < phaseOf(late) && late.startedAt < (early.endedAt ?? early.startedAt))
          say('passed_a_barrier_early', `Step ${late.step} began while step ${early.step} had not ended.`);
  }

  const roots = [...byRun].filter(([run]) => planOf(runs.get(run))?.parent === undefined);
  const spans = roots
    .map(([run, steps]) => {
      const counted = steps.filter(({ node }) => !lostIn(run).has(node));
      return {
        run,
        from: Math.min(...counted.map(({ startedAt }) => startedAt)),
        to: Math.max(...counted.map(({ startedAt, endedAt }) => endedAt ?? startedAt)),
      };
    })
    .sort((a, b) => a.from - b.from);
  for (const [index, { run, from }] of spans.entries()) {
    const before = spans[index - 1];
    if (before && from < before.to) say('root_runs_overlap', `Run ${run} began before run ${before.run} had ended.`);
  }

  // Of two claims of one node in a run the later one has the higher number.
  for (const steps of Map.groupBy(witness, ({ step, node }) => `${runOf(step)} ${node}`).values())
    for (const [index, { step, token, startedAt }] of steps.entries()) {
      const before = steps[index - 1];
      if (before && startedAt >= before.startedAt && token <= before.token)
        say('token_not_rising', `Step ${step} has the fencing token ${token}, after ${before.token} of ${before.step}.`);
    }

  for (const [run, records] of runs) {
    const lost = new Set<string>();
    for (const record of records) {
      if (record.kind === 'lost') lost.add(record.node);
      if (record.kind === 'started' && lost.has(parseStepId(record.step)?.node ?? ''))
        say('claimed_after_it_was_lost', `Step ${record.step} was claimed after its node was lost in run ${run}.`);
    }
  }
  for (const { step, node, startedAt } of witness) {
    const lost = (runs.get(runOf(step)) ?? []).find((record) => record.kind === 'lost' && record.node === node);
    if (lost && performance.timeOrigin + startedAt > Date.parse(lost.at) + TOLD_WITHIN_MS)
      say('started_after_it_was_lost', `Step ${step} was started after its node was lost.`);
  }
  for (const { step, node, token } of witness) {
    const own = planOf(runs.get(runOf(step)))?.participants?.find((one) => one.node === node);
    const span = memberships.find((one) => one.node === node && one.membership === own?.membership);
    if (own && span?.to !== undefined && span.to <= token)
      say(
        'claimed_by_another_membership',
        `Step ${step} was claimed at ${token}; the membership that takes part ended at ${span.to}.`,
      );
  }
  for (const { node, lateMs } of lateDeadlines)
    say('deadline_too_late', `Node ${node} took its lease to live ${lateMs.toFixed(1)} ms longer than the store did.`);
  for (const { id, args, rolledUp } of rows)
    if (rolledUp && rolledUp.args[0] !== args[0])
      say(
        'rolled_up_by_another_node',
        `Run ${id} of node ${args[0]} was rolled up by ${rolledUp.event} of node ${rolledUp.args[0]}.`,
      );
  for (const run of accepted) if (!isOver(runs.get(run))) say('accepted_run_lost', `Run ${run} was accepted and has not ended.`);
  return found;
}

/** Each run as the journals have it; they have to agree. */
function mergedRuns(
  journals: Evidence['journals'],
  say: (code: Violation['code'], sentence: string) => void,
): Map<string, readonly RunRecord[]> {
  const runs = new Map<string, readonly RunRecord[]>();
  for (const [node, ofNode] of journals)
    for (const [run, records] of ofNode) {
      const other = runs.get(run);
      if (other === undefined) runs.set(run, records);
      else if (other.map(recordKey).join('\n') !== records.map(recordKey).join('\n'))
        say('journals_differ', `The journal of node ${node} has run ${run} otherwise: ${difference(other, records)}.`);
    }
  return runs;
}

/** Where they part. */
function difference(one: readonly RunRecord[], other: readonly RunRecord[]): string {
  const at = one.findIndex((record, index) => recordKey(record) !== (other[index] && recordKey(other[index])));
  const [first, second] = [one[at], other[at === -1 ? one.length : at]].map((record) => (record ? recordKey(record) : 'its end'));
  return `record ${(at === -1 ? one.length : at) + 1} of ${one.length} is ${first}, here ${second} of ${other.length}`;
}

const planOf = (records: readonly RunRecord[] | undefined) => {
  const [first] = records ?? [];
  return first?.kind === 'planned' ? first.plan : undefined;
};
const phaseOf = ({ step }: Witnessed): number => Number.parseInt(parseStepId(step)?.phase ?? '0', 10);

/** Every step that was claimed has come to an end, of whatever kind; a run that was decided on is over too. */
function isOver(records: readonly RunRecord[] | undefined): boolean {
  if (records === undefined) return false;
  const lost = new Set(records.flatMap((record) => (record.kind === 'lost' ? [record.node] : [])));
  const open = new Set(records.flatMap((record) => (record.kind === 'started' ? [record.step] : [])));
  for (const record of records) if (record.kind === 'finished' || record.kind === 'interrupted') open.delete(record.step);
  return [...open].every((step) => lost.has(parseStepId(step)?.node ?? ''));
}
