import { quoted } from '@fallover/events';
import { z } from 'zod';
import { deliveryFault } from '../delivery-fault.ts';
import type { DeliveryFault } from '../transport.ts';
import { at } from './at.ts';
import { LineTrouble, lineFault } from './faults.ts';
import type { Line } from './line.ts';
import { type LineSettings, lineSettings } from './settings.ts';

const DIALLING = ['tone', 'pulse'] as const;

/** The settings of every transport that dials by a Hayes-compatible modem. */
export const hayesSettings = (defaults: Parameters<typeof lineSettings>[0]) => ({
  ...lineSettings(defaults),
  init: z
    .string()
    .regex(/^AT[\x20-\x7e]{0,78}$/, 'AT and printable characters, at most 80 in all, such as ATE0Q0V1X4.')
    .default('ATE0Q0V1X4')
    .meta({
      title: 'Initialisation string',
      description: 'Sent to the modem before it dials. It must answer in words (V1, Q0).',
    }),
  dialling: z.enum(DIALLING).default('tone').meta({ title: 'Dialling', description: 'Tone, or pulse on an old line.' }),
  dialPrefix: z
    .string()
    .regex(/^[0-9*#,W]{1,20}$/, 'Digits, *, #, W (wait for the dial tone) and commas (pauses), such as 0,.')
    .optional()
    .meta({ title: 'Dial prefix', description: 'For an outside line, such as 0 and a pause.', placeholder: '0,' }),
  internationalPrefix: z
    .string()
    .regex(/^[0-9]{1,6}$/, 'Digits, such as 00 or 011.')
    .default('00')
    .meta({ title: 'International prefix', description: 'Dialled for the + of a number.' }),
});

export interface HayesSettings extends LineSettings {
  init: string;
  dialling: (typeof DIALLING)[number];
  dialPrefix?: string | undefined;
  internationalPrefix: string;
}

/** Why a call did not come about. */
export type DialFault =
  | { code: 'line_busy' | 'no_dial_tone' | 'no_answer' | 'no_carrier' | 'dialling_refused'; tty: string; number: string }
  | { code: 'init_refused'; tty: string; init: string };

export function dialFault(fault: DialFault): DeliveryFault {
  return deliveryFault(fault.code, sentence(fault), next(fault));
}

function sentence(fault: DialFault): string {
  const modem = `the modem at ${quoted(fault.tty)}`;
  switch (fault.code) {
    case 'init_refused':
      return `The initialisation string ${quoted(fault.init)} is refused by ${modem}. Correct it by the manual of the modem.`;
    case 'line_busy':
      return `The number ${quoted(fault.number)} is busy, says ${modem}. It is dialled again.`;
    case 'no_dial_tone':
      return `There is no dial tone for ${modem}. Look at the telephone line and its cable, or set the dial prefix for an outside line.`;
    case 'no_answer':
      return `The number ${quoted(fault.number)} does not answer ${modem}. Compare the number with what the pager service says.`;
    case 'no_carrier':
      return `At the number ${quoted(fault.number)} no modem talks to ${modem}, or it hung up. Compare number and baud rate with what the pager service says.`;
    case 'dialling_refused':
      return `Dialling ${quoted(fault.number)} is refused by ${modem}. Correct the number, the dial prefix or the initialisation string.`;
  }
}

function next({ code }: DialFault): DeliveryFault['next'] {
  switch (code) {
    case 'init_refused':
    case 'no_dial_tone':
    case 'dialling_refused':
      return 'next_node';
    case 'line_busy':
    case 'no_answer':
    case 'no_carrier':
      return 'retry';
  }
}

export async function initialise(line: Line, init: string): Promise<void> {
  if (!(await at(line, init)).isOk) throw new LineTrouble(dialFault({ code: 'init_refused', tty: line.tty, init }));
}

/** Of what a modem answers to dialling; the rest of a line is not looked at, `CONNECT 1200` and `NO DIALTONE` among them. */
const RESULTS = {
  connected: /(?:^|[\r\n])CONNECT[^\r\n]{0,60}[\r\n]/,
  ok: /(?:^|[\r\n])OK[\r\n]/,
  line_busy: /(?:^|[\r\n])BUSY[\r\n]/,
  no_dial_tone: /(?:^|[\r\n])NO DIAL ?TONE[\r\n]/,
  no_answer: /(?:^|[\r\n])NO ANSWER[\r\n]/,
  no_carrier: /(?:^|[\r\n])NO CARRIER[\r\n]/,
  dialling_refused: /(?:^|[\r\n])(?:ERROR|DELAYED|BLACKLISTED)[^\r\n]{0,60}[\r\n]/,
};
const LONGEST_DIALLING = 120_000;

/** Dials; `wanted` is what says that it has come about: a connection, or that all digits are dialled. */
export async function dial(line: Line, number: string, settings: HayesSettings, wanted: 'connected' | 'ok'): Promise<void> {
  const { tty } = line;
  line.awaiting('the call had come about');
  line.discard();
  const dialled = `${settings.dialPrefix ?? ''}${number.replace(/^\+/, settings.internationalPrefix)}`;
  await line.send(`ATD${settings.dialling === 'tone' ? 'T' : 'P'}${dialled}${wanted === 'ok' ? ';' : ''}\r`);
  const found = await line.expect(RESULTS, LONGEST_DIALLING);
  if (found === undefined) throw new LineTrouble(lineFault({ code: 'modem_silent', tty }));
  if (found.name === wanted) return;
  const code = found.name === 'ok' || found.name === 'connected' ? 'no_carrier' : found.name;
  throw new LineTrouble(dialFault({ code, tty, number }));
}

/** The silence before and after `+++` by which a modem knows it from text. */
const GUARD = 1_100;

/** Hangs up, from within a call as well; when the modem does not hear it, DTR drops with the closing of the line. */
export async function hangUp(line: Line, isInCall: boolean): Promise<void> {
  line.discard();
  if (isInCall) {
    await line.pause(GUARD);
    await line.send('+++');
    await line.expect({ heard: /(?:OK|NO CARRIER)[\r\n]/ }, GUARD + 400);
  } else {
    await line.send('\r'); // ends a dialling
    await line.pause(100);
  }
  await line.send('ATH\r');
  await line.expect({ heard: /(?:OK|NO CARRIER|ERROR)[\r\n]/ }, 1_000);
}
