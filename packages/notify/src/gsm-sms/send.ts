import { err, ok } from '@fallover/events';
import { at, atResult, wake } from '../line/at.ts';
import { LineTrouble, lineFault } from '../line/faults.ts';
import { type Line, withLine } from '../line/line.ts';
import { dialledNumber } from '../sms/number.ts';
import { concatenationHeader, concatenationReference, segmentText } from '../sms/segments.ts';
import type { Delivery, Message, SendContext } from '../transport.ts';
import { type GsmFault, gsmFault } from './faults.ts';
import { type SubmitPdu, submitPdu } from './pdu.ts';
import type { GsmSmsSettings } from './settings.ts';
import { unlockSim } from './sim.ts';

const CTRL_Z = '\u001a';
const ESCAPE = '\u001b';
/** A modem that has only just been switched on searches that long. */
const LONGEST_SEARCH = 30_000;
/** One that does not search may only just have got its PIN. */
const LONGEST_IDLE = 3_000;
const LONGEST_SUBMIT = 60_000;

/** Sends an SMS by a GSM modem, in PDU mode: the one mode that has all alphabets and several parts. */
export function sendSms(message: Message, recipient: string, settings: GsmSmsSettings, context: SendContext): Promise<Delivery> {
  let isPrompted = false;
  const dialogue = async (line: Line): Promise<Delivery> => {
    await wake(line);
    await at(line, 'ATE0');
    await at(line, 'AT+CMEE=1'); // errors as numbers; a modem that cannot says just ERROR
    await unlockSim(line, settings.pin);
    await register(line);
    await prepare(line, settings);
    const pdus = pdusOf(message, recipient, settings, line);
    if (pdus.length > 1) await at(line, 'AT+CMMS=1'); // keeps the link between the parts, where the modem can
    const references: string[] = [];
    for (const [index, pdu] of pdus.entries()) {
      line.awaiting(`the network had confirmed SMS ${index + 1} of ${pdus.length} (which may arrive all the same)`);
      line.discard();
      await line.send(`AT+CMGS=${pdu.length}\r`);
      const prompt = await line.expect({ prompt: /(?:^|[\r\n])> ?/, refusal: REFUSAL }, 10_000);
      if (prompt === undefined) throw new LineTrouble(lineFault({ code: 'modem_silent', tty: line.tty }));
      const refused = (answer: string): Delivery =>
        err(gsmFault({ code: 'sms_refused', tty: line.tty, answer, part: index + 1, parts: pdus.length }));
      if (prompt.name === 'refusal') return refused(prompt.match[1] ?? '');
      isPrompted = true;
      await line.send(`${pdu.hex}${CTRL_Z}`);
      isPrompted = false;
      const result = await atResult(line, LONGEST_SUBMIT);
      if (result === undefined) throw new LineTrouble(lineFault({ code: 'modem_silent', tty: line.tty }));
      if (!result.isOk) return refused(result.final);
      references.push(/\+CMGS: ?(\d+)/.exec(result.lines.join('\n'))?.[1] ?? '?');
    }
    return ok({ answer: `Message reference${references.length === 1 ? '' : 's'} ${references.join(', ')}.` });
  };
  // nothing is to be hung up, but a modem must not be left waiting for the rest of an SMS
  return withLine(settings, context, dialogue, (line) => (isPrompted ? line.send(ESCAPE) : Promise.resolve()));
}

const REFUSAL = /(?:^|[\r\n])(ERROR|\+CM[ES] ERROR:[^\r\n]{0,100})[\r\n]/;

const trouble = (fault: GsmFault): LineTrouble => new LineTrouble(gsmFault(fault));

const REGISTRATION: Record<string, string> = {
  '0': 'not registered, and not searching',
  '1': 'registered',
  '2': 'searching',
  '3': 'denied',
  '5': 'registered, roaming',
  '6': 'registered for SMS only',
  '7': 'registered for SMS only, roaming',
};

async function register(line: Line): Promise<void> {
  const { tty } = line;
  line.awaiting('the modem was registered in a network');
  const begun = performance.now();
  for (;;) {
    const { lines } = await at(line, 'AT+CREG?');
    // +CREG: <n>,<stat>; one that comes unasked has no comma, or a location behind it in quotes
    const status = /\+CREG: ?\d, ?(\d+)/.exec(lines.join('\n'))?.[1] ?? '4';
    line.note(`Network: ${REGISTRATION[status] ?? 'unknown'}.`);
    if (['1', '5', '6', '7'].includes(status)) break;
    if (status === '3') throw trouble({ code: 'registration_denied', tty });
    if (performance.now() - begun > (status === '2' ? LONGEST_SEARCH : LONGEST_IDLE))
      throw trouble({ code: 'not_registered', tty });
    await line.pause(1_000);
  }
  const strength = Number(/\+CSQ: ?(\d+)/.exec((await at(line, 'AT+CSQ')).lines.join('\n'))?.[1] ?? 99);
  line.note(strength > 31 ? 'Signal: unknown.' : `Signal: ${strength} of 31 (${2 * strength - 113} dBm).`);
}

async function prepare(line: Line, { serviceCentre }: GsmSmsSettings): Promise<void> {
  const { tty } = line;
  line.awaiting('the modem was ready for an SMS');
  if (serviceCentre === undefined) {
    const known = /\+CSCA: ?"([^"]*)"/.exec((await at(line, 'AT+CSCA?')).lines.join('\n'))?.[1];
    if (known === '') throw trouble({ code: 'no_service_centre', tty });
  } else {
    const command = `AT+CSCA="${serviceCentre}",${serviceCentre.startsWith('+') ? 145 : 129}`;
    const { isOk, final } = await at(line, command);
    if (!isOk) throw trouble({ code: 'modem_refused', tty, command, answer: final });
  }
  if (!(await at(line, 'AT+CMGF=0')).isOk) throw trouble({ code: 'pdu_mode_refused', tty });
}

function pdusOf(message: Message, recipient: string, settings: GsmSmsSettings, line: Line): SubmitPdu[] {
  const number = dialledNumber(recipient, settings.country);
  const { encoding, segments, isCut, characters } = segmentText(
    message.text.trim() === '' ? message.subject : message.text,
    settings.segments,
  );
  const many = segments.length === 1 ? '1 SMS' : `${segments.length} SMS`;
  line.note(`To ${number}: ${characters} characters, ${encoding}, ${many}${isCut ? '; the text was longer and is cut' : ''}.`);
  const reference = concatenationReference(message.dedupe);
  return segments.map((units, index) => {
    const header = segments.length > 1 ? { header: concatenationHeader(reference, segments.length, index + 1) } : {};
    return submitPdu({ number, encoding, units, ...header });
  });
}
