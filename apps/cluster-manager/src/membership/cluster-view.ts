import {
  type ClusterChanges,
  type ClusterStore,
  type Coordinator,
  type Member,
  type NodeDocument,
  type StoreFault,
  storeFaultOf,
} from '@fallover/store';
import type { ToldEntry } from '../runs/run-log.ts';

/** What the shared store says of the cluster, as this node has been told; everything in the one order of all nodes. */
export interface ClusterView {
  members(): ReadonlyMap<string, Member>;
  nodes(): ReadonlyMap<string, NodeDocument>;
  coordinator(): Coordinator | undefined;
  /** Runs that have not been ended in the store. */
  openRuns(): ReadonlySet<string>;
  /** Why nothing is told at present, and since when; undefined while the watch lives. */
  trouble(): ViewTrouble | undefined;
  /** From now on it is told. */
  begin(): void;
  /** Resolves once everything has been read for the first time. */
  readonly begun: Promise<void>;
  /** Resolves when all up to this revision has been told. */
  toldUpTo(revision: number): Promise<void>;
  /** Resolves when anything more has been told, or after a moment. */
  toldMore(): Promise<void>;
  /** Called after membership, coordinator, nodes, queue, current run or the active revision have changed. */
  subscribe(listener: () => void): () => void;
}

export interface ViewTrouble {
  fault: StoreFault;
  /** ISO 8601. */
  since: string;
}

export interface ClusterViewParts {
  store: Pick<ClusterStore, 'followCluster' | 'runRecords'>;
  /** Records of runs in their order, and the control keys of those that have moved. */
  told(entries: readonly ToldEntry[], controls: ReadonlyMap<string, number>): Promise<void>;
  /** Runs that this node holds as not ended. */
  liveRuns(): readonly string[];
  /** Runs that have been ended, as the lists of all nodes show them. */
  ended(run: string, summary: string): void;
  /** Everything is about to be read: what ended while nothing was told is looked up first. */
  catchUp(): Promise<void>;
  activeChanged(): void;
  /** What the watch fails with; undefined when it lives again. */
  troubled(fault: StoreFault | undefined): void;
  defect(error: unknown): void;
  now(): string;
  stopped: AbortSignal;
}

const AGAIN_MS = 300;
const MOMENT_MS = 200;

export function clusterView(parts: ClusterViewParts): ClusterView {
  const { store, stopped } = parts;
  const members = new Map<string, Member>();
  const nodes = new Map<string, NodeDocument>();
  const open = new Set<string>();
  const listeners = new Set<() => void>();
  const begun = Promise.withResolvers<void>();
  let coordinator: Coordinator | undefined;
  let trouble: ViewTrouble | undefined;
  let seen = -1;
  let waiting: { revision: number; resolve: () => void }[] = [];
  const more: (() => void)[] = [];

  async function follow(): Promise<void> {
    while (!stopped.aborted) {
      try {
        for await (const changes of store.followCluster(stopped)) {
          await take(changes);
          setTrouble(undefined);
        }
        return;
      } catch (error) {
        if (stopped.aborted) return;
        const fault = storeFaultOf(error);
        if (fault === undefined) parts.defect(error);
        else setTrouble(fault);
        await new Promise((resolve) => setTimeout(resolve, AGAIN_MS));
      }
    }
  }

  function setTrouble(fault: StoreFault | undefined): void {
    if (fault?.code === trouble?.fault.code) return;
    trouble = fault && { fault, since: trouble?.since ?? parts.now() };
    parts.troubled(fault);
    for (const listener of listeners) listener();
  }

  async function take({ whole, revision, changes }: ClusterChanges): Promise<void> {
    if (whole) {
      members.clear();
      nodes.clear();
      open.clear();
      coordinator = undefined;
    }
    const entries: ToldEntry[] = [];
    const controls = new Map<string, number>();
    let isNews = whole;
    for (const change of changes) {
      switch (change.kind) {
        case 'record': {
          const { record, revision: at, position } = change.record;
          entries.push({ run: change.run, record, place: { revision: at, position } });
          continue;
        }
        case 'control':
          controls.set(change.run, change.revision);
          continue;
        case 'ended':
          parts.ended(change.run, change.summary);
          continue;
        case 'open':
          if (change.open) open.add(change.run);
          else open.delete(change.run);
          break;
        case 'member':
          set(members, change.node, change.member);
          break;
        case 'node':
          set(nodes, change.node, change.document);
          break;
        case 'coordinator':
          coordinator = change.coordinator;
          break;
        case 'active':
          parts.activeChanged();
          break;
        case 'queue':
        case 'current':
          break;
      }
      isNews = true;
    }
    if (whole) {
      entries.unshift(...(await endedMeanwhile()));
      await parts.catchUp();
    }
    if (entries.length > 0 || controls.size > 0) await parts.told(entries, controls);
    seen = Math.max(seen, revision, ...entries.map(({ place }) => place?.revision ?? 0));
    begun.resolve();
    const reached = waiting.filter((one) => one.revision <= seen);
    waiting = waiting.filter((one) => one.revision > seen);
    for (const { resolve } of [...reached, ...more.splice(0).map((resolve) => ({ resolve }))]) resolve();
    if (isNews) for (const listener of listeners) listener();
  }

  /** What became of the runs that ended while nothing was told. */
  async function endedMeanwhile(): Promise<ToldEntry[]> {
    const found: ToldEntry[] = [];
    for (const run of parts.liveRuns()) {
      if (open.has(run)) continue;
      const records = (await store.runRecords(run))?.records ?? [];
      for (const { record, revision, position } of records) found.push({ run, record, place: { revision, position } });
    }
    return found;
  }

  stopped.addEventListener('abort', () => {
    for (const { resolve } of waiting.splice(0)) resolve();
  });
  return {
    members: () => members,
    nodes: () => nodes,
    coordinator: () => coordinator,
    openRuns: () => open,
    trouble: () => trouble,
    begin: () => void follow(),
    begun: begun.promise,
    toldUpTo(revision) {
      if (seen >= revision) return Promise.resolve();
      return new Promise((resolve) => void waiting.push({ revision, resolve }));
    },
    toldMore: () =>
      new Promise((resolve) => {
        more.push(resolve);
        setTimeout(resolve, MOMENT_MS);
      }),
    subscribe(listener) {
      listeners.add(listener);
      return () => listeners.delete(listener);
    },
  };
}

function set<Value>(map: Map<string, Value>, key: string, value: Value | undefined): void {
  if (value === undefined) map.delete(key);
  else map.set(key, value);
}
