import { awaitedDecision, type DefinitionDocument, programOn, type RunRecord } from '@fallover/events';
import { type ClusterStore, openStore, type RunWrite } from '@fallover/store';
import { type Chance, chance, deck } from '../crash/chance.ts';
import { testCluster } from '../src/membership/cluster.test-support.ts';
import { effects } from '../src/membership/duties.ts';
import { check, type LateDeadline, type MembershipSpan, type Violation } from './check.ts';
import { type Cuttable, cuttable, type Question } from './cuttable.ts';

export interface FaultFigures {
  violations: Violation[];
  faults: Record<Fault, number>;
  runs: number;
  steps: number;
  seconds: number;
}

export interface FaultSettings {
  rounds: number;
  seed: number;
  nodes?: number;
  /** How long nothing may move before everything has ended, once nothing fails any more. */
  settlesWithinMs?: number;
  /** Of the faults only these; each when its turn comes. */
  only?: readonly Fault[];
  /** The share of steps that fail, and of questions that are on their way until their sender may have been lost. */
  failing?: number;
  late?: number;
  say?(sentence: string): void;
}

export const FAULTS = [
  'kill',
  'kill_coordinator',
  'kill_all',
  'restart_all_at_once',
  'cut_short',
  'cut_long',
  'cut_coordinator',
  'restart_at_once',
  'kill_as_it_claims',
  'kill_as_it_tells',
  'kill_all_as_a_run_begins',
] as const;
export type Fault = (typeof FAULTS)[number];

const TTL_MS = 2_400;
const LATE_MS = 600;
/** For a node that is to be killed as it asks something. */
const ASKS_WITHIN_MS = 2_000;
type KindOfQuestion = [isOfKind: (question: Question) => boolean, arrivesAfterMs: number | undefined];
const writes =
  (kind: RunRecord['kind']) =>
  ({ name, args: [runs] }: Question): boolean =>
    name === 'appendRuns' && (runs as RunWrite[]).some(({ records }) => records.some((record) => record.kind === kind));
const CLAIMS = writes('started');
const TELLS = writes('finished');
const BEGINS = ({ name }: Question): boolean => name === 'startRun';
/** Pipelines of several steps, so that a node has something to claim without waiting for others. */
const DOCUMENT: DefinitionDocument = {
  format: 1,
  cluster: 'payroll',
  entries: [
    { class: 'custom_event', name: 'tell', fields: { script: { cluster: '/scripts/tell' } } },
    {
      class: 'event',
      name: 'network_up',
      fields: { preEventCommand: { cluster: ['tell', 'tell'] }, postEventCommand: { cluster: ['tell'] } },
    },
  ],
};
const sleep = (ms: number): Promise<void> => new Promise((resolve) => setTimeout(resolve, ms));

/**
 * Cluster managers on one store in one process, with real journals, whose daemons are killed and whose networks are cut while
 * events with barriers are processed and a person decides on what stands still. Afterwards all are started, and looked at.
 */
