import { septetsOf } from './alphabet.ts';

export const SMS_ENCODINGS = ['GSM 7-bit', 'UCS-2'] as const;
export type SmsEncoding = (typeof SMS_ENCODINGS)[number];

/** A text as it is sent: each segment is an SMS of its own, and the telephone puts them together again. */
export interface Segmentation {
  encoding: SmsEncoding;
  /** Characters of the text, as a person counts them: a character of two code units is one. */
  characters: number;
  /** Septets or UTF-16 code units of each segment. */
  segments: number[][];
  /** Septets or code units that a segment of this text has room for. */
  perSegment: number;
  /** The text was longer than the segments that may be sent, and ends with `...`. */
  isCut: boolean;
}

/** Room of an SMS that is alone, and of one of several, whose header takes six octets. */
const ROOM: Record<SmsEncoding, { alone: number; joined: number }> = {
  'GSM 7-bit': { alone: 160, joined: 153 },
  'UCS-2': { alone: 70, joined: 67 },
};
const CUT = '...';

/** What an SMS can carry of a text: line ends as LF, other control characters as blanks, no half characters. */
export const smsText = (text: string): string =>
  text
    .toWellFormed()
    .replace(/\r\n?|\u2028|\u2029/g, '\n')
    .replace(/[^\P{Cc}\n]/gu, ' ')
    .replace(/\s+$/, '');

/** Splits a text into at most so many segments; one that does not fit is cut. No character is torn apart. */
export function segmentText(text: string, most: number): Segmentation {
  const whole = smsText(text);
  const all = segment([...whole]);
  if (all.segments.length <= most) return all;
  const characters = [...whole].slice(0, most * ROOM['GSM 7-bit'].alone);
  for (;;) {
    characters.pop();
    const cut = segment([...characters, ...CUT]);
    if (cut.segments.length <= most) return { ...cut, isCut: true };
  }
}

function segment(characters: readonly string[]): Segmentation {
  const encoding = characters.every((character) => septetsOf(character) !== undefined) ? 'GSM 7-bit' : 'UCS-2';
  const units = characters.map((character) => (encoding === 'GSM 7-bit' ? (septetsOf(character) ?? []) : utf16(character)));
  const { alone, joined } = ROOM[encoding];
  const total = units.reduce((sum, { length }) => sum + length, 0);
  const perSegment = total <= alone ? alone : joined;
  const segments: number[][] = [[]];
  for (const unit of units) {
    const last = segments.at(-1) ?? [];
    if (last.length + unit.length > perSegment) segments.push([...unit]);
    else last.push(...unit);
  }
  return { encoding, characters: characters.length, segments, perSegment, isCut: false };
}

const utf16 = (character: string): number[] => Array.from({ length: character.length }, (_, at) => character.charCodeAt(at));

/** The same for every attempt, so that a telephone which has got some parts takes the others of a repeat for the missing ones. */
export function concatenationReference(dedupe: string): number {
  let hash = 0x811c9dc5; // FNV-1a
  for (const octet of new TextEncoder().encode(dedupe)) hash = Math.imul(hash ^ octet, 0x01000193) >>> 0;
  return (hash ^ (hash >>> 8) ^ (hash >>> 16) ^ (hash >>> 24)) & 0xff;
}

/** The user data header of a part (3GPP TS 23.040, 9.2.3.24.1): concatenated short messages, 8-bit reference. */
export const concatenationHeader = (reference: number, parts: number, part: number): number[] => [
  0x05,
  0x00,
  0x03,
  reference,
  parts,
  part,
];

/** How many SMS a text becomes, for the form. */
export function measureSms(text: string, most: number) {
  const { encoding, characters, segments, perSegment } = segmentText(text, most);
  return { encoding, characters, segments: segments.length, perSegment };
}
