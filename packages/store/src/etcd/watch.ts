import type { ServiceError } from '@grpc/grpc-js';
import type { Change } from '../backend.ts';
import { storeError } from '../faults.ts';
import { verdictOf } from './errors.ts';
import { type Members, pause } from './members.ts';
import { WATCH, type WatchRequest, type WatchResponse } from './rpc.ts';
import { endOf, type KeySpace, versionedOf } from './transaction.ts';

/** How often a member is asked whether it is still there, and after which silence it is left. */
const ASK_MS = 500;
const SILENCE_MS = 1_500;
const REOPEN_MS = 200;
/** After so long without a member that sees a quorum, the reader is told instead of kept waiting. */
const LOST_MS = 10_000;

/** So many revisions wait for a slow reader; then etcd keeps the rest. */
const MOST_WAITING = 256;

/**
 * The changes of each revision, each revision once and in order, whichever members come and go. What is told next is known by
 * the revision, so a stream that was cut is opened again behind the last one, at another member.
 */
export async function* watchChanges(
  members: Members,
  keys: KeySpace,
  prefix: string,
  after: number,
  ended: AbortSignal,
): AsyncGenerator<Change[]> {
  const key = keys.keyOf(prefix);
  const waiting: Change[][] = [];
  let seen = after;
  let heard = performance.now();
  // Since then: whether a member was there at all, and why the last one was not.
  let isReached = false;
  let reason = 'no answer';
  let failed: Error | undefined;
  let wake = () => {};
  let drained = () => {};
  const ring = () => {
    wake();
    drained();
  };
  ended.addEventListener('abort', ring);
  let left = false;
  const isOver = () => left || ended.aborted || failed !== undefined;

  const take = (changes: Change[], revision: number) => {
    waiting.push(changes);
    seen = revision;
    wake();
  };

  /** One stream to one member, until it is cut or silent. */
  const follow = async (): Promise<void> => {
    const opened = await members.stream(WATCH);
    if (!opened) return;
    const { stream } = opened;
    // Of the revision that a fragment may have cut.
    let open: { revision: number; changes: Change[] } | undefined;
    let silentSince = performance.now();
    let isPaused = false;
    let isEnded = false;
    const settle = () => {
      if (open) take(open.changes, open.revision);
      open = undefined;
    };
    const hear = (answer: WatchResponse) => {
      heard = performance.now();
      silentSince = heard;
      isReached = false;
      members.checkCluster(answer.header);
      if (answer.canceled) {
        if (Number(answer.compactRevision) > 0) throw storeError({ code: 'watch_too_old', after: seen });
        if (/auth token/.test(answer.cancelReason)) members.forgetToken();
        else if (/permission denied/.test(answer.cancelReason))
          throw members.refused(Object.assign(new Error(), { code: 7, details: answer.cancelReason }) as ServiceError);
        stop();
        return;
      }
      for (const { type, kv } of answer.events) {
        const revision = Number(kv.modRevision);
        if (revision <= seen) continue;
        if (open?.revision !== revision) {
          settle();
          open = { revision, changes: [] };
        }
        const item = versionedOf(keys, kv);
        open.changes.push(type === 'PUT' ? { type: 'put', item } : { type: 'delete', key: item.key, revision });
      }
      if (!answer.fragment) settle();
      // etcd's own notice of progress comes in the order of the events; the answer to a question for it may come too early.
      const { watchId, events } = answer;
      if (!answer.created && events.length === 0 && watchId !== NO_WATCH) seen = Math.max(seen, Number(answer.header.revision));
    };
    await new Promise<void>((resolve) => {
      const timer = setInterval(() => {
        if (isPaused) return;
        if (performance.now() - silentSince > SILENCE_MS) {
          isReached = true;
          opened.leave();
          stop();
        } else stream.write({ progress: {} } satisfies WatchRequest);
      }, ASK_MS);
      const end = () => {
        isEnded = true;
        clearInterval(timer);
        drained = () => {};
        resolve();
      };
      stop = () => {
        end();
        stream.cancel();
      };
      drained = () => {
        if (!isPaused || waiting.length > MOST_WAITING / 4) return;
        isPaused = false;
        heard = performance.now();
        silentSince = heard;
        stream.resume();
      };
      stream.on('data', (answer: WatchResponse) => {
        if (isEnded || isOver()) return;
        try {
          hear(answer);
        } catch (error) {
          failed = error as Error;
          wake();
          stop();
          return;
        }
        if (waiting.length <= MOST_WAITING) return;
        isPaused = true;
        stream.pause();
      });
      stream.on('error', (error: ServiceError) => {
        if (isEnded) return;
        if (isPaused) heard = performance.now();
        const verdict = verdictOf(error);
        if (verdict.kind === 'not_done' && verdict.reached) isReached = true;
        else if (verdict.kind === 'not_done') reason = verdict.reason;
        if (/auth token/.test(error.details)) members.forgetToken();
        else opened.leave();
        end();
      });
      stream.on('end', end);
      const create = { key, rangeEnd: endOf(key), startRevision: seen + 1, progressNotify: true, fragment: true };
      stream.write({ create } satisfies WatchRequest);
      if (isOver()) stop();
    });
  };

  let stop = () => {};
  const following = (async () => {
    while (!isOver()) {
      try {
        await follow();
      } catch (error) {
        // Without a quorum there is nobody to authenticate at: the watch waits for it, as for everything else.
        if (!isPassing(error)) failed = error as Error;
      }
      if (isOver()) break;
      const { store } = members;
      if (performance.now() - heard > LOST_MS)
        failed = storeError(isReached ? { code: 'no_quorum', store } : { code: 'store_unreachable', store, reason });
      else await pause(REOPEN_MS);
    }
    wake();
  })();

  try {
    for (;;) {
      const next = waiting.shift();
      drained();
      if (ended.aborted) return;
      if (next) {
        yield next;
        continue;
      }
      if (failed) throw failed;
      await new Promise<void>((resolve) => {
        wake = resolve;
        if (isOver() || waiting.length > 0) resolve();
      });
    }
  } finally {
    left = true;
    ended.removeEventListener('abort', ring);
    stop();
    following.catch(() => {});
  }
}

/** The id in answers that belong to no watch. */
const NO_WATCH = '-1';

function isPassing(error: unknown): boolean {
  const code = (error as { fault?: { code: string } }).fault?.code;
  return code === 'no_quorum' || code === 'store_unreachable';
}
