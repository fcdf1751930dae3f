export const LINE_HEIGHT = 20;
/** Browsers cannot scroll much farther than this: what is taller is scrolled on a smaller scale. */
const TALLEST = 8_000_000;

/** Where a log is scrolled to: `top` in the pixels of its lines, `at` in those of the box that is scrolled. */
export interface LogPosition {
  top: number;
  at: number;
}

export interface LogSize {
  lines: number;
  /** The height of what is seen. */
  seen: number;
}

const tall = ({ lines }: LogSize): number => lines * LINE_HEIGHT;
export const scrollHeight = (size: LogSize): number => Math.max(LINE_HEIGHT, Math.min(tall(size), TALLEST));
export const lastTop = (size: LogSize): number => Math.max(0, tall(size) - size.seen);
const lastAt = (size: LogSize): number => Math.max(0, scrollHeight(size) - size.seen);

const within = (value: number, most: number): number => Math.min(Math.max(0, value), most);
const onScale = (size: LogSize, top: number): number => (lastTop(size) === 0 ? 0 : (top / lastTop(size)) * lastAt(size));

/** The position whose first line stands at `top`. */
export function positionAt(size: LogSize, top: number): LogPosition {
  const held = within(top, lastTop(size));
  return { top: held, at: tall(size) <= TALLEST ? held : onScale(size, held) };
}

/** A wheel and a key move by pixels, whatever the scale; the scrollbar goes anywhere. */
export function scrolledTo(size: LogSize, before: LogPosition, at: number): LogPosition {
  if (tall(size) <= TALLEST) return { top: within(at, lastTop(size)), at };
  const moved = at - before.at;
  if (Math.abs(moved) < 2 * Math.max(size.seen, LINE_HEIGHT)) {
    const top = within(before.top + moved, lastTop(size));
    // On the small scale the ends are nearer than they are: whoever comes to one without being there is set back.
    const nearEnd = at < size.seen || lastAt(size) - at < size.seen;
    return nearEnd ? { top, at: onScale(size, top) } : { top, at };
  }
  return { top: (within(at, lastAt(size)) / Math.max(1, lastAt(size))) * lastTop(size), at };
}
