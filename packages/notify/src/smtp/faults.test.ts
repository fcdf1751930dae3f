import { describe, expect, it } from 'vitest';
import { smtpDeliveryFault } from './faults.ts';

const place = 'mail.example.com:25';
const worded = (fault: Parameters<typeof smtpDeliveryFault>[0]): [string, string] => {
  const { sentence, next } = smtpDeliveryFault(fault);
  return [sentence, next];
};

describe('why a mail was not taken', () => {
  it('is said in a sentence with the way out; only what may pass is tried again', () => {
    expect(worded({ code: 'no_mail_server' })).toEqual([
      'This method names no mail server, and the cluster has no mail relay. Fill in Server, or set MAILRELAY of the cluster, such as smtp://mail.example.com:25.',
      'give_up',
    ]);
    expect(worded({ code: 'mail_relay_not_understood', text: 'mail' })).toEqual([
      'The mail relay of the cluster, "mail", is not understood. Set MAILRELAY of the cluster, such as smtp://mail.example.com:25.',
      'give_up',
    ]);
    expect(worded({ code: 'user_without_password' })).toEqual([
      'This method names a user of the mail server, but no password, or the other way round. Fill in both or none.',
      'give_up',
    ]);
    expect(worded({ code: 'starttls_not_offered', place })).toEqual([
      'mail.example.com:25 does not offer STARTTLS, and this method does not send unencrypted. Switch it on there, or set Security to tls, auto or none.',
      'give_up',
    ]);
    expect(worded({ code: 'login_not_encrypted', place })).toEqual([
      'mail.example.com:25 offers no encryption, so the password is not sent. Use a server with TLS, or set Security to none if the network is trusted.',
      'give_up',
    ]);
    expect(worded({ code: 'login_not_offered', place })).toEqual([
      'mail.example.com:25 does not let anybody log in on this connection. Leave out user and password, or use the port for submission, often 587 or 465.',
      'give_up',
    ]);
    expect(worded({ code: 'login_refused', place, user: 'fallover', reply: '535 5.7.8 No' })).toEqual([
      'mail.example.com:25 does not accept the user "fallover" with this password: "535 5.7.8 No". Correct user and password.',
      'give_up',
    ]);
    expect(worded({ code: 'mail_deferred', place, reply: '450 Later' })).toEqual([
      'mail.example.com:25 does not take the message now: "450 Later". Look at the server if that goes on.',
      'retry',
    ]);
    expect(worded({ code: 'mail_refused', place, reply: '550 No such user' })).toEqual([
      'mail.example.com:25 refuses the message: "550 No such user". Correct recipient and sender, or let the server accept them.',
      'give_up',
    ]);
    expect(worded({ code: 'not_smtp', place, reply: 'HTTP/1.1 400' })).toEqual([
      'mail.example.com:25 does not speak SMTP as expected: "HTTP/1.1 400". Correct the server, the port and the security.',
      'retry',
    ]);
    expect(worded({ code: 'connection_refused', place })[1]).toBe('retry');
  });
});
