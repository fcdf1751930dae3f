/**
 * What the commands themselves have written to a file outside the product, in the order in which it happened: each line is
 * one write at the file's end.
 */
export type WitnessLine =
  | { kind: 'start'; step: string; pid: number; at: number }
  /** The line of this number is on standard output. */
  | { kind: 'print'; step: string; line: number }
  /** A sub-event that the script called has given this status. */
  | { kind: 'call'; step: string; status: number }
  /** The last thing that the command does before it exits with this status. */
  | { kind: 'end'; step: string; status: number };

export function parseWitness(text: string): WitnessLine[] {
  return text
    .split('\n')
    .filter((line) => line !== '')
    .map((line) => {
      const [kind, step = '', first, second] = line.split(' ');
      const number = Number(first);
      if (step === '' || !Number.isInteger(number)) throw new Error(`Not a line of a witness: ${line}`);
      switch (kind) {
        case 'start':
          return { kind, step, pid: number, at: Number(second) };
        case 'print':
          return { kind, step, line: number };
        case 'call':
        case 'end':
          return { kind, step, status: number };
        default:
          throw new Error(`Not a line of a witness: ${line}`);
      }
    });
}
