/** One message is one line of JSON; a longer one is refused. */
export const LONGEST_REQUEST = 1024 * 1024;
/** A reply repeats the request's arguments beside the command's environment. */
export const LONGEST_REPLY = 4 * LONGEST_REQUEST;

export interface LineEvents {
  line(text: string): void;
  /** A line was longer than allowed; all of it is dropped. */
  tooLong(): void;
}

/** Cuts a stream of bytes into lines and never holds more than the longest line allowed. */
export function splitLines(longest: number, events: LineEvents): (bytes: Buffer) => void {
  let held: Buffer[] = [];
  let heldBytes = 0;
  let dropping = false;
  const hold = (part: Buffer): void => {
    if (dropping) return;
    if (heldBytes + part.length > longest) {
      dropping = true;
      held = [];
      heldBytes = 0;
      return;
    }
    if (part.length === 0) return;
    held.push(part);
    heldBytes += part.length;
  };
  const endLine = (): void => {
    const text = dropping ? undefined : held.length === 1 ? (held[0] as Buffer).toString() : Buffer.concat(held).toString();
    held = [];
    heldBytes = 0;
    dropping = false;
    if (text === undefined) events.tooLong();
    else if (text !== '') events.line(text);
  };
  return (bytes) => {
    let from = 0;
    for (let end = bytes.indexOf(10); end >= 0; end = bytes.indexOf(10, from)) {
      hold(bytes.subarray(from, end));
      endLine();
      from = end + 1;
    }
    if (from < bytes.length) hold(bytes.subarray(from));
  };
}
