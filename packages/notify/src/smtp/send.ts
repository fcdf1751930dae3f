import { hostname } from 'node:os';
import { err, ok } from '@fallover/events';
import MailComposer from 'nodemailer/lib/mail-composer';
import { conversation, masking } from '../conversation.ts';
import type { Delivery, SendContext } from '../transport.ts';
import { smtpDeliveryFault } from './faults.ts';
import type { Mail } from './mail.ts';
import { usualSender } from './mail.ts';
import { mailServerOf } from './server.ts';
import type { EncodedMail } from './session.ts';
import { smtpSessions } from './sessions.ts';
import type { MailServerSettings } from './settings.ts';

/** Sends mails to one recipient, one after the other. `write` makes them, for the sender that the settings or the node give. */
export async function sendMails(
  write: (sender: string) => Mail[],
  settings: MailServerSettings,
  context: SendContext,
): Promise<Delivery> {
  const server = mailServerOf(settings, context.mailRelay);
  if (!server.ok) return err(smtpDeliveryFault(server.error));
  const { user = '', password = '' } = server.value.login ?? {};
  const mask = masking([password, password && `\0${user}\0${password}`]);
  const told = conversation(context, mask);
  const sessions = smtpSessions(server.value, told, context);
  const taken = await sessions.take();
  if (!taken.ok) return err(masked(smtpDeliveryFault(taken.error), mask));
  let session = taken.value;
  let answer = '';
  for (const mail of write(settings.sender ?? usualSender(hostname(), context.cluster))) {
    const bytes = await encoded(mail);
    let sent = await session.send(bytes, told, context.signal);
    if (!sent.ok && sent.error.code === 'mail_deferred' && !session.usable() && sessions.reused(session)) {
      // a server that has had enough of a connection says so with 421, and has not taken the message
      const anew = await sessions.open();
      if (!anew.ok) return err(masked(smtpDeliveryFault(anew.error), mask));
      session = anew.value;
      sent = await session.send(bytes, told, context.signal);
    }
    if (!sent.ok) {
      await sessions.giveBack(session);
      return err(masked(smtpDeliveryFault(sent.error), mask));
    }
    answer = sent.value;
  }
  await sessions.giveBack(session);
  return ok({ answer: mask(answer) });
}

/** A server can repeat a password in its reply. */
const masked = <Fault extends { sentence: string }>(fault: Fault, mask: (text: string) => string): Fault => ({
  ...fault,
  sentence: mask(fault.sentence),
});

async function encoded(mail: Mail): Promise<EncodedMail> {
  const composed = new MailComposer({ ...mail, disableFileAccess: true, disableUrlAccess: true, newline: 'win' });
  return { from: mail.from.address, to: mail.to.address, bytes: await composed.compile().build() };
}
