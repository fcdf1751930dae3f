import { useState } from 'react';

interface Held<Item> {
  shown: Item[];
  /** How many came in meanwhile. */
  newer: number;
  show(): void;
}

/** A list that does not move under the hand: while it is held, what comes in on top waits to be asked for. */
export function useHeld<Item extends { id: string }>(items: Item[], holding: boolean): Held<Item> {
  const [top, setTop] = useState(items[0]?.id);
  const newer = items.findIndex(({ id }) => id === top);
  const first = items[0]?.id;
  // Another page, another filter, or nothing that is in the way.
  if (first !== top && (!holding || newer < 0)) setTop(first);
  const waits = holding ? Math.max(0, newer) : 0;
  return { shown: items.slice(waits), newer: waits, show: () => setTop(first) };
}
