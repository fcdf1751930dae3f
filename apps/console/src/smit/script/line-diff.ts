/** A line of two texts that are compared: in both, or only in one of them. Numbers count from 1. */
export interface DiffLine {
  kind: 'same' | 'taken_out' | 'added';
  text: string;
  before?: number;
  after?: number;
}

/** More than so many pairs of lines are not looked at: what differs is then shown as taken out and added as a whole. */
const MOST_PAIRS = 4_000_000;

const linesOf = (text: string): string[] => (text === '' ? [] : text.replace(/\n$/, '').split('\n'));

/** Two texts line by line, with the longest common part kept; what is taken out stands before what is added. */
export function compareLines(before: string, after: string): DiffLine[] {
  const [old, now] = [linesOf(before), linesOf(after)];
  let start = 0;
  while (start < old.length && start < now.length && old[start] === now[start]) start += 1;
  let end = 0;
  while (end < old.length - start && end < now.length - start && old[old.length - 1 - end] === now[now.length - 1 - end])
    end += 1;
  const [oldMiddle, nowMiddle] = [old.slice(start, old.length - end), now.slice(start, now.length - end)];
  const kinds = [
    ...Array<DiffLine['kind']>(start).fill('same'),
    ...middle(oldMiddle, nowMiddle),
    ...Array<DiffLine['kind']>(end).fill('same'),
  ];
  let [left, right] = [0, 0];
  return kinds.map((kind): DiffLine => {
    if (kind !== 'added') left += 1;
    if (kind !== 'taken_out') right += 1;
    const text = (kind === 'added' ? now[right - 1] : old[left - 1]) ?? '';
    return { kind, text, ...(kind === 'added' ? {} : { before: left }), ...(kind === 'taken_out' ? {} : { after: right }) };
  });
}

function middle(old: readonly string[], now: readonly string[]): DiffLine['kind'][] {
  if (old.length * now.length > MOST_PAIRS) return [...old.map(() => 'taken_out' as const), ...now.map(() => 'added' as const)];
  const width = now.length + 1;
  // How long the longest common part of what follows is, for each pair of places.
  const common = new Uint32Array((old.length + 1) * width);
  const at = (i: number, j: number): number => common[i * width + j] ?? 0;
  for (let i = old.length - 1; i >= 0; i -= 1)
    for (let j = now.length - 1; j >= 0; j -= 1)
      common[i * width + j] = old[i] === now[j] ? at(i + 1, j + 1) + 1 : Math.max(at(i + 1, j), at(i, j + 1));
  const kinds: DiffLine['kind'][] = [];
  for (let i = 0, j = 0; i < old.length || j < now.length; ) {
    if (i < old.length && j < now.length && old[i] === now[j]) {
      kinds.push('same');
      i += 1;
      j += 1;
    } else if (i < old.length && (j === now.length || at(i + 1, j) >= at(i, j + 1))) {
      kinds.push('taken_out');
      i += 1;
    } else {
      kinds.push('added');
      j += 1;
    }
  }
  return kinds;
}

/** What differs, with so many lines around it; a gap stands for what is left out between. */
export function withContext(lines: readonly DiffLine[], around = 3): (DiffLine | 'gap')[] {
  const shown = new Set<number>();
  for (const [index, { kind }] of lines.entries())
    if (kind !== 'same') for (let near = index - around; near <= index + around; near += 1) shown.add(near);
  const out: (DiffLine | 'gap')[] = [];
  for (const [index, line] of lines.entries()) {
    if (shown.has(index)) out.push(line);
    else if (out.at(-1) !== 'gap') out.push('gap');
  }
  return out;
}
