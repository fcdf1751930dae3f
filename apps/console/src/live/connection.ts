import { useSyncExternalStore } from 'react';

/** Whether what the screen shows is current. `heardAt`: when the cluster manager was last heard, in this browser's time. */
export interface ConnectionState {
  state: 'connecting' | 'live' | 'away';
  heardAt: number | undefined;
}

export interface Connection {
  current(): ConnectionState;
  subscribe(listener: () => void): () => void;
  heard(): void;
  opened(): void;
  lost(): void;
}

export function newConnection(now: () => number): Connection {
  let state: ConnectionState = { state: 'connecting', heardAt: undefined };
  const listeners = new Set<() => void>();
  const become = (next: ConnectionState): void => {
    const shown = next.state !== state.state;
    state = next;
    if (shown) for (const listener of listeners) listener();
  };
  return {
    current: () => state,
    subscribe(listener) {
      listeners.add(listener);
      return () => listeners.delete(listener);
    },
    // Only the stream says that it is live again: a single answer may come from before a restart.
    heard: () => become({ ...state, heardAt: state.state === 'away' ? state.heardAt : now() }),
    opened: () => become({ state: 'live', heardAt: now() }),
    lost: () => become({ ...state, state: 'away' }),
  };
}

export const useConnection = (connection: Connection): ConnectionState =>
  useSyncExternalStore(connection.subscribe, connection.current);
