import { watchCluster } from '@fallover/contract';
import type { QueryClient, QueryFilters } from '@tanstack/react-query';
import { z } from 'zod';
import { urlOf } from '../api.ts';
import type { Connection } from './connection.ts';
import { ofTopic } from './topics.ts';
import { watch } from './watch.ts';

const changed = z.object({ topics: z.array(z.string()) });
const GATHER_MS = 200;
const HIDDEN_FOR_MS = 30_000;

/**
 * The one stream of a page: it says what changed, and the queries of those topics are read again.
 * A browser allows six connections a host, so a page that has been hidden for a while gives its own back.
 */
export function followCluster(queries: QueryClient, connection: Connection): () => void {
  const waiting = new Set<string>();
  let timer: ReturnType<typeof setTimeout> | undefined;
  let hidden: ReturnType<typeof setTimeout> | undefined;
  let close: (() => void) | undefined;
  const gather = (): void => {
    timer ??= setTimeout(() => void refresh(), GATHER_MS);
  };
  // The next round waits for this one, so that many changes cannot keep a slow answer from ever arriving.
  const refresh = async (): Promise<void> => {
    const topics = [...waiting];
    waiting.clear();
    await Promise.all(topics.map((topic) => readAnew(queries, ofTopic(topic))));
    timer = undefined;
    if (waiting.size > 0) gather();
  };
  const open = (): void => {
    close ??= watch(urlOf(watchCluster, {}), {
      opened() {
        connection.opened();
        void readAnew(queries, {});
      },
      lost() {
        connection.lost();
        // A stream that is refused says no reason; the session may have ended.
        void queries.invalidateQueries({ queryKey: ['session'] });
      },
      events: {
        changed(data) {
          connection.heard();
          for (const topic of topicsIn(data)) waiting.add(topic);
          gather();
        },
      },
    });
  };
  const visibility = (): void => {
    clearTimeout(hidden);
    if (document.visibilityState === 'visible') open();
    else
      hidden = setTimeout(() => {
        close?.();
        close = undefined;
      }, HIDDEN_FOR_MS);
  };
  document.addEventListener('visibilitychange', visibility);
  open();
  return () => {
    document.removeEventListener('visibilitychange', visibility);
    clearTimeout(timer);
    clearTimeout(hidden);
    close?.();
  };
}

/**
 * A first answer that is on its way is waited for and not asked for anew, though the cluster manager may have given it before
 * the change: then it is read once more.
 */
async function readAnew(queries: QueryClient, filter: QueryFilters): Promise<void> {
  const underWay = queries.getQueryCache().findAll({ ...filter, fetchStatus: 'fetching' });
  const first = new Set(underWay.filter(({ state }) => state.data === undefined));
  await queries.invalidateQueries(filter);
  if (first.size > 0) await queries.invalidateQueries({ predicate: (query) => first.has(query) });
}

function topicsIn(data: string): string[] {
  try {
    return changed.parse(JSON.parse(data)).topics;
  } catch {
    return [];
  }
}
