/** Chance that a seed repeats: the same seed makes the same choices in the same order. */
export interface Chance {
  /** At least 0 and less than 1. */
  part(): number;
  /** At least 0 and less than `below`. */
  whole(below: number): number;
  pick<Item>(items: readonly Item[]): Item;
  uuid(): string;
  /** Another sequence, so that what is drawn here does not depend on what is drawn there. */
  fork(): Chance;
}

export function chance(seed: number): Chance {
  let state = seed >>> 0;
  const bits = (): number => {
    state = (state + 0x6d2b79f5) >>> 0;
    let mixed = Math.imul(state ^ (state >>> 15), state | 1);
    mixed ^= mixed + Math.imul(mixed ^ (mixed >>> 7), mixed | 61);
    return (mixed ^ (mixed >>> 14)) >>> 0;
  };
  const part = (): number => bits() / 2 ** 32;
  const whole = (below: number): number => Math.floor(part() * below);
  return {
    part,
    whole,
    pick: <Item>(items: readonly Item[]) => items[whole(items.length)] as Item,
    uuid() {
      const hex = Array.from({ length: 4 }, () => bits().toString(16).padStart(8, '0')).join('');
      return hex.replace(/^(.{8})(.{4}).(.{3}).(.{3})(.{12})$/, '$1-$2-4$3-a$4-$5');
    },
    fork: () => chance(bits()),
  };
}

/** Deals the items in an order of chance, each once before any comes again: a few rounds have every kind. */
export function deck<Item>(chance: Chance, items: readonly Item[]): () => Item {
  let left: Item[] = [];
  return () => {
    if (left.length === 0) left = [...items];
    return left.splice(chance.whole(left.length), 1)[0] as Item;
  };
}
