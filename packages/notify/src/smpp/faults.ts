import { quoted } from '@fallover/events';
import { deliveryFault } from '../delivery-fault.ts';
import { type NetworkFault, networkDeliveryFault } from '../network/faults.ts';
import type { DeliveryFault } from '../transport.ts';
import { smppStatus } from './status.ts';

/** Why an SMPP gateway did not take a message. */
export type SmppFault =
  | { code: 'not_smpp'; place: string }
  | { code: 'bind_refused'; place: string; systemId: string; status: number }
  | { code: 'message_refused'; place: string; status: number; part: number; parts: number };

export function smppFault(fault: SmppFault | NetworkFault): DeliveryFault {
  switch (fault.code) {
    case 'not_smpp':
      return deliveryFault(
        fault.code,
        `${fault.place} does not speak SMPP as expected. Correct the server and the port, and look at whether TLS is on at one end only.`,
        'retry',
      );
    case 'bind_refused': {
      const { name, words, next } = smppStatus(fault.status);
      return deliveryFault(
        fault.code,
        `${fault.place} does not let the system id ${quoted(fault.systemId)} log in: ${words} (${name}). Correct system id, password and system type.`,
        next,
      );
    }
    case 'message_refused': {
      const { name, words, next } = smppStatus(fault.status);
      const which = fault.parts === 1 ? 'the SMS' : `part ${fault.part} of ${fault.parts} of the SMS`;
      return deliveryFault(fault.code, `${fault.place} does not take ${which}: ${words} (${name}).`, next);
    }
    default:
      return networkDeliveryFault(fault);
  }
}
