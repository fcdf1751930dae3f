import type { KeptConnection, KeptConnections } from '../transport.ts';

/**
 * Keeps connections that can serve another message, for a while and not too many: the one that was given back last is taken
 * first, so that the others can go when there is less to do.
 */
export function keptConnections({ idle = 5_000, mostOfEach = 8 }: { idle?: number; mostOfEach?: number } = {}): KeptConnections {
  const kept = new Map<string, { connection: KeptConnection; timer: NodeJS.Timeout }[]>();
  const leaving = new Set<Promise<void>>();
  let closed = false;
  const leave = (connection: KeptConnection): void => {
    const left = connection.quit();
    leaving.add(left);
    void left.finally(() => leaving.delete(left));
  };
  const drop = (key: string, connection: KeptConnection): void => {
    const others = (kept.get(key) ?? []).filter((other) => other.connection !== connection);
    if (others.length === 0) kept.delete(key);
    else kept.set(key, others);
  };
  return {
    take(key) {
      const last = kept.get(key)?.at(-1);
      if (last === undefined) return undefined;
      clearTimeout(last.timer);
      drop(key, last.connection);
      return last.connection;
    },
    give(key, connection) {
      const others = kept.get(key) ?? [];
      if (closed || others.length >= mostOfEach) return leave(connection);
      const timer = setTimeout(() => {
        drop(key, connection);
        leave(connection);
      }, idle);
      kept.set(key, [...others, { connection, timer }]);
    },
    async close() {
      closed = true;
      for (const { connection, timer } of [...kept.values()].flat()) {
        clearTimeout(timer);
        leave(connection);
      }
      kept.clear();
      await Promise.all(leaving);
    },
  };
}
