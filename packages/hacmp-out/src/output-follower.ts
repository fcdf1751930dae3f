import { closeSync, fstatSync, openSync, readSync } from 'node:fs';
import { outputLine, outputLines } from '@fallover/events';
import type { HacmpOut } from './hacmp-out.ts';

const OUTPUT_LIMIT = 64 * 1024 * 1024;
const CHUNK = 64 * 1024;
const LONGEST_PIECE = 64 * 1024;
const NEWLINE = 0x0a;

export interface FollowedOutput {
  /** The step's own log: raw bytes, which only grow. */
  file: string;
  /** `outputPrefix` of the step. */
  prefix: string;
  out: Pick<HacmpOut, 'append' | 'note'>;
  /** So many bytes are copied; then a line names the step's own log, which has all. */
  limit?: number;
  /** Where a daemon before this one had come to. */
  from?: number;
}

/** Copies a step's output to hacmp.out, a line at a time, never holding more than a chunk and an unfinished line. */
export interface OutputFollower {
  /** Copies one chunk; true when there is more at once. */
  poll(): boolean;
  /** The step has ended: copies what is left, an unfinished last line too, and closes. Poll first while that has more. */
  finish(): void;
  /** The bytes whose lines are all copied: `from` for the next daemon. */
  position(): number;
}

export function outputFollower({ file, prefix, out, limit = OUTPUT_LIMIT, from = 0 }: FollowedOutput): OutputFollower {
  /** Most steps write little or nothing: taken from the first byte on. */
  let space: Buffer | undefined;
  /** The unfinished line at the start of the buffer, and where in the file it begins. */
  let held = 0;
  let start = from;
  let continued = false;
  let fd: number | undefined;
  let isOver = false;

  function poll(): boolean {
    try {
      return isOver || !isOpen() ? false : copyChunk();
    } catch (error) {
      flush();
      end();
      const reason = (error as NodeJS.ErrnoException).code ?? String(error);
      out.note(`${prefix} wrote more, but its log ${file} cannot be read (${reason}).`);
      return false;
    }
  }

  function copyChunk(): boolean {
    if (fstatSync(fd as number).size <= start + held) return false;
    space ??= Buffer.allocUnsafe(LONGEST_PIECE + CHUNK);
    const buffer = space;
    const room = Math.min(CHUNK, limit - start - held);
    const read = room > 0 ? readSync(fd as number, buffer, held, room, start + held) : 0;
    if (read > 0) copy(buffer, held + read);
    if (start + held < limit) return read === room;
    const { size } = fstatSync(fd as number);
    if (size <= limit) return false;
    flush();
    end();
    const mebibytes = Math.floor(limit / (1024 * 1024));
    const most = mebibytes > 0 ? `${mebibytes} MiB` : `${limit} bytes`;
    out.note(`${prefix} wrote more than ${most}; the rest is not copied here. All of it is in ${file}.`);
    return false;
  }

  function isOpen(): boolean {
    if (fd !== undefined) return true;
    try {
      fd = openSync(file, 'r');
    } catch {
      return false;
    }
    const before = Buffer.alloc(1);
    continued = start > 0 && readSync(fd, before, 0, 1, start - 1) === 1 && before[0] !== NEWLINE;
    return true;
  }

  /** Appends the whole lines of the buffer, and the pieces of one that is too long; keeps the rest. */
  function copy(buffer: Buffer, filled: number): void {
    const bytes = buffer.subarray(0, filled);
    const lines: string[] = [];
    let at = 0;
    while (at < filled) {
      const newline = bytes.indexOf(NEWLINE, at);
      const end = newline === -1 ? filled : newline;
      if (end - at > LONGEST_PIECE) {
        const cut = wholeCharacters(buffer, at + LONGEST_PIECE);
        lines.push(outputLine(prefix, bytes.toString('utf8', at, cut), continued));
        continued = true;
        at = cut;
      } else if (newline === -1) {
        break;
      } else if (continued) {
        lines.push(outputLine(prefix, bytes.toString('utf8', at, end), continued));
        continued = false;
        at = newline + 1;
      } else {
        // No line behind this one can be too long: all that follow are in the same chunk.
        const last = bytes.lastIndexOf(NEWLINE);
        lines.push(...outputLines(prefix, bytes.toString('utf8', at, last)));
        at = last + 1;
      }
    }
    out.append(lines);
    buffer.copyWithin(0, at, filled);
    start += at;
    held = filled - at;
  }

  /** At or a little before this place, where no UTF-8 character is cut in two. */
  function wholeCharacters(buffer: Buffer, place: number): number {
    for (let back = 0; back < 4; back++) if (((buffer[place - back] ?? 0) & 0xc0) !== 0x80) return place - back;
    return place;
  }

  function flush(): void {
    if (space && held > 0) out.append([outputLine(prefix, space.toString('utf8', 0, held), continued)]);
    start += held;
    held = 0;
    continued = false;
  }

  function end(): void {
    isOver = true;
    if (fd !== undefined) closeSync(fd);
    fd = undefined;
  }

  return {
    poll,
    finish() {
      while (poll());
      flush();
      end();
    },
    position: () => start,
  };
}
