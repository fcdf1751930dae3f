import { programOn } from '@fallover/events';
import { type ClusterStore, openStore } from '@fallover/store';
import { etcdIsMissing, startEtcd, type TestEtcd } from '@fallover/store/start-etcd';
import { type TestCluster, testCluster } from '../src/membership/cluster.test-support.ts';

/**
 * What it costs that many nodes act as one: each simulated node has a client of its own to a real etcd and a real journal; its
 * commands take no time. Beside each figure stands etcd's own round trip, measured in the same run.
 */
const ROUNDS = 40;
/** After how many events it is told what etcd keeps: the first argument. 10,000 take some minutes. */
const [EVENTS = 1_000] = process.argv.slice(2).map(Number);
const TTL_MS = 5_000;

const percentile = (values: readonly number[], p: number): number =>
  [...values].sort((a, b) => a - b)[Math.min(values.length - 1, Math.ceil((values.length * p) / 100) - 1)] ?? Number.NaN;
const mb = (bytes: number): string => `${(bytes / 1e6).toFixed(1)} MB`;
const ms = (values: readonly number[]): string =>
  `p50 ${percentile(values, 50).toFixed(1)} ms, p99 ${percentile(values, 99).toFixed(1)} ms`;

let clusters = 0;

if (etcdIsMissing !== undefined) console.log(etcdIsMissing);
else {
  const etcd = await startEtcd({ members: 1 });
  try {
    const roundTrip = await roundTrips(etcd);
    console.log(`etcd's own round trip, one key written: ${ms(roundTrip)}`);
    await barriers(etcd, 3, percentile(roundTrip, 50));
    await barriers(etcd, 32, percentile(roundTrip, 50));
    await killed(etcd);
    await keysKept(etcd);
  } finally {
    await etcd.end();
  }
}

async function connect(etcd: TestEtcd, prefix: string): Promise<ClusterStore> {
  const opened = await openStore(etcd.url, { access: { prefix } });
  if (!opened.ok) throw new Error(opened.error.code);
  return opened.value;
}

async function cluster(etcd: TestEtcd, count: number): Promise<{ nodes: TestCluster; store: ClusterStore; prefix: string }> {
  clusters += 1;
  const prefix = `bench/${clusters}`;
  const names = Array.from({ length: count }, (_, index) => `node${String(index + 1).padStart(2, '0')}`);
  const stores = new Map<string, ClusterStore>();
  for (const name of names) stores.set(name, await connect(etcd, prefix));
  const store = await connect(etcd, prefix);
  const nodes = testCluster({
    store,
    nodes: names,
    ttlMs: TTL_MS,
    storeOf: (name) => stores.get(name) ?? store,
    step: () => ({ ms: 0, status: 0 }),
    program: (event, live) => [
      ...programOn(live, event.event, event.args),
      ...programOn(live, `${event.event}_complete`, event.args),
    ],
  });
  await nodes.until(
    'all are up',
    () => [...nodes.nodes.values()].every(({ view, membership }) => view.nodes().get(membership.node)?.upSince !== undefined),
    120_000,
  );
  return { nodes, store, prefix };
}

async function roundTrips(etcd: TestEtcd): Promise<number[]> {
  const store = await connect(etcd, 'bench/round-trip');
  const took: number[] = [];
  for (let round = 0; round < 200; round += 1) {
    const began = performance.now();
    await store.recordVerification('draft', String(round));
    took.push(performance.now() - began);
  }
  await store.close();
  return took;
}

/** From the end of the last command before a barrier to the start of the last one behind it. */
async function barriers(etcd: TestEtcd, count: number, roundTrip: number): Promise<void> {
  const { nodes } = await cluster(etcd, count);
  const began = nodes.witness.length;
  const from = performance.now();
  for (let round = 0; round < ROUNDS; round += 1) {
    const run = await nodes.run('network_up', '-1', `net${round}`);
    await nodes.until(
      'the run has ended',
      () => nodes.witness.filter(({ step, endedAt }) => step.startsWith(run) && endedAt).length === count * 2,
      60_000,
    );
  }
  const seconds = (performance.now() - from) / 1000;
  const waits = [...Map.groupBy(nodes.witness.slice(began), ({ step }) => step.slice(0, 36)).values()].flatMap((steps) => {
    const before = steps.filter(({ step }) => step.split('/')[1] === '1').map(({ endedAt = 0 }) => endedAt);
    const behind = steps.filter(({ step }) => step.split('/')[1] === '2').map(({ startedAt }) => startedAt);
    return before.length === count && behind.length === count ? [Math.max(...behind) - Math.max(...before)] : [];
  });
  const ratio = percentile(waits, 50) / roundTrip;
  console.log(
    `barrier over ${count} nodes in one process: ${ms(waits)}, ${ratio.toFixed(1)} of etcd's round trips; ${(ROUNDS / seconds).toFixed(1)} events a second, one after the other`,
  );
  await nodes.close();
}

/** A node is killed: until its node_down starts on the others, where no fence command is named and no grace is waited. */
async function killed(etcd: TestEtcd): Promise<void> {
  const { nodes } = await cluster(etcd, 3);
  const took: number[] = [];
  for (let round = 0; round < 3; round += 1) {
    const [victim] = [...nodes.nodes.values()].filter(({ membership }) => round === 0 || !membership.isCoordinator());
    if (!victim) break;
    const at = performance.now();
    const seen = nodes.witness.length;
    victim.kill();
    const starts = () => nodes.witness.slice(seen).find(({ startedAt }) => startedAt > at);
    await nodes.until('node_down has started', () => starts() !== undefined, 30_000);
    took.push((starts()?.startedAt ?? 0) - at);
    nodes.start(victim.node);
    await nodes.until(
      'it is back',
      () => [...nodes.nodes.values()].every(({ view }) => view.nodes().get(victim.node)?.upSince !== undefined),
      30_000,
    );
  }
  console.log(
    `kill -9 → node_down started on the others: ${took.map((wait) => `${(wait / 1000).toFixed(1)} s`).join(', ')}; the lease is ${TTL_MS / 1000} s`,
  );
  await nodes.close();
}

/** What etcd keeps after many events: keys, the bytes in them, and its file as it is and as it would be without what is free in it. */
async function keysKept(etcd: TestEtcd): Promise<void> {
  const { nodes, store, prefix } = await cluster(etcd, 3);
  const kept = async (): Promise<string> => {
    const listed = (await etcd.etcdctl('get', '--prefix', `${prefix}/`)).trimEnd();
    const keys = listed.split('\n').filter((line) => line.startsWith(`${prefix}/`)).length;
    const [member] = JSON.parse(await etcd.etcdctl('endpoint', 'status', '-w', 'json')) as [
      { Status: { dbSize: number; dbSizeInUse: number } },
    ];
    const { dbSize, dbSizeInUse } = member.Status;
    return `${keys} keys of ${mb(Buffer.byteLength(listed))}, in a file of ${mb(dbSize)} (${mb(dbSizeInUse)} in use)`;
  };
  const began = performance.now();
  for (let done = 0; done < EVENTS; ) {
    for (const part of Array.from({ length: 50 })) {
      void part;
      await nodes.run('network_up', '-1', 'net1');
    }
    done += 50;
    await nodes.until('the queue is empty', async () => (await store.queue()).length === 0 && !(await store.current()), 120_000);
    if (done % (EVENTS / 10) === 0)
      console.log(
        `etcd after ${done} events, ${(done / ((performance.now() - began) / 1000)).toFixed(1)} a second: ${await kept()}`,
      );
  }
  await nodes.close();
}
