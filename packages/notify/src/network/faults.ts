import { quoted } from '@fallover/events';
import { deliveryFault } from '../delivery-fault.ts';
import type { DeliveryFault } from '../transport.ts';

/** What keeps a connection from being made or used, whatever is spoken over it. `place` is `HOST:PORT`. */
export type NetworkFault =
  | { code: 'name_not_found'; host: string }
  | { code: 'connection_refused'; place: string }
  | { code: 'unreachable'; place: string; reason: string }
  | { code: 'connection_lost'; place: string }
  | { code: 'timed_out'; place: string }
  | { code: 'certificate_not_trusted'; place: string; reason: string }
  | { code: 'tls_failed'; place: string; reason: string }
  | { code: 'ca_file_not_readable'; path: string; reason: string };

function networkFaultSentence(fault: NetworkFault): string {
  switch (fault.code) {
    case 'name_not_found':
      return `This node finds no address for the name ${quoted(fault.host)}. Correct the name, or mend the name resolution of the node.`;
    case 'connection_refused':
      return `${fault.place} refuses the connection. Start the service there, or correct the server and the port.`;
    case 'unreachable':
      return `${fault.place} cannot be reached from this node (${fault.reason}). Look at the network of the node.`;
    case 'connection_lost':
      return `${fault.place} ended the connection before it had taken the message. Look at the log there.`;
    case 'timed_out':
      return `${fault.place} did not answer in time. Look at whether it is overloaded or a firewall holds the traffic back, or raise the timeout of the method.`;
    case 'certificate_not_trusted':
      return `The certificate of ${fault.place} is not trusted by this node (${fault.reason}). Give the file of its certificate authority as CA file, or correct the name of the server.`;
    case 'tls_failed':
      return `No encrypted connection came about with ${fault.place} (${fault.reason}). Look at whether that port speaks TLS from the beginning.`;
    case 'ca_file_not_readable':
      return `The CA file ${quoted(fault.path)} cannot be read on this node (${fault.reason}). Put it there, or correct the pathname.`;
  }
}

/** What is a matter of this node can be different on the next one; all else may pass. */
export function networkDeliveryFault(fault: NetworkFault): DeliveryFault {
  return deliveryFault(fault.code, networkFaultSentence(fault), nextOf(fault.code));
}

function nextOf(code: NetworkFault['code']): DeliveryFault['next'] {
  switch (code) {
    case 'unreachable':
    case 'certificate_not_trusted':
    case 'ca_file_not_readable':
      return 'next_node';
    case 'name_not_found':
    case 'connection_refused':
    case 'connection_lost':
    case 'timed_out':
    case 'tls_failed':
      return 'retry';
  }
}

const NOT_TRUSTED = /^(?:CERT_|ERR_TLS_CERT|DEPTH_ZERO|SELF_SIGNED|UNABLE_TO_|HOSTNAME_MISMATCH|INVALID_CA|INVALID_PURPOSE)/;

/** The fault that an error of the system, of TLS or of a library stands for; the innermost code counts. */
export function networkFaultOf(error: unknown, place: string, host: string): NetworkFault {
  const { code, reason } = systemCode(error);
  if (code === 'ENOTFOUND' || code === 'EAI_AGAIN' || code === 'EAI_NODATA') return { code: 'name_not_found', host };
  if (code === 'ECONNREFUSED') return { code: 'connection_refused', place };
  if (['EHOSTUNREACH', 'ENETUNREACH', 'EADDRNOTAVAIL', 'EACCES', 'EPERM', 'EINVAL'].includes(code))
    return { code: 'unreachable', place, reason: code };
  if (code === 'ETIMEDOUT' || code === 'ABORT_ERR') return { code: 'timed_out', place };
  if (NOT_TRUSTED.test(code)) return { code: 'certificate_not_trusted', place, reason };
  if (/^(?:ERR_SSL|ERR_TLS|EPROTO)/.test(code)) return { code: 'tls_failed', place, reason };
  return { code: 'connection_lost', place };
}

function systemCode(error: unknown): { code: string; reason: string } {
  if (error instanceof AggregateError && error.errors.length > 0) return systemCode(error.errors.at(0));
  if (!(error instanceof Error)) return { code: '', reason: '' };
  const { code, originalCode, message } = error as Error & { code?: unknown; originalCode?: unknown };
  // what a certificate says is in the message: it is cut, and its control characters are left out
  const reason = message.replace(/\p{C}+/gu, ' ').slice(0, 200);
  return { code: String(originalCode ?? code ?? ''), reason };
}
