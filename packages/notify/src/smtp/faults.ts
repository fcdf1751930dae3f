import { quoted } from '@fallover/events';
import { quotedAnswer } from '../conversation.ts';
import { deliveryFault } from '../delivery-fault.ts';
import { type NetworkFault, networkDeliveryFault } from '../network/faults.ts';
import type { DeliveryFault } from '../transport.ts';

/** Why a mail was not taken. `reply` is what the server said. */
export type SmtpFault =
  | { code: 'no_mail_server' }
  | { code: 'mail_relay_not_understood'; text: string }
  | { code: 'user_without_password' }
  | { code: 'starttls_not_offered'; place: string }
  | { code: 'login_not_encrypted'; place: string }
  | { code: 'login_not_offered'; place: string }
  | { code: 'login_refused'; place: string; user: string; reply: string }
  | { code: 'mail_deferred'; place: string; reply: string }
  | { code: 'mail_refused'; place: string; reply: string }
  | { code: 'not_smtp'; place: string; reply: string };

function smtpFaultSentence(fault: SmtpFault): string {
  switch (fault.code) {
    case 'no_mail_server':
      return 'This method names no mail server, and the cluster has no mail relay. Fill in Server, or set MAILRELAY of the cluster, such as smtp://mail.example.com:25.';
    case 'mail_relay_not_understood':
      return `The mail relay of the cluster, ${quoted(fault.text)}, is not understood. Set MAILRELAY of the cluster, such as smtp://mail.example.com:25.`;
    case 'user_without_password':
      return 'This method names a user of the mail server, but no password, or the other way round. Fill in both or none.';
    case 'starttls_not_offered':
      return `${fault.place} does not offer STARTTLS, and this method does not send unencrypted. Switch it on there, or set Security to tls, auto or none.`;
    case 'login_not_encrypted':
      return `${fault.place} offers no encryption, so the password is not sent. Use a server with TLS, or set Security to none if the network is trusted.`;
    case 'login_not_offered':
      return `${fault.place} does not let anybody log in on this connection. Leave out user and password, or use the port for submission, often 587 or 465.`;
    case 'login_refused':
      return `${fault.place} does not accept the user ${quoted(fault.user)} with this password: ${quotedAnswer(fault.reply)}. Correct user and password.`;
    case 'mail_deferred':
      return `${fault.place} does not take the message now: ${quotedAnswer(fault.reply)}. Look at the server if that goes on.`;
    case 'mail_refused':
      return `${fault.place} refuses the message: ${quotedAnswer(fault.reply)}. Correct recipient and sender, or let the server accept them.`;
    case 'not_smtp':
      return `${fault.place} does not speak SMTP as expected: ${quotedAnswer(fault.reply)}. Correct the server, the port and the security.`;
  }
}

export function smtpDeliveryFault(fault: SmtpFault | NetworkFault): DeliveryFault {
  switch (fault.code) {
    case 'mail_deferred':
    case 'not_smtp':
      return deliveryFault(fault.code, smtpFaultSentence(fault), 'retry');
    case 'no_mail_server':
    case 'mail_relay_not_understood':
    case 'user_without_password':
    case 'starttls_not_offered':
    case 'login_not_encrypted':
    case 'login_not_offered':
    case 'login_refused':
    case 'mail_refused':
      return deliveryFault(fault.code, smtpFaultSentence(fault), 'give_up');
    default:
      return networkDeliveryFault(fault);
  }
}
