/**
 * What is kept under which key; values are JSON. Parts that come from outside are encoded, so that no name can reach into
 * another key. A change here is a new FORMAT of the store.
 */
const part = encodeURIComponent;

/** Numbers in keys sort as numbers. */
const padded = (number: number): string => String(number).padStart(10, '0');

export const DRAFT = 'draft/';
export const QUEUE = 'queue/';
const REVISION = 'revision/';
/** What is listed of a revision: all but its document. */
export const REVISION_FACTS = 'revision_facts/';
export const SNAPSHOT = 'snapshot/';
const VERIFICATION = 'verification/';
export const NOTIFICATION = 'notification/';
/** Which notifications are not over; the value is nothing. */
export const OUTBOX = 'outbox/';
export const PROOF = 'proof/';
export const SILENCE = 'silence/';
export const MEMBER = 'member/';
export const NODE = 'node/';
/** How the cluster manager of a node is asked by others, and who it is. */
export const PEER = 'peer/';
/** Runs that have not ended. */
export const OPEN = 'open/';
const RUN = 'run/';
/** The runs that ended last. */
export const HISTORY = 'history/';
/** When which key may be forgotten, oldest first; the value is that key. */
export const KEPT = 'kept/';

const CONTROL = 'control';
const RECORD = 'r/';

export const keys = {
  active: 'active',
  current: 'current',
  /** The last number given to an entry of the draft; every write to the draft raises it, so comparing it guards the whole draft. */
  draftNumber: 'draft_number',
  entry: (entry: { class: string; name: string }) => `${DRAFT}${part(entry.class)}/${part(entry.name)}`,
  revision: (number: number) => `${REVISION}${padded(number)}`,
  revisionFacts: (number: number) => `${REVISION_FACTS}${padded(number)}`,
  snapshot: (name: string) => `${SNAPSHOT}${part(name)}`,
  content: (sha256: string) => `content/${part(sha256)}`,
  verification: (of: string) => `${VERIFICATION}${part(of)}`,
  notification: (id: string) => `${NOTIFICATION}${part(id)}`,
  outbox: (id: string) => `${OUTBOX}${part(id)}`,
  proof: (method: string) => `${PROOF}${part(method)}`,
  acknowledgement: (run: string) => `acknowledgement/${part(run)}`,
  silence: (id: string) => `${SILENCE}${part(id)}`,
  queued: (run: string) => `${QUEUE}${part(run)}`,
  /** That the cluster manager has queued a run of this id. */
  queuedOnce: (run: string) => `queued_once/${part(run)}`,
  /** What other software has reported by this id, on this day. */
  report: (at: number, source: string, id: string) =>
    `report/${new Date(at).toISOString().slice(0, 10)}/${part(source)}/${part(id)}`,
  answer: (id: string) => `answer/${part(id)}`,
  coordinator: 'coordinator',
  member: (node: string) => `${MEMBER}${part(node)}`,
  node: (node: string) => `${NODE}${part(node)}`,
  peer: (node: string) => `${PEER}${part(node)}`,
  /** Who signs the certificates of the nodes; not below PEER, where a node may have any name. */
  peerAuthority: 'peer_authority',
  open: (run: string) => `${OPEN}${part(run)}`,
  /** All that is kept of a run. */
  ofRun: (run: string) => `${RUN}${part(run)}/`,
  control: (run: string) => `${RUN}${part(run)}/${CONTROL}`,
  record: (run: string, key: string) => `${RUN}${part(run)}/${RECORD}${key}`,
  history: (run: string) => `${HISTORY}${part(run)}`,
  kept: (at: number, key: string) => `${KEPT}${new Date(at).toISOString()}/${part(key)}`,
};

/** When a key under KEPT was written, in milliseconds since 1970. */
export const keptSince = (key: string): number => Date.parse(key.slice(KEPT.length, key.indexOf('/', KEPT.length)));

/** What `watch` tells of: not the bookkeeping. */
export const isOfInterest = (key: string): boolean =>
  key === keys.active ||
  key === keys.current ||
  [DRAFT, QUEUE, REVISION, SNAPSHOT, VERIFICATION].some((prefix) => key.startsWith(prefix));

/** The name at the end of a key, such as a node's below MEMBER. */
export const nameIn = (key: string, prefix: string): string => decodeURIComponent(key.slice(prefix.length));

/** What a key below a run is. */
export function partOfRun(key: string): { run: string; part: 'control' | 'record' } | undefined {
  if (!key.startsWith(RUN)) return undefined;
  const slash = key.indexOf('/', RUN.length);
  const rest = key.slice(slash + 1);
  const run = decodeURIComponent(key.slice(RUN.length, slash));
  if (rest === CONTROL) return { run, part: 'control' };
  return rest.startsWith(RECORD) ? { run, part: 'record' } : undefined;
}
