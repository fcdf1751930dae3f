import { describe, expect, it } from 'vitest';
import { type GsmFault, gsmFault } from './faults.ts';
import { modemError } from './modem-errors.ts';

const tty = '/dev/ttyUSB0';
const SENTENCES: [GsmFault, string][] = [
  [
    { code: 'sim_pin_missing', tty },
    'The SIM card in the modem at "/dev/ttyUSB0" asks for its PIN, and the method has none. Fill in PIN.',
  ],
  [
    { code: 'sim_pin_wrong', tty },
    'The SIM card in the modem at "/dev/ttyUSB0" does not accept the PIN. It is not tried again, because a third wrong one locks the card. Correct PIN.',
  ],
  [
    { code: 'sim_pin_not_tried_again', tty },
    'The PIN of the method was refused by the SIM card in the modem at "/dev/ttyUSB0" before, and a third wrong one locks the card, so it was not tried again. Correct PIN.',
  ],
  [
    { code: 'sim_pin_tries_used', tty },
    'Somebody has already typed a wrong PIN for the SIM card in the modem at "/dev/ttyUSB0", and a third one locks it, so none was tried. Unlock it once by hand with the right PIN.',
  ],
  [
    { code: 'sim_locked', tty, asked: 'SIM PUK' },
    'The SIM card in the modem at "/dev/ttyUSB0" is locked and asks for "SIM PUK". Unlock it in a telephone.',
  ],
  [
    { code: 'registration_denied', tty },
    'The network does not let the modem at "/dev/ttyUSB0" in. Look whether the SIM card is active and may be used here.',
  ],
  [
    { code: 'not_registered', tty },
    'No network was found by the modem at "/dev/ttyUSB0" in time. Look at its antenna and where it stands.',
  ],
  [
    { code: 'no_service_centre', tty },
    'The SIM card in the modem at "/dev/ttyUSB0" knows no SMS service centre. Fill in Service centre; the operator tells the number.',
  ],
  [
    { code: 'pdu_mode_refused', tty },
    'PDU mode is refused by the modem at "/dev/ttyUSB0", and long or non-English texts cannot be sent without it. Use another modem.',
  ],
  [
    { code: 'modem_refused', tty, command: 'AT+CPIN?', answer: '+CME ERROR: 10' },
    '"AT+CPIN?" is refused by the modem at "/dev/ttyUSB0": there is no SIM card in the modem ("+CME ERROR: 10"). Look at the conversation and at its manual.',
  ],
  [
    { code: 'sms_refused', tty, answer: '+CMS ERROR: 50', part: 1, parts: 1 },
    'The SMS was not taken from the modem at "/dev/ttyUSB0": the SIM card has no subscription for SMS ("+CMS ERROR: 50").',
  ],
];

describe('why a GSM modem did not send an SMS', () => {
  it.each(SENTENCES)('is a sentence: %o', (fault, sentence) => {
    expect(gsmFault(fault).sentence).toBe(sentence);
  });
});

describe('an error code of a modem', () => {
  it('is told in words, with what makes sense then', () => {
    expect(modemError('+CMS ERROR: 38')).toEqual({ words: 'the network is out of order', next: 'retry' });
    expect(modemError('+CMS ERROR: 1')).toEqual({ words: 'nobody has this number', next: 'give_up' });
    expect(modemError('+CME ERROR: 13')).toEqual({ words: 'the SIM card has a failure', next: 'next_node' });
    expect(modemError('+CMS ERROR: 777')).toEqual({ words: 'it gives no reason that is known', next: 'retry' });
    expect(modemError('ERROR')).toEqual({ words: 'it gives no reason that is known', next: 'retry' });
  });
});
