/** Something that the fast path finds. */
export interface Findable {
  id: string;
  group: (typeof GROUPS)[number];
  title: string;
  /** What stands beside it: a fast path, a meaning, an outcome. */
  hint: string;
  /** Further words that it is found by. */
  words?: readonly string[];
  /** Where it leads, or what it does. */
  path?: string;
  act?: () => void;
}

export const GROUPS = [
  'Panels',
  'Events',
  'Custom events',
  'Nodes and networks',
  'Notification methods',
  'Library scripts',
  'Runs',
  'Revisions',
  'Settings',
] as const;
const PER_GROUP = 7;
const FIRST_SHOWN: readonly Findable['group'][] = ['Panels', 'Runs'];

/** What every typed word is found in, the closest of each group first; with nothing typed, panels and the last runs. */
export function find(all: readonly Findable[], typed: string): Findable[] {
  const text = typed
    .trim()
    .toLowerCase()
    .replace(/^smit(ty)?\s+/, '');
  if (text === '')
    return GROUPS.filter((group) => FIRST_SHOWN.includes(group)).flatMap((group) =>
      ofGroup(all, group, group === 'Runs' ? 5 : 20),
    );
  const found = all
    .map((one) => ({ one, rank: rankOf(one, text) }))
    .filter(({ rank }) => rank < Number.POSITIVE_INFINITY)
    .sort((a, b) => a.rank - b.rank);
  const order = [...GROUPS].sort((a, b) => best(found, a) - best(found, b));
  return order.flatMap((group) =>
    ofGroup(
      found.map(({ one }) => one),
      group,
      PER_GROUP,
    ),
  );
}

const ofGroup = (all: readonly Findable[], group: string, most: number): Findable[] =>
  all.filter((one) => one.group === group).slice(0, most);

const best = (found: readonly { one: Findable; rank: number }[], group: string): number =>
  Math.min(...found.filter(({ one }) => one.group === group).map(({ rank }) => rank));

/** 0 is what was meant to the letter. */
function rankOf({ title, hint, words = [] }: Findable, text: string): number {
  const names = [title, ...words].map((word) => word.toLowerCase());
  if (names.includes(text)) return 0;
  if (names.some((name) => name.startsWith(text))) return 1;
  if (names.some((name) => name.includes(text))) return 2;
  const everything = [...names, hint.toLowerCase()].join(' ');
  return text.split(/\s+/).every((word) => everything.includes(word)) ? 3 : Number.POSITIVE_INFINITY;
}
