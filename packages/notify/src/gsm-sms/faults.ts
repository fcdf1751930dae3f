import { quoted } from '@fallover/events';
import { deliveryFault } from '../delivery-fault.ts';
import type { DeliveryFault } from '../transport.ts';
import { modemError } from './modem-errors.ts';

/** Why a GSM modem did not send an SMS. */
export type GsmFault =
  | {
      code:
        | 'sim_pin_missing'
        | 'sim_pin_wrong'
        | 'sim_pin_not_tried_again'
        | 'sim_pin_tries_used'
        | 'registration_denied'
        | 'not_registered'
        | 'no_service_centre'
        | 'pdu_mode_refused';
      tty: string;
    }
  /** `asked`: what `AT+CPIN?` answers, such as `SIM PUK`. */
  | { code: 'sim_locked'; tty: string; asked: string }
  | { code: 'modem_refused'; tty: string; command: string; answer: string }
  | { code: 'sms_refused'; tty: string; answer: string; part: number; parts: number };

export function gsmFault(fault: GsmFault): DeliveryFault {
  return deliveryFault(fault.code, sentence(fault), next(fault));
}

function sentence(fault: GsmFault): string {
  const modem = `the modem at ${quoted(fault.tty)}`;
  switch (fault.code) {
    case 'sim_pin_missing':
      return `The SIM card in ${modem} asks for its PIN, and the method has none. Fill in PIN.`;
    case 'sim_pin_wrong':
      return `The SIM card in ${modem} does not accept the PIN. It is not tried again, because a third wrong one locks the card. Correct PIN.`;
    case 'sim_pin_not_tried_again':
      return `The PIN of the method was refused by the SIM card in ${modem} before, and a third wrong one locks the card, so it was not tried again. Correct PIN.`;
    case 'sim_pin_tries_used':
      return `Somebody has already typed a wrong PIN for the SIM card in ${modem}, and a third one locks it, so none was tried. Unlock it once by hand with the right PIN.`;
    case 'sim_locked':
      return `The SIM card in ${modem} is locked and asks for ${quoted(fault.asked)}. Unlock it in a telephone.`;
    case 'registration_denied':
      return `The network does not let ${modem} in. Look whether the SIM card is active and may be used here.`;
    case 'not_registered':
      return `No network was found by ${modem} in time. Look at its antenna and where it stands.`;
    case 'no_service_centre':
      return `The SIM card in ${modem} knows no SMS service centre. Fill in Service centre; the operator tells the number.`;
    case 'pdu_mode_refused':
      return `PDU mode is refused by ${modem}, and long or non-English texts cannot be sent without it. Use another modem.`;
    case 'modem_refused':
      return `${quoted(fault.command)} is refused by ${modem}: ${modemError(fault.answer).words} (${quoted(fault.answer)}). Look at the conversation and at its manual.`;
    case 'sms_refused': {
      const which = fault.parts === 1 ? 'The SMS' : `Part ${fault.part} of ${fault.parts} of the SMS`;
      return `${which} was not taken from ${modem}: ${modemError(fault.answer).words} (${quoted(fault.answer)}).`;
    }
  }
}

function next(fault: GsmFault): DeliveryFault['next'] {
  switch (fault.code) {
    case 'sim_pin_missing':
    case 'sim_pin_wrong':
    case 'sim_pin_not_tried_again':
    case 'sim_pin_tries_used':
    case 'sim_locked':
    case 'registration_denied':
    case 'not_registered':
    case 'no_service_centre':
    case 'pdu_mode_refused':
      return 'next_node';
    case 'modem_refused':
    case 'sms_refused':
      return modemError(fault.answer).next;
  }
}
