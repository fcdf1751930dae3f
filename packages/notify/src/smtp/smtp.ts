import type { Transport } from '../transport.ts';
import { mailOf } from './mail.ts';
import { mailRecipients } from './recipients.ts';
import { sendMails } from './send.ts';
import { smtpSettings } from './settings.ts';

export const smtp: Transport<typeof smtpSettings> = {
  kind: 'smtp',
  title: 'E-mail (SMTP)',
  description: 'A mail to each address, by the mail server of the method or the mail relay of the cluster.',
  contact: {
    label: 'Mail addresses',
    description: 'One or more mail addresses with blanks between them.',
    placeholder: 'operator@example.com',
    required: true,
  },
  settings: smtpSettings,
  recipients: mailRecipients,
  send: (message, recipient, settings, context) => sendMails((sender) => [mailOf(message, recipient, sender)], settings, context),
};
