import type { EntryClass } from './types.ts';

type Named = { class: EntryClass; name: string };

/** A map by class and name. Two look-ups cost less than the text of a key that is made of both. */
export interface ByEntry<Value> {
  get(entry: Named): Value | undefined;
  has(entry: Named): boolean;
  set(entry: Named, value: Value): void;
}

export function byEntry<Value>(given: Iterable<readonly [Named, Value]> = []): ByEntry<Value> {
  const classes = new Map<EntryClass, Map<string, Value>>();
  const set = (entry: Named, value: Value): void => {
    let names = classes.get(entry.class);
    if (!names) {
      names = new Map();
      classes.set(entry.class, names);
    }
    names.set(entry.name, value);
  };
  for (const [entry, value] of given) set(entry, value);
  return {
    get: (entry) => classes.get(entry.class)?.get(entry.name),
    has: (entry) => classes.get(entry.class)?.has(entry.name) ?? false,
    set,
  };
}
