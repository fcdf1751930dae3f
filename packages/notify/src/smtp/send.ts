import { hostname } from 'node:os';
import { err, ok } from '@fallover/events';
import MailComposer from 'nodemailer/lib/mail-composer';
import { conversation, masking } from '../conversation.ts';
import type { Delivery, SendContext } from '../transport.ts';
import { smtpDeliveryFault } from './faults.ts';
import type { Mail } from './mail.ts';
import { usualSender } from './mail.ts';
import { mailServerOf } from './server.ts';
import { type EncodedMail, openSession } from './session.ts';
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
  const session = await openSession(server.value, told, context.signal);
  if (!session.ok) return err(masked(smtpDeliveryFault(session.error), mask));
  let answer = '';
  for (const mail of write(settings.sender ?? usualSender(hostname(), context.cluster))) {
    const sent = await session.value.send(await encoded(mail), told, context.signal);
    if (!sent.ok) {
      await session.value.quit();
      return err(masked(smtpDeliveryFault(sent.error), mask));
    }
    answer = sent.value;
  }
  await session.value.quit();
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
