import { readFileSync, writeFileSync } from 'node:fs';
import { type ClusterStore, type Coordinator, type Lease, type Member, type MemberDocument, storeFaultOf } from '@fallover/store';
import type { ClusterView } from './cluster-view.ts';
import { effects } from './duties.ts';
import type { Membership } from './membership.ts';

/** This node's part in the cluster: it joins, keeps its lease, and leaves when its cluster services are stopped. */
export interface TakingPart extends Membership {
  /** From now on it takes part, unless its cluster services are stopped. */
  begin(): void;
  /** With its lease, while it is a member: what only a member may write goes with these. */
  joined(): { member: Member; lease: string } | undefined;
  /** ISO 8601: since when the store has not renewed its lease, once that is longer than it takes; undefined otherwise. */
  silentSince(): string | undefined;
}

/** Keeps one lease alive until it is lost or closed. */
export interface LeaseKeeper {
  /** No later keepalive than this one has been answered: milliseconds left of the granted time. */
  leftMs(): number;
  close(): void;
}

export interface LeaseEvents {
  /** A keepalive was answered, when so much of the time before was left. */
  renewed(leftBeforeMs: number): void;
  lost(): void;
}

export interface TakingPartParts {
  node: string;
  store: ClusterStore;
  view: ClusterView;
  ttlMs: number;
  /** What this node says of itself; `since` and the revision that it has are of now. */
  document(): Omit<MemberDocument, 'node' | 'since'>;
  /** Where the lease is noted, for a daemon that is back within its time. */
  file: string;
  keep(lease: Lease, on: LeaseEvents): LeaseKeeper;
  /** What this node knows of its steps and the shared store does not; before it joins. */
  publish(): Promise<void>;
  trouble(code: 'node_name_taken' | 'protocol_differs', detail: { other: Member } | undefined): void;
  failed(error: unknown): void;
  now(): string;
  stopped: AbortSignal;
}

/** From here on to the end of the lease nothing is started any more. */
const MARGIN_MS = 1_000;
const AGAIN_MS = 500;
/** Of the granted time, so little is left only where more than one keepalive was not answered. */
const SILENT_BELOW = 0.4;

