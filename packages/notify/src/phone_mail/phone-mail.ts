import type { z } from 'zod';
import { settingsSchema, wholeNumber } from '../schema.ts';
import { type Mail, mailOf } from '../smtp/mail.ts';
import { mailRecipients } from '../smtp/recipients.ts';
import { sendMails } from '../smtp/send.ts';
import { loginIsWhole, mailServer } from '../smtp/settings.ts';
import type { Message, Transport } from '../transport.ts';
import { PER_PIECE, piecesOf } from './pieces.ts';

const phoneMailSettings = settingsSchema({
  messages: wholeNumber(
    {
      title: 'Messages at most',
      description: 'A longer text is cut into this many messages of 160 characters; what is left is left out.',
      placeholder: '1',
    },
    1,
    10,
  ).default(1),
  ...mailServer,
}).superRefine(loginIsWhole);

/** The text of a message, or where there is none its subject: a telephone shows one of them. */
const textOf = (message: Message): string => (message.text.trim() === '' ? message.subject : message.text);

/** One plain mail for each piece, without a subject, which gateways would put before the text. */
function mailsOf(message: Message, recipient: string, sender: string, most: number): Mail[] {
  const pieces = piecesOf(textOf(message), most);
  return pieces.map((text, index) => {
    const { subject: _, ...mail } = mailOf({ ...message, dedupe: `${message.dedupe}.${index + 1}` }, recipient, sender);
    return { ...mail, text };
  });
}

export const phoneMail: Transport<typeof phoneMailSettings> = {
  kind: 'phone_mail',
  title: 'E-mail to a phone',
  description: 'A short mail to the address by which the provider of a mobile phone makes it an SMS.',
  contact: {
    label: 'Mail addresses of phones',
    description: 'One or more addresses of the gateway of the provider, with blanks between them.',
    placeholder: '491701234567@sms.example.com',
    required: true,
  },
  settings: phoneMailSettings,
  costs: true,
  recipients: mailRecipients,
  send(message, recipient, { messages, ...settings }, context) {
    return sendMails((sender) => mailsOf(message, recipient, sender, messages), settings, context);
  },
  measure(text, { messages }: z.output<typeof phoneMailSettings>) {
    const segments = piecesOf(text, messages).length;
    return { encoding: 'text', characters: [...text].length, segments, perSegment: PER_PIECE };
  },
};
