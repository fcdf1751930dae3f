import { describe, expect, it } from 'vitest';
import { type LineFault, lineFault } from './faults.ts';

const tty = '/dev/ttyS0';
const SENTENCES: [LineFault, string, string][] = [
  [
    { code: 'tty_missing', tty },
    'next_node',
    'There is no tty "/dev/ttyS0" on this node. Connect the modem, or name another tty in the method.',
  ],
  [
    { code: 'not_a_tty', tty },
    'next_node',
    '"/dev/ttyS0" is not a serial line. Name the character device of the line that the modem is connected to, such as /dev/ttyS0.',
  ],
  [
    { code: 'tty_is_heartbeat', tty },
    'next_node',
    '"/dev/ttyS0" is in use as a heartbeat network, so no modem can be on it. Name another tty in the method.',
  ],
  [
    { code: 'tty_not_accessible', tty, reason: 'EACCES' },
    'next_node',
    'The tty "/dev/ttyS0" cannot be opened (EACCES). Let the user of the cluster manager read and write it; it often has the group dialout.',
  ],
  [
    { code: 'tty_busy', tty },
    'retry',
    'Another program has the tty "/dev/ttyS0" open for itself. End that program, or name another tty in the method.',
  ],
  [
    { code: 'line_lost', tty },
    'next_node',
    'The line "/dev/ttyS0" went away in the middle of the conversation. Look whether the modem is still connected and has power.',
  ],
  [
    { code: 'modem_silent', tty },
    'next_node',
    'The modem at "/dev/ttyS0" does not answer. Look whether it is switched on and connected, and compare the baud rate with its manual.',
  ],
  [
    { code: 'timed_out', tty, awaited: 'the modem had answered' },
    'retry',
    'The time of the method was over before the modem had answered at "/dev/ttyS0". Look at the conversation for how far it came; give the method more time if it was only slow.',
  ],
];

describe('a fault of a serial line', () => {
  it.each(SENTENCES)('is a sentence, and says what then: %o', (fault, then, sentence) => {
    const worded = lineFault(fault);
    expect([worded.code, worded.next, worded.sentence]).toEqual([fault.code, then, sentence]);
  });
});