export async function faultTest({
  rounds,
  seed,
  nodes: count = 3,
  settlesWithinMs = 20_000,
  only = FAULTS,
  failing = 0.05,
  late = 0.01,
  say = () => {},
}: FaultSettings): Promise<FaultFigures> {
  const began = performance.now();
  const rolls = chance(seed);
  const stepRolls = rolls.fork();
  const names = Array.from({ length: count }, (_, index) => `node${index + 1}`);
  const opened = await openStore('memory:');
  if (!opened.ok) throw new Error(opened.error.code);
  const store = opened.value;
  const delays = rolls.fork();
  /** Now and then a question is on its way for a while, and now and then until its sender may have been lost. */
  const delayMs = (): number => {
    const kind = delays.part();
    return kind < late ? TTL_MS + delays.whole(TTL_MS) : kind < 3 * late ? delays.whole(LATE_MS) : 0;
  };
  const lines = new Map<string, Cuttable>();
  const keptAt = new Map<string, number>();
  const lateDeadlines: LateDeadline[] = [];
  const newLine = (node: string): ClusterStore => {
    const line = cuttable(store, delayMs, (lease) => void keptAt.set(lease, performance.now()));
    lines.set(node, line);
    return line.store;
  };
  const cluster = testCluster({
    store,
    nodes: names,
    ttlMs: TTL_MS,
    document: DOCUMENT,
    storeOf: newLine,
    deadline(node, lease, at) {
      const ends = (keptAt.get(lease) ?? 0) + TTL_MS;
      if (at > ends) lateDeadlines.push({ node, lateMs: at - ends });
    },
    step: () => ({ ms: 1 + stepRolls.whole(60), status: stepRolls.part() < failing ? 1 : 0 }),
    program: (event, nodes) => [
      ...programOn(nodes, event.event, event.args),
      ...programOn(nodes, `${event.event}_complete`, event.args),
    ],
  });
  const accepted: string[] = [];
  const watching = new AbortController();
  const memberships: MembershipSpan[] = [];
  const watched = watchMemberships(store, memberships, watching.signal);
  const faults = Object.fromEntries(FAULTS.map((fault) => [fault, 0])) as Record<Fault, number>;
  let isOver = false;

  /** A person decides on whatever waits, and starts what was left out, some time. */
  async function administer(choice: Chance): Promise<void> {
    for (let turn = 1; !isOver; turn += 1) {
      await sleep(50 + choice.whole(100));
      // After a node_up that was skipped a node stays out until somebody starts it.
      for (const { node, stopped } of await store.nodes()) if (stopped) await store.changeNode(effects.start(node));
      const current = await store.current();
      const seen = [...cluster.nodes.values()].flatMap(({ engine }) => engine.live(current?.plan.id ?? '')?.state ?? []);
      const number = seen.map(awaitedDecision).find((one) => one !== undefined);
      if (!current || number === undefined) continue;
      const as = choice.pick(['skip', 'again', 'succeeded'] as const);
      const decision = { as, number, by: 'ada', at: new Date().toISOString(), cancelQueue: false };
      await store.decide({ id: `decision-${turn}`, principal: 'ada', digest: '' }, current.plan.id, decision, () => ({
        status: 200,
        body: '',
      }));
    }
  }
  const deciding = administer(rolls.fork());

  const kill = (node: string): void => {
    lines.get(node)?.kill();
    cluster.nodes.get(node)?.kill();
  };
  /** Kills them at the moment at which one of them asks such a thing, or after a while in which none has. */
  const killAsOneAsks = async (nodes: readonly string[], ...[kind, arrives]: KindOfQuestion): Promise<void> => {
    const patience = AbortSignal.timeout(ASKS_WITHIN_MS);
    await Promise.race(nodes.map((node) => lines.get(node)?.killAsItAsks(kind, arrives, patience)));
    for (const node of nodes) kill(node);
  };
  const start = (node: string): void => {
    if (!cluster.nodes.has(node)) cluster.start(node);
  };
  const coordinator = (): string =>
    [...cluster.nodes.values()].map(({ view }) => view.coordinator()?.node).find((node) => node !== undefined) ??
    rolls.pick(names);

  const nextFault = deck(rolls, only);
  for (let round = 1; round <= rounds; round += 1) {
    for (let events = 1 + rolls.whole(3); events > 0; events -= 1)
      accepted.push(await cluster.run('network_up', '-1', `net${rolls.whole(9)}`));
    accepted.push(await cluster.report('network_down', rolls.pick(names), `net${rolls.whole(9)}`));
    await sleep(rolls.whole(150));
    const fault = nextFault();
    faults[fault] += 1;
    const node = fault === 'kill_coordinator' || fault === 'cut_coordinator' ? coordinator() : rolls.pick(names);
    switch (fault) {
      case 'kill':
      case 'kill_coordinator':
        kill(node);
        await sleep(rolls.whole(TTL_MS * 2));
        start(node);
        break;
      case 'restart_at_once':
        kill(node);
        start(node);
        break;
      case 'kill_all':
      case 'restart_all_at_once':
        for (const name of names) kill(name);
        await sleep(fault === 'kill_all' ? TTL_MS + rolls.whole(TTL_MS) : rolls.whole(TTL_MS / 2));
        for (const name of names) start(name);
        break;
      case 'kill_as_it_claims':
        // Its claim comes when it has been lost, and perhaps before the run has ended without it.
        await killAsOneAsks([node], CLAIMS, TTL_MS + rolls.whole(TTL_MS / 4));
        await sleep(TTL_MS * 1.5);
        start(node);
        break;
      case 'kill_as_it_tells':
        await killAsOneAsks([node], TELLS, undefined);
        await sleep(rolls.whole(TTL_MS * 2));
        start(node);
        break;
      case 'kill_all_as_a_run_begins':
        // They are back as other members than those that take part in it.
        await killAsOneAsks(names, BEGINS, 0);
        await sleep(TTL_MS * 1.2);
        for (const name of names) start(name);
        break;
      case 'cut_short':
      case 'cut_long':
      case 'cut_coordinator':
        lines.get(node)?.cut();
        await sleep(fault === 'cut_short' ? rolls.whole(300) : TTL_MS + rolls.whole(TTL_MS));
        lines.get(node)?.mend();
    }
    say(`Round ${round}: ${fault} ${node}.`);
  }

  for (const line of lines.values()) line.mend();
  for (const node of names) start(node);
  const isSettled = async (): Promise<boolean> => {
    const isQuiet = (await store.queue()).length === 0 && (await store.openRuns()).length === 0 && !(await store.current());
    return (
      isQuiet &&
      [...cluster.nodes.values()].every(
        ({ view, membership, engine }) =>
          engine.all().length === 0 && membership.own() !== undefined && view.nodes().get(membership.node)?.upSince !== undefined,
      )
    );
  };
  const stuck = await standstill(store, isSettled, settlesWithinMs);
  isOver = true;
  await deciding;
  const journals = new Map(
    [...cluster.nodes.values()].map(({ node, journal }) => [
      node,
      new Map(journal.list({ limit: 100_000 }).map(({ id }) => [id, journal.records(id)])),
    ]),
  );
  const rows = [...cluster.nodes.values()].flatMap(({ journal }) => journal.list({ limit: 100_000 }));
  watching.abort();
  await watched;
  const violations = stuck ? [stuck] : [];
  violations.push(...check({ witness: cluster.witness, journals, accepted, memberships, lateDeadlines, rows }));
  const steps = cluster.witness.length;
  await cluster.close();
  return { violations, faults, runs: accepted.length, steps, seconds: Math.round((performance.now() - began) / 1000) };
}

