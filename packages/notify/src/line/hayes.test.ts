import { describe, expect, it } from 'vitest';
import { type DialFault, dialFault } from './hayes.ts';

const [tty, number] = ['/dev/ttyS0', '5551234'];
const SENTENCES: [DialFault, string, string][] = [
  [
    { code: 'init_refused', tty, init: 'ATX9' },
    'next_node',
    'The initialisation string "ATX9" is refused by the modem at "/dev/ttyS0". Correct it by the manual of the modem.',
  ],
  [
    { code: 'line_busy', tty, number },
    'retry',
    'The number "5551234" is busy, says the modem at "/dev/ttyS0". It is dialled again.',
  ],
  [
    { code: 'no_dial_tone', tty, number },
    'next_node',
    'There is no dial tone for the modem at "/dev/ttyS0". Look at the telephone line and its cable, or set the dial prefix for an outside line.',
  ],
  [
    { code: 'no_answer', tty, number },
    'retry',
    'The number "5551234" does not answer the modem at "/dev/ttyS0". Compare the number with what the pager service says.',
  ],
  [
    { code: 'no_carrier', tty, number },
    'retry',
    'At the number "5551234" no modem talks to the modem at "/dev/ttyS0", or it hung up. Compare number and baud rate with what the pager service says.',
  ],
  [
    { code: 'dialling_refused', tty, number },
    'next_node',
    'Dialling "5551234" is refused by the modem at "/dev/ttyS0". Correct the number, the dial prefix or the initialisation string.',
  ],
];

describe('why a call did not come about', () => {
  it.each(SENTENCES)('is a sentence, and says what then: %o', (fault, next, sentence) => {
    const worded = dialFault(fault);
    expect([worded.code, worded.next, worded.sentence]).toEqual([fault.code, next, sentence]);
  });
});
