import { setTimeout as wait } from 'node:timers/promises';
import { openStore } from '@fallover/store';
import { bootTime } from '../../src/executor/boot-time.ts';
import { keptDeadline } from '../../src/executor/kept-deadline.ts';
import type { LateDeadline, MembershipSpan } from '../check.ts';

/**
 * Follows the store of the real nodes from a host of its own that is never cut off, until TERM: who was a member when, and which
 * node took its lease to live longer than etcd did. Says what it has found at its end, as one line of JSON.
 *
 * `follow.ts CLUSTER HOST:PORT,… NODE=STATE_DIRECTORY=BOOT_AHEAD_SECONDS…`
 */
export interface Followed {
  memberships: MembershipSpan[];
  lateDeadlines: LateDeadline[];
}

const [cluster = '', members = '', ...nodes] = process.argv.slice(2);
const stopping = new AbortController();
process.on('SIGTERM', () => stopping.abort());
const { signal } = stopping;
const found: Followed = { memberships: [], lateDeadlines: [] };
const pause = (ms: number): Promise<unknown> => wait(ms, undefined, { signal }).catch(() => {});

/** What was not followed for a while is read whole: the end of a membership may then have come before, and is set too late. */
async function followMemberships(): Promise<void> {
  const { memberships } = found;
  const open = (node: string) => memberships.findLast((span) => span.node === node && span.to === undefined);
  while (!signal.aborted) {
    const opened = await openStore(`etcd://${members}`, { access: { prefix: `fallover/${cluster}` } });
    if (!opened.ok) {
      await pause(300);
      continue;
    }
    try {
      for await (const { whole, revision, changes } of opened.value.followCluster(signal)) {
        const told = new Map(changes.flatMap((one) => (one.kind === 'member' ? [[one.node, one.member] as const] : [])));
        const gone = whole
          ? memberships.filter(({ node, to }) => to === undefined && !told.has(node)).map(({ node }) => node)
          : [];
        for (const [node, member] of [...gone.map((node) => [node, undefined] as const), ...told]) {
          const last = open(node);
          if (last?.membership === member?.membership) continue;
          if (last) last.to = revision;
          if (member) memberships.push({ node, membership: member.membership, from: revision });
        }
      }
    } catch {
      await pause(300); // a member of etcd is gone; another one is asked
    } finally {
      await opened.value.close();
    }
  }
}

const LOOK_MS = 200;
const ANSWER_MS = 400;
/** etcd tells what is left in whole seconds, rounded down. */
const ROUNDED_MS = 1_000;

/**
 * What a node has told its launcher, as it keeps that in its state directory, beside what etcd says later: a lease is only ever
 * prolonged, so that what was told may never be further away. All members are asked and the longest answer counts, for one
 * that was the leader and is cut off does not know better; of a lease that is gone nothing is said, for it may be gone by right.
 */
async function followDeadline(line: string): Promise<void> {
  const [node = '', state = '', ahead = '0'] = line.split('=');
  const uptime = bootTime();
  const uptimeMs = (): number => Number(uptime() / 1_000n) / 1_000;
  for (; !signal.aborted; await pause(LOOK_MS)) {
    const told = keptDeadline(state);
    if (!told || told.at === 0n) continue;
    const answers = (await Promise.all(members.split(',').map((member) => leftMs(member, told.lease)))).flatMap(
      (left) => left ?? [],
    );
    if (answers.length < 2 || answers.every((left) => left < 0)) continue;
    const lateMs = Number(told.at / 1_000n) / 1_000 - Number(ahead) * 1_000 - (uptimeMs() + Math.max(...answers) + ROUNDED_MS);
    if (lateMs > 0) found.lateDeadlines.push({ node, lateMs });
  }
}

async function leftMs(member: string, lease: string): Promise<number | undefined> {
  try {
    const answer = await fetch(`http://${member}/v3/lease/timetolive`, {
      method: 'POST',
      body: JSON.stringify({ ID: lease }),
      signal: AbortSignal.timeout(ANSWER_MS),
    });
    const { TTL } = (await answer.json()) as { TTL?: string };
    return TTL === undefined ? undefined : Number(TTL) * 1_000;
  } catch {
    return undefined;
  }
}

await Promise.all([followMemberships(), ...nodes.map(followDeadline)]);
console.log(JSON.stringify(found));
process.exit(0);
