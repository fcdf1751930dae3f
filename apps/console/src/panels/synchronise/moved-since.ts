import type { EntryChangeView } from '@fallover/contract';
import { CLASS_WORDS } from '@fallover/events';

type Seen = EntryChangeView & { revision: number };

/** The entries whose changes are not those that were seen before: somebody else works on the draft. */
export function movedSince(before: readonly Seen[], now: readonly Seen[]): string[] {
  const texts = (changes: readonly Seen[]) => new Map(changes.map((change) => [keyOf(change), textOf(change)]));
  const [old, fresh] = [texts(before), texts(now)];
  return [...new Set([...old.keys(), ...fresh.keys()])].filter((key) => old.get(key) !== fresh.get(key)).sort();
}

const keyOf = ({ class: entryClass, name }: Seen): string => `${CLASS_WORDS[entryClass].one} ${name}`;
const textOf = ({ kind, values, revision }: Seen): string => JSON.stringify([kind, values, revision]);
