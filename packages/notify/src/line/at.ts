import { LineTrouble, lineFault } from './faults.ts';
import type { Line } from './line.ts';

/** What a modem answered to a command: `OK`, or how it refused; the lines before it without the echo. */
export interface AtAnswer {
  final: string;
  isOk: boolean;
  lines: string[];
}

const FINAL = /(?:^|[\r\n])(OK|ERROR|\+CM[ES] ERROR:[^\r\n]{0,100}|COMMAND NOT SUPPORT)[\r\n]/;

/** Sends an AT command and waits for its result. Lines that come unasked, such as `RING`, are no result. */
export async function at(line: Line, command: string, milliseconds = 5_000, shown = command): Promise<AtAnswer> {
  line.discard();
  await line.send(`${command}\r`, `${shown}\r`);
  const answer = await atResult(line, milliseconds);
  if (answer === undefined) throw new LineTrouble(lineFault({ code: 'modem_silent', tty: line.tty }));
  return { ...answer, lines: answer.lines.filter((text) => text !== command) };
}

export async function atResult(line: Line, milliseconds: number): Promise<AtAnswer | undefined> {
  const found = await line.expect({ final: FINAL }, milliseconds);
  if (found === undefined) return undefined;
  const final = found.match[1] ?? '';
  return { final, isOk: final === 'OK', lines: found.before.split(/[\r\n]+/).filter((text) => text !== '') };
}

const TRIES = 3;

/** Wakes a modem, also one that waits for the text of a message which somebody has begun and left. */
export async function wake(line: Line): Promise<void> {
  line.awaiting('the modem had answered');
  for (let attempt = 1; attempt <= TRIES; attempt += 1) {
    line.discard();
    await line.send(attempt === 1 ? 'AT\r' : '\u001b\rAT\r');
    if ((await atResult(line, 1_000))?.isOk === true) return;
  }
  throw new LineTrouble(lineFault({ code: 'modem_silent', tty: line.tty }));
}