/** Who was a member from which revision of the store to which, as the store itself tells it. */
async function watchMemberships(store: ClusterStore, spans: MembershipSpan[], signal: AbortSignal): Promise<void> {
  for await (const { revision, changes } of store.followCluster(signal))
    for (const change of changes) {
      if (change.kind !== 'member') continue;
      const { node, member } = change;
      const last = spans.findLast((span) => span.node === node && span.to === undefined);
      if (last?.membership === member?.membership) continue;
      if (last) last.to = revision;
      if (member) spans.push({ node, membership: member.membership, from: revision });
    }
}

/** What stands still when nothing moves any more although nothing fails; undefined once everything is settled. */
async function standstill(
  store: ClusterStore,
  isSettled: () => Promise<boolean>,
  withinMs: number,
): Promise<Violation | undefined> {
  let moved = performance.now();
  let seen = '';
  while (!(await isSettled())) {
    const current = await store.current();
    const records = current ? (await store.runRecords(current.plan.id))?.records.length : 0;
    const now = JSON.stringify([(await store.queue()).length, await store.openRuns(), await store.members(), records]);
    if (now !== seen) moved = performance.now();
    seen = now;
    if (performance.now() - moved > withinMs) {
      const what = current ? `Run ${current.plan.id} (${current.plan.event})` : 'The queue';
      return { code: 'never_ends', sentence: `${what} has stood still for ${withinMs / 1000} s: ${seen}` };
    }
    await sleep(50);
  }
  return undefined;
}
