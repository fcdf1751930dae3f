import { at } from '../line/at.ts';
import { LineTrouble } from '../line/faults.ts';
import type { Line } from '../line/line.ts';
import { gsmFault } from './faults.ts';

/**
 * PINs that a card has refused, by tty. They are kept for the process and not for a daemon: the card, as the tty, is the
 * machine's, and whoever forgets a wrong PIN locks it.
 */
const refusedPins = new Map<string, string>();

const SIM_BUSY = /^\+CM[ES] ERROR: ?(?:14|314)\b/;
const BUSY_TRIES = 5;
/** A card that nobody has typed a wrong PIN for. */
const ALL_TRIES = 3;

/** Unlocks the card if it asks for its PIN. A PIN is tried once. */
export async function unlockSim(line: Line, pin: string | undefined): Promise<void> {
  const { tty } = line;
  const asked = await askedBySim(line);
  if (asked === 'READY') {
    refusedPins.delete(tty);
    return;
  }
  if (asked !== 'SIM PIN') throw new LineTrouble(gsmFault({ code: 'sim_locked', tty, asked }));
  if (pin === undefined) throw new LineTrouble(gsmFault({ code: 'sim_pin_missing', tty }));
  if (refusedPins.get(tty) === pin) throw new LineTrouble(gsmFault({ code: 'sim_pin_not_tried_again', tty }));
  // Not every modem tells; those that do also know of a wrong PIN that was typed before this process began.
  const left = /\+CPINR: ?"?SIM PIN"?, ?(\d+)/.exec((await at(line, 'AT+CPINR="SIM PIN"')).lines.join('\n'))?.[1];
  if (left !== undefined && Number(left) < ALL_TRIES) throw new LineTrouble(gsmFault({ code: 'sim_pin_tries_used', tty }));
  line.awaiting('the SIM card had answered to its PIN');
  refusedPins.set(tty, pin); // before the answer: whoever is cut off does not know it, and must not try again
  const answer = await at(line, `AT+CPIN="${pin}"`, 20_000, 'AT+CPIN="••••"');
  if (!answer.isOk) throw new LineTrouble(gsmFault({ code: 'sim_pin_wrong', tty }));
  refusedPins.delete(tty);
}

async function askedBySim(line: Line): Promise<string> {
  line.awaiting('the modem had told of its SIM card');
  for (let attempt = 1; ; attempt += 1) {
    const answer = await at(line, 'AT+CPIN?');
    const asked = /\+CPIN: ?([^\r\n]+)/.exec(answer.lines.join('\n'))?.[1]?.trim();
    if (answer.isOk && asked !== undefined) return asked;
    if (!SIM_BUSY.test(answer.final) || attempt === BUSY_TRIES) {
      throw new LineTrouble(gsmFault({ code: 'modem_refused', tty: line.tty, command: 'AT+CPIN?', answer: answer.final }));
    }
    await line.pause(1_000);
  }
}
