import { quoted } from '@fallover/events';
import { deliveryFault } from '../delivery-fault.ts';
import type { DeliveryFault } from '../transport.ts';

/** What can be wrong with a serial line, whoever uses it. */
export type LineFault =
  | { code: 'tty_missing' | 'not_a_tty' | 'tty_is_heartbeat' | 'tty_busy' | 'line_lost' | 'modem_silent'; tty: string }
  | { code: 'tty_not_accessible'; tty: string; reason: string }
  /** `awaited`: what the other side was to do when the time was over. */
  | { code: 'timed_out'; tty: string; awaited: string };

export function lineFault(fault: LineFault): DeliveryFault {
  return deliveryFault(fault.code, sentence(fault), then(fault));
}

function sentence(fault: LineFault): string {
  const tty = quoted(fault.tty);
  switch (fault.code) {
    case 'tty_missing':
      return `There is no tty ${tty} on this node. Connect the modem, or name another tty in the method.`;
    case 'not_a_tty':
      return `${tty} is not a serial line. Name the character device of the line that the modem is connected to, such as /dev/ttyS0.`;
    case 'tty_is_heartbeat':
      return `${tty} is in use as a heartbeat network, so no modem can be on it. Name another tty in the method.`;
    case 'tty_not_accessible':
      return `The tty ${tty} cannot be opened (${fault.reason}). Let the user of the cluster manager read and write it; it often has the group dialout.`;
    case 'tty_busy':
      return `Another program has the tty ${tty} open for itself. End that program, or name another tty in the method.`;
    case 'line_lost':
      return `The line ${tty} went away in the middle of the conversation. Look whether the modem is still connected and has power.`;
    case 'modem_silent':
      return `The modem at ${tty} does not answer. Look whether it is switched on and connected, and compare the baud rate with its manual.`;
    case 'timed_out':
      return `The time of the method was over before ${fault.awaited} at ${tty}. Look at the conversation for how far it came; give the method more time if it was only slow.`;
  }
}

function then({ code }: LineFault): DeliveryFault['next'] {
  switch (code) {
    case 'tty_missing':
    case 'not_a_tty':
    case 'tty_is_heartbeat':
    case 'tty_not_accessible':
    case 'line_lost':
    case 'modem_silent':
      return 'next_node';
    case 'tty_busy':
    case 'timed_out':
      return 'retry';
  }
}

/** Ends a dialogue from within: what it needs has gone, or the time is over. `withLine` makes a delivery's fault of it. */
export class LineTrouble extends Error {
  readonly fault: DeliveryFault;

  constructor(fault: DeliveryFault) {
    super(fault.sentence);
    this.fault = fault;
  }
}
