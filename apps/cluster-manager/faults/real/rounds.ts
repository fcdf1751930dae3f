import { existsSync, mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { setTimeout as wait } from 'node:timers/promises';
import type { getCluster, ReplyOf, RunView } from '@fallover/contract';
import type { RunRecord } from '@fallover/events';
import { type Chance, chance, deck } from '../../crash/chance.ts';
import { type Answered, ask } from '../../crash/client.ts';
import { bootTime } from '../../src/executor/boot-time.ts';
import { openJournal } from '../../src/journal/journal.ts';
import type { RunRow } from '../../src/journal/run-row.ts';
import { check, type Violation } from '../check.ts';
import { checkTakeover, type TakeoverViolation, type Thaw } from './check-takeover.ts';
import type { Followed } from './follow.ts';
import { startFollower } from './follower.ts';
import { network as makeNetwork } from './network.ts';
import { nodes as makeNodes } from './nodes.ts';
import { readWitness, writeCommands } from './witness.ts';

export const REAL_FAULTS = [
  'kill_daemon',
  'kill_launcher',
  'kill_node',
  'kill_etcd',
  'kill_coordinator',
  'stop_coordinator',
  'stop_host',
  'cut_node',
  'cut_coordinator',
  'cut_etcd_minority',
  'cut_one_way',
  'flapping',
  'clock_jump',
] as const;
type RealFault = (typeof REAL_FAULTS)[number];

export interface RealFigures {
  violations: (Violation | TakeoverViolation)[];
  faults: Partial<Record<RealFault, number>>;
  runs: number;
  steps: number;
  /** As the store told them while it was followed. */
  memberships: number;
  /** Steps of slow events that were killed because their node was no member any more. */
  expelled: number;
  seconds: number;
  /** What could not be tried here. */
  left?: string;
}

export interface RealSettings {
  rounds: number;
  seed: number;
  faults?: readonly RealFault[];
  settlesWithinMs?: number;
  plant?: string;
  /** Keeps what was written, and says where. */
  keep?: boolean;
  say?(sentence: string): void;
}

/** They meet a node that runs a slow step, where there is one: it has to end with the node's deadline. */
const OF_SLOW_NODE: ReadonlySet<RealFault> = new Set(['stop_host', 'cut_node', 'cut_one_way']);

const NODES = ['node1', 'node2', 'node3'] as const;
/** A host that no fault meets, from which the store is followed. */
const OBSERVER = 'observer';
const LEASE_SECONDS = 3;
/** As `daemonCommand` names it. */
const CLUSTER = 'payroll';
const LEASE_MS = LEASE_SECONDS * 1000;
/** node2 counts from another start of its machine than the others: nothing may depend on that. */
const BOOT_AHEAD_SECONDS = 86_400;
const bootAhead = (node: string): number => (node === 'node2' ? BOOT_AHEAD_SECONDS : 0);
const FAKETIME = ['x86_64', 'aarch64']
  .map((machine) => `/usr/lib/${machine}-linux-gnu/faketime/libfaketimeMT.so.1`)
  .find((path) => existsSync(path));
type Cluster = ReplyOf<typeof getCluster>;

/**
 * Three real cluster managers and a real etcd of three members on hosts of their own, which are killed, stopped and cut off while
 * events with barriers are processed. The commands write what they see into a file that the product does not know.
 */
export async function realFaultTest(settings: RealSettings): Promise<RealFigures> {
  const { rounds, seed, settlesWithinMs = 120_000, say = () => {} } = settings;
  const began = performance.now();
  const rolls = chance(seed);
  const directory = mkdtempSync(join(tmpdir(), 'fallover-real-'));
  const witnessFile = join(directory, 'witness');
  const uptimeMs = (
    (now) => () =>
      Number(now() / 1_000_000n)
  )(bootTime());
  const network = await makeNetwork([...NODES, OBSERVER]);
  const nodes = makeNodes({
    directory,
    names: NODES,
    network,
    leaseSeconds: LEASE_SECONDS,
    bootAhead,
    fakeTime: FAKETIME,
    ...(settings.plant === undefined ? {} : { plant: settings.plant }),
  });
  const stopped = new Set<string>();
  const thaws: Thaw[] = [];
  const accepted: string[] = [];
  const faults: RealFigures['faults'] = {};
  let isOver = false;

  const asked = (node: string, method: string, path: string, body?: unknown): Promise<Answered | undefined> =>
    ask(join(nodes.state(node), 'control.sock'), {
      method,
      path: `/api/v1/${path}`,
      ...(body === undefined ? {} : { body, id: rolls.uuid() }),
    });
  const answering = (): string[] => NODES.filter((node) => nodes.runsDaemon(node) && !stopped.has(node));
  const cluster = async (node: string): Promise<Cluster | undefined> => (await asked(node, 'GET', 'cluster'))?.body;
  /** As a node sees it that reaches the store. */
  async function connected(): Promise<Cluster | undefined> {
    for (const node of answering()) {
      const seen = await cluster(node);
      if (seen?.store?.state === 'connected') return seen;
    }
    return undefined;
  }

  /** Reported again, with the same id, until somebody has taken it: a monitor that does not forget. */
  async function report(event: string, args: string[], id: string, choice: Chance): Promise<void> {
    for (; ; await wait(300)) {
      const [node] = [choice.pick(answering()) ?? NODES[0]];
      const answer = await asked(node, 'POST', 'reports', { event, args, source: `monitor${choice.whole(9)}`, id });
      if (answer?.status === 201 || answer?.status === 200) {
        accepted.push(answer.body.run);
        return;
      }
      if (isOver) return;
    }
  }
  const reports: Promise<void>[] = [];
  function load(choice: Chance, round: number, fault: RealFault): void {
    const events: [string, string[]][] = Array.from({ length: 1 + choice.whole(2) }, () => [
      choice.pick(['network_up', 'network_down']),
      ['-1', `net${choice.whole(9)}`],
    ]);
    if (OF_SLOW_NODE.has(fault) || choice.part() < 0.4) events.splice(choice.whole(2), 0, ['reconfig_resource_release', []]);
    for (const [index, [event, args]] of events.entries()) {
      const source = choice.fork();
      reports.push(report(event, args, `round${round}-${index}`, source));
    }
  }

  /** As the console asks for: what an interrupted step left running is ended before anybody decides how to go on. */
  async function endLeftRunning(node: string, run: string): Promise<void> {
    const view: RunView | undefined = (await asked(node, 'GET', `runs/${run}`))?.body;
    for (const { id: step } of (view?.steps ?? []).filter(({ state }) => state === 'interrupted'))
      await asked(node, 'POST', `runs/${run}/end-processes`, { step });
  }

  /** A person decides on what waits, and starts what was left out. */
  async function administer(choice: Chance): Promise<void> {
    while (!isOver) {
      await wait(300 + choice.whole(400));
      const seen = await connected();
      if (!seen) continue;
      const node = choice.pick(answering()) ?? NODES[0];
      if (seen.running?.state === 'awaiting_decision') {
        await endLeftRunning(node, seen.running.id);
        await asked(node, 'POST', 'recover', {
          run: seen.running.id,
          as: choice.pick(['skip', 'again', 'succeeded']),
          cancelQueue: false,
        });
      }
      const nodesSeen = (await asked(node, 'GET', 'nodes'))?.body?.nodes as { node: string; stopped?: unknown }[] | undefined;
      const out = (nodesSeen ?? []).filter((one) => one.stopped !== undefined).map((one) => one.node);
      if (out.length > 0) await asked(node, 'POST', 'cluster-services/start', { nodes: out, when: 'now' });
    }
  }

  /** A node on which a step of a slow event still runs when the others have done theirs, if there is one soon. */
  async function slowNode(): Promise<string | undefined> {
    for (const until = performance.now() + 6_000; performance.now() < until; await wait(200)) {
      const running = (await connected())?.running;
      if (running?.event !== 'reconfig_resource_release') continue;
      const [node] = answering();
      const run: RunView | undefined = node && (await asked(node, 'GET', `runs/${running.id}`))?.body;
      const open = (run?.steps ?? []).filter(({ state }) => state === 'running').map((step) => step.node);
      if (open.length === 1) return open[0];
    }
    return undefined;
  }

  async function coordinator(): Promise<string> {
    return (await connected())?.coordinator ?? rolls.pick(NODES);
  }
  const start = async (node: string): Promise<void> => {
    for (let tried = 0; !nodes.runsDaemon(node); tried += 1) {
      try {
        await nodes.startDaemon(node);
      } catch (error) {
        // Without etcd's quorum a cluster manager does not start, and systemd starts it again.
        if (tried === 20) throw error;
        await wait(500);
      }
    }
  };
  async function stopFor(node: string, what: 'daemon' | 'host', ms: number): Promise<void> {
    stopped.add(node);
    nodes.pause(node, what);
    await wait(ms);
    thaws.push({ node, at: uptimeMs() });
    nodes.resume(node);
    stopped.delete(node);
  }

  const sometime = (): number => rolls.whole(LEASE_MS * 2);
  const long = LEASE_MS * 2;
  async function inflict(fault: RealFault): Promise<string> {
    const ofCoordinator = fault === 'kill_coordinator' || fault === 'stop_coordinator' || fault === 'cut_coordinator';
    const anyNode = rolls.pick(NODES);
    const node = ofCoordinator ? await coordinator() : ((OF_SLOW_NODE.has(fault) ? await slowNode() : undefined) ?? anyNode);
    switch (fault) {
      case 'kill_daemon':
      case 'kill_coordinator':
        await nodes.kill(node, 'daemon');
        await wait(sometime());
        await start(node);
        break;
      case 'kill_launcher':
        await nodes.kill(node, 'launcher');
        break;
      case 'kill_node':
        await nodes.kill(node, 'all');
        await wait(sometime());
        await start(node);
        break;
      case 'kill_etcd':
        await nodes.kill(node, 'etcd');
        await wait(sometime());
        nodes.startEtcd(node);
        break;
      case 'stop_coordinator':
        await stopFor(node, 'daemon', long);
        break;
      case 'stop_host':
        await stopFor(node, 'host', long);
        break;
      case 'cut_node':
      case 'cut_coordinator':
        network.isolate(node);
        await wait(long);
        network.heal(node);
        break;
      case 'cut_etcd_minority':
        network.isolateEtcd(node);
        await wait(long);
        network.heal(node);
        break;
      case 'cut_one_way':
        network.isolate(node, rolls.pick(['in', 'out']));
        await wait(long);
        network.heal(node);
        break;
      case 'flapping':
        for (const until = performance.now() + long; performance.now() < until; ) {
          network.isolate(node);
          await wait(100 + rolls.whole(900));
          network.heal(node);
          await wait(100 + rolls.whole(900));
        }
        break;
      case 'clock_jump':
        nodes.setWallClock(node, rolls.pick([-3600, -30, 30, 3600]));
        await wait(sometime());
        nodes.setWallClock(node, 0);
    }
    return node;
  }

  const states = async (): Promise<string> => {
    const seen = await Promise.all(
      NODES.map(async (node) => {
        const view = await cluster(node);
        const { state, members, coordinator, store, running, queue, troubles } = view ?? {};
        return { node, state, members, coordinator, store, running, queue: queue?.length, troubles };
      }),
    );
    return JSON.stringify(seen);
  };
  async function settle(): Promise<Violation | undefined> {
    const until = performance.now() + settlesWithinMs;
    for (;;) {
      await wait(300);
      const seen = await Promise.all(NODES.map(cluster));
      const isQuiet = seen.every(
        (view) =>
          view?.store?.state === 'connected' &&
          view.running === undefined &&
          view.beside.length === 0 &&
          view.queue.length === 0 &&
          view.members.length === NODES.length &&
          view.members.every(({ state }) => state === 'member'),
      );
      if (isQuiet) return undefined;
      if (performance.now() > until) return { code: 'never_ends', sentence: `It does not come to rest: ${await states()}` };
    }
  }

  async function configure(): Promise<void> {
    const text = writeCommands(join(directory, 'scripts'), witnessFile);
    for (const [path, body] of [
      ['configuration/import', { text, format: 'json' }],
      ['configuration/synchronise', {}],
    ] as const) {
      const answer = await asked(NODES[0], 'POST', path, body);
      if (!answer || answer.status >= 300) throw new Error(`${path}: ${JSON.stringify(answer?.body)}`);
    }
  }

  let stuck: Violation | undefined;
  let followed: Followed = { memberships: [], lateDeadlines: [] };
  try {
    for (const node of NODES) nodes.startEtcd(node);
    const follower = startFollower({
      on: network.on(OBSERVER),
      cluster: CLUSTER,
      members: NODES.map((node) => `${network.address(node)}:2379`),
      nodes: NODES.map((node) => ({ node, state: nodes.state(node), bootAheadSeconds: bootAhead(node) })),
    });
    await start(NODES[0]);
    await configure();
    await Promise.all(NODES.slice(1).map(start));
    stuck = await settle();
    const administering = administer(rolls.fork());
    const next = deck(rolls, settings.faults ?? REAL_FAULTS.filter((fault) => fault !== 'clock_jump' || FAKETIME !== undefined));
    for (let round = 1; round <= rounds && !stuck; round += 1) {
      const fault = next();
      load(rolls.fork(), round, fault);
      await wait(rolls.whole(1_500));
      const node = await inflict(fault);
      faults[fault] = (faults[fault] ?? 0) + 1;
      say(`Round ${round}: ${fault} ${node}.`);
      await wait(rolls.whole(2_000));
    }
    for (const node of NODES) network.heal(node);
    const all = Promise.all(reports);
    const late = wait(settlesWithinMs, 'late' as const, { ref: false });
    if ((await Promise.race([all, late])) === 'late')
      stuck ??= { code: 'accepted_run_lost', sentence: `A report was taken by nobody: ${await states()}` };
    stuck ??= await settle();
    isOver = true;
    await administering;
    followed = await follower.end();
  } finally {
    isOver = true;
    await nodes.end();
    network.end();
  }

  const witness = readWitness(readFileSync(witnessFile, 'utf8'), (node) => bootAhead(node) * 1000);
  const read = new Map(NODES.map((node) => [node, readJournal(nodes.state(node))]));
  const journals = new Map([...read].map(([node, { records }]) => [node, records]));
  const rows = [...read.values()].flatMap((journal) => journal.rows);
  const violations: RealFigures['violations'] = stuck ? [stuck] : [];
  // By the wall clocks of the nodes, which are set here: started_while_others_acted says the same by a clock that is not.
  violations.push(
    ...check({ witness, journals, accepted: [...new Set(accepted)], rows, ...followed }).filter(
      ({ code }) => code !== 'started_after_it_was_lost',
    ),
    ...checkTakeover({ witness, journals, thaws }),
  );
  const expelled = new Set(
    [...journals.values()]
      .flatMap((ofNode) => [...ofNode.values()].flat())
      .flatMap((record) => (record.kind === 'finished' && record.result.expelled ? [record.step] : [])),
  ).size;
  if (settings.keep || (violations.length > 0 && settings.plant === undefined)) say(`What was written is in ${directory}.`);
  else rmSync(directory, { recursive: true, force: true });
  return {
    violations,
    faults,
    runs: new Set(witness.map(({ run }) => run)).size,
    steps: witness.length,
    memberships: followed.memberships.length,
    expelled,
    seconds: Math.round((performance.now() - began) / 1000),
    ...(FAKETIME === undefined ? { left: 'clock_jump: it needs libfaketime; apt-get install libfaketime (as root)' } : {}),
  };
}

function readJournal(state: string): { rows: RunRow[]; records: ReadonlyMap<string, readonly RunRecord[]> } {
  const opened = openJournal(join(state, 'journal.db'));
  if (!opened.ok) throw new Error(`The journal in ${state}: ${opened.error.code}`);
  const journal = opened.value;
  const rows = journal.list({ limit: 100_000 });
  const records = new Map(rows.map(({ id }) => [id, journal.records(id)]));
  journal.close();
  return { rows, records };
}
