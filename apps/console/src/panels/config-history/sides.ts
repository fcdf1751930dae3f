/** What a revision is compared with, and how the two sides are called: the older one first, the draft always last. */
export interface Sides {
  from: string;
  to: string;
  before: string;
  after: string;
}

/** `with` is a number, `0` for the empty configuration, a snapshot's name, `active` or `draft`; undefined: it is none of these. */
export function sidesOf(
  number: number,
  other: string,
  known: { active?: number | undefined; snapshots: readonly { name: string; revision: number }[] },
): Sides {
  const its = numberOf(other, known);
  const words = wordsOf(other, its);
  const own = { key: String(number), words: `Revision ${number}` };
  const isLater = other === 'draft' || (its !== undefined && its > number);
  const [from, to] = isLater ? [own, { key: other, words }] : [{ key: other, words }, own];
  return { from: from.key, to: to.key, before: from.words, after: to.words };
}

/** What is offered to compare a revision with, the likeliest first: what was before it, what is active, the draft. */
export function choicesOf(
  number: number,
  known: { active?: number | undefined; snapshots: readonly { name: string; revision: number }[]; numbers: readonly number[] },
): { value: string; label: string }[] {
  const before =
    number === 1
      ? { value: '0', label: 'the empty configuration' }
      : { value: String(number - 1), label: `revision ${number - 1}, before it` };
  return [
    before,
    ...(known.active === undefined || known.active === number
      ? []
      : [{ value: 'active', label: `revision ${known.active}, which is active` }]),
    { value: 'draft', label: 'the draft' },
    ...known.snapshots
      .filter(({ revision }) => revision !== number)
      .map(({ name, revision }) => ({ value: name, label: `snapshot ${name}, revision ${revision}` })),
    ...known.numbers
      .filter((one) => one !== number && one !== number - 1 && one !== known.active)
      .map((one) => ({ value: String(one), label: `revision ${one}` })),
  ];
}

function numberOf(other: string, { active, snapshots }: Parameters<typeof sidesOf>[2]): number | undefined {
  if (other === 'active') return active;
  if (/^\d+$/.test(other)) return Number(other);
  return snapshots.find(({ name }) => name === other)?.revision;
}

function wordsOf(other: string, number: number | undefined): string {
  if (other === 'draft') return 'Draft';
  if (other === 'active') return number === undefined ? 'Active' : `Active (revision ${number})`;
  if (other === '0') return 'Empty';
  return /^\d+$/.test(other) ? `Revision ${other}` : `Snapshot ${other}`;
}
