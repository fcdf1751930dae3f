/**
 * The primitives that a backend has: read with revision, write if unchanged, list, watch, lease. Keys are text with `/`
 * between their parts; values are opaque text. Every write advances one revision number of the whole store.
 */
export interface StoreBackend {
  get(key: string): Promise<Versioned | undefined>;
  /** Sorted by key, bytewise. */
  list(prefix: string, options?: { limit?: number; reverse?: boolean; before?: string }): Promise<Versioned[]>;
  /** How many keys begin with it. */
  count(prefix: string): Promise<number>;
  /**
   * Atomic and durable: either every comparison held and every write is done, at one new revision, or nothing was written.
   * On return the commit is on disk. A transaction that changes nothing is at the revision that was there. A key stands in
   * it once, among the puts or the deletes; deleting a key that is not there is no change.
   */
  commit(transaction: Transaction): Promise<CommitResult>;
  /**
   * The revision of the last write, by whomever; 0 before the first one. What is written after the call is at a later one,
   * although the answer may not be there yet.
   */
  revision(): Promise<number>;
  /**
   * Changes with a revision above `after`, in order, until the signal; several changes of one revision come together. A
   * watch that starts or falls too far behind fails with `watch_too_old`: list, then watch again from there. A short cut from
   * the store it bridges by itself; where that lasts it fails with what is wrong.
   */
  watch(prefix: string, after: number, signal: AbortSignal): AsyncIterable<Change[]>;
  /** A lease lives `ttlMs` from its last keepalive; keys put with it are deleted when it ends. */
  grant(ttlMs: number): Promise<Lease>;
  /**
   * The lease of this id, which somebody was granted before and may have lost sight of: as after a keepalive, it lives its
   * whole time from now. Undefined when it has ended.
   */
  resume(id: string): Promise<Lease | undefined>;
  close(): Promise<void>;
}

export interface Versioned {
  key: string;
  value: string;
  /** The store's revision when this key was last written. */
  revision: number;
  /** The store's revision when this key was created. */
  created: number;
}

export interface Transaction {
  compare?: Comparison[];
  /** A put with a lease that has ended is not written: its key is then among the changed ones. */
  put?: { key: string; value: string; lease?: string }[];
  delete?: string[];
}

/**
 * `revision` 0: the key must not exist; else the key's last revision must be this one. `created`: the key must exist and have
 * been created at this revision, however often it was written since.
 */
export type Comparison = { key: string; revision: number } | { key: string; created: number };

export type CommitResult = { committed: true; revision: number } | { committed: false; changed: string[] };

export type Change = { type: 'put'; item: Versioned } | { type: 'delete'; key: string; revision: number };

export interface Lease {
  id: string;
  /** As granted; may differ from what was asked for. */
  ttlMs: number;
  keepAlive(): Promise<boolean>;
  revoke(): Promise<void>;
}