export function takePart(parts: TakingPartParts): TakingPart {
  const { node, store, view, stopped } = parts;
  let joined: { member: Member; lease: Lease; keeper: LeaseKeeper } | undefined;
  const listeners = new Set<() => void>();
  const tell = (): void => {
    for (const listener of listeners) listener();
  };
  /** The watch may not yet have told of a membership that has just begun. */
  let told = 0;
  const wasTold = (membership: number): boolean => told >= membership;
  view.subscribe(() => {
    const seen = view.members().get(node)?.membership;
    if (seen !== undefined) told = Math.max(told, seen);
  });
  // Behind that: who is told asks whether this node is a member.
  view.subscribe(tell);

  async function live(): Promise<void> {
    await view.begun;
    let isFirst = true;
    while (!stopped.aborted) {
      try {
        await once(isFirst);
        isFirst = false;
      } catch (error) {
        if (!stopped.aborted && storeFaultOf(error) === undefined) parts.failed(error);
        await pause();
      }
    }
  }

  async function once(isFirst: boolean): Promise<void> {
    const resumed = isFirst ? await resume() : undefined;
    if (!resumed) await parts.publish();
    if (isFirst && !resumed) await atStart();
    const own = resumed ?? (await join());
    if (!own) return pause();
    const ended = Promise.withResolvers<void>();
    const keeper = parts.keep(own.lease, { renewed: (leftBefore) => renewed(leftBefore, own.lease), lost: ended.resolve });
    try {
      note({ lease: own.lease.id, membership: own.member.membership, bootId: own.member.bootId });
      // What an earlier daemon of this membership had still on its way has come by now, or never will.
      await view.toldUpTo(own.member.written);
      if (resumed) await parts.publish();
      joined = { ...own, keeper };
      tell();
      await left(own.member, ended);
    } finally {
      keeper.close();
      clearTimeout(silence);
      joined = undefined;
      tell();
    }
    // A daemon that ends leaves its lease: the next one resumes it, or it ends by itself.
    if (stopped.aborted) return;
    await own.lease.revoke().catch(() => {});
    while (!stopped.aborted && view.members().get(node)?.membership === own.member.membership) await view.toldMore();
  }

  /** Resolves when the membership is over: its lease is lost, its services are stopped, or its daemon ends. */
  async function left(member: Member, ended: PromiseWithResolvers<void>): Promise<void> {
    const unsubscribe = view.subscribe(() => {
      if (isStopped() || isGone(member)) ended.resolve();
    });
    const leave = (): void => ended.resolve();
    stopped.addEventListener('abort', leave);
    if (isStopped()) leave();
    await ended.promise;
    stopped.removeEventListener('abort', leave);
    unsubscribe();
  }

  async function join(): Promise<{ member: Member; lease: Lease } | undefined> {
    if (isStopped() || view.trouble()) return undefined;
    const document = parts.document();
    const stranger = [...view.members().values()].find(({ protocol }) => protocol !== document.protocol);
    parts.trouble('protocol_differs', stranger && { other: stranger });
    if (stranger) return undefined;
    const other = view.members().get(node);
    parts.trouble('node_name_taken', other && { other });
    if (other) return undefined;
    const lease = await store.grantLease(parts.ttlMs);
    const member = await store.joinCluster({ node, since: parts.now(), ...document }, lease.id);
    if (member) return { member, lease };
    await lease.revoke();
    return undefined;
  }

  async function resume(): Promise<{ member: Member; lease: Lease } | undefined> {
    const noted = read();
    if (!noted || noted.bootId !== parts.document().bootId) return undefined;
    const member = view.members().get(node);
    if (member?.membership !== noted.membership || isStopped()) return undefined;
    const lease = await store.resumeLease(noted.lease);
    if (!lease) return undefined;
    const again = await store.saveMember({ ...member, ...parts.document() }, lease.id);
    return again && { member: again, lease };
  }

  /** Cluster services may be set to start, or not to, with the daemon. */
  async function atStart(): Promise<void> {
    const { atStart: starts, stopped: since } = view.nodes().get(node) ?? {};
    if (starts === true && since) await store.changeNode(effects.start(node));
    if (starts === false && !since) await store.changeNode(effects.stayOut(node, parts.now()));
    if (starts !== undefined) await view.toldMore();
  }

  let answeredAt = '';
  let silence: NodeJS.Timeout | undefined;
  const renewed = (leftBeforeMs: number, { ttlMs }: Lease): void => {
    answeredAt = parts.now();
    clearTimeout(silence);
    silence = setTimeout(tell, ttlMs * (1 - SILENT_BELOW) + 1);
    silence.unref();
    // Close to the deadline this node was none that may start anything; now it is again.
    if (leftBeforeMs <= Math.max(MARGIN_MS, ttlMs * SILENT_BELOW)) tell();
  };
  const isSilent = ({ keeper, lease }: NonNullable<typeof joined>): boolean => keeper.leftMs() < lease.ttlMs * SILENT_BELOW;

  const isStopped = (): boolean => view.nodes().get(node)?.stopped !== undefined;
  const isGone = ({ membership }: Member): boolean =>
    view.trouble() === undefined && view.members().get(node)?.membership !== membership && wasTold(membership);

  const pause = async (): Promise<void> => {
    await Promise.race([view.toldMore(), new Promise((resolve) => setTimeout(resolve, AGAIN_MS))]);
  };

  function note(lease: NotedLease): void {
    writeFileSync(parts.file, JSON.stringify(lease), { mode: 0o600 });
  }

  function read(): NotedLease | undefined {
    try {
      return JSON.parse(readFileSync(parts.file, 'utf8')) as NotedLease;
    } catch {
      return undefined; // none yet, or not whole: it joins anew
    }
  }

  const own = (): number | undefined =>
    joined && !stopped.aborted && joined.keeper.leftMs() > MARGIN_MS && wasTold(joined.member.membership)
      ? joined.member.membership
      : undefined;
  const coordinator = (): Coordinator | undefined => view.coordinator();
  return {
    node,
    own,
    members: () => new Map([...view.members()].map(([name, { membership }]) => [name, membership])),
    coordinator,
    isCoordinator: () => coordinator()?.node === node && own() !== undefined,
    subscribe(listener) {
      listeners.add(listener);
      return () => listeners.delete(listener);
    },
    begin: () => void live(),
    silentSince: () => (joined && isSilent(joined) ? answeredAt : undefined),
    joined: () => joined && { member: joined.member, lease: joined.lease.id },
  };
}

interface NotedLease {
  lease: string;
  membership: number;
  bootId: string;
}
