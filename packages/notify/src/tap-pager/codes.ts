import type { DeliveryFault } from '../transport.ts';

/** Appendix A of TAP 1.8: what goes wrong, and whether another try makes sense. */
const CODES: Record<string, [words: string, next: DeliveryFault['next']]> = {
  '501': ['the terminal waited too long', 'retry'],
  '502': ['the terminal got characters that it did not expect', 'retry'],
  '503': ['the page arrived damaged too often', 'retry'],
  '504': ['the pager shows digits only', 'give_up'],
  '505': ['the message is not for this kind of pager', 'give_up'],
  '506': ['too many pages were not valid', 'give_up'],
  '507': ['the logon was not understood', 'give_up'],
  '508': ['the terminal does not offer this service', 'give_up'],
  '509': ['the password is wrong', 'give_up'],
  '510': ['the number of the pager is not valid', 'give_up'],
  '511': ['there is no pager of this number', 'give_up'],
  '512': ['the pager cannot be reached at the moment', 'retry'],
  '513': ['the message is too long', 'give_up'],
  '514': ['the page arrived damaged', 'retry'],
  '515': ['the page was not understood', 'give_up'],
  '516': ['the quota of messages is used up for the moment', 'retry'],
  '517': ['the message has characters that the pager does not know', 'give_up'],
};

export interface TapReply {
  /** The message sequences of the terminal, such as `511 Invalid pager ID`. */
  lines: string[];
  words: string;
  next: DeliveryFault['next'];
}

/** What the terminal said in front of its ACK, NAK or RS. Without a code that is known, what it refuses is refused for good. */
export function tapReply(text: string): TapReply {
  const lines = text
    .split(/[\r\n]+/)
    .map((line) => line.replace(/\p{Cc}/gu, '').trim())
    .filter((line) => line !== '');
  const known = lines.map((line) => CODES[line.slice(0, 3)]).find((code) => code !== undefined);
  const [words, next] = known ?? ['it gives no reason that is known', 'give_up' as const];
  return { lines, words, next };
}
