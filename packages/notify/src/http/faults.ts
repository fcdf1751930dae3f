import { quotedAnswer } from '../conversation.ts';
import { deliveryFault } from '../delivery-fault.ts';
import { type NetworkFault, networkDeliveryFault } from '../network/faults.ts';
import type { DeliveryFault } from '../transport.ts';
import type { TargetRefusal } from './targets.ts';
import { type UrlFault, urlFaultSentence } from './url.ts';

/** Why a server did not take a message over HTTP. `answer` is its status and the beginning of what it said. */
export type HttpFault =
  | TargetRefusal
  | { code: 'redirected'; place: string; status: number; location: string }
  | { code: 'http_deferred'; place: string; answer: string; retryAfter?: string }
  | { code: 'http_refused'; place: string; answer: string }
  | { code: 'http_failed'; place: string; answer: string }
  | { code: 'not_http'; place: string; reason: string };

function httpFaultSentence(fault: HttpFault): string {
  switch (fault.code) {
    case 'own_port':
      return `${fault.place} is this cluster manager itself, which no notification may reach. Give another address.`;
    case 'target_not_allowed':
      return `${fault.place} leads to ${fault.address}, ${fault.kind}, where no notification goes unless it is allowed. If it is meant, add ${fault.place} to the allowed targets of the cluster.`;
    case 'redirected':
      return `${fault.place} answers with ${fault.status} and sends on to ${quotedAnswer(fault.location)}, where Fallover does not follow. Give that address if it is the right one.`;
    case 'http_deferred':
      return `${fault.place} does not take the message now: ${quotedAnswer(fault.answer)}.${fault.retryAfter === undefined ? '' : ` It asks to wait: ${quotedAnswer(fault.retryAfter)}.`} Look at the limits of that service.`;
    case 'http_refused':
      return `${fault.place} refuses the message: ${quotedAnswer(fault.answer)}. Correct the address and the secrets of the method.`;
    case 'http_failed':
      return `${fault.place} failed at the message: ${quotedAnswer(fault.answer)}. Look at the log there.`;
    case 'not_http':
      return `${fault.place} does not answer in HTTP (${fault.reason}). Correct the address and the port.`;
  }
}

export function httpDeliveryFault(fault: HttpFault | UrlFault | NetworkFault): DeliveryFault {
  switch (fault.code) {
    case 'http_deferred':
    case 'http_failed':
    case 'not_http':
      return deliveryFault(fault.code, httpFaultSentence(fault), 'retry');
    case 'own_port':
    case 'target_not_allowed':
    case 'redirected':
    case 'http_refused':
      return deliveryFault(fault.code, httpFaultSentence(fault), 'give_up');
    case 'not_an_http_url':
    case 'url_with_password':
    case 'url_too_long':
      return deliveryFault(fault.code, urlFaultSentence(fault), 'give_up');
    default:
      return networkDeliveryFault(fault);
  }
}
