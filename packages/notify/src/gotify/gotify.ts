import { asOneLine, capped } from '../conversation.ts';
import { noContact, noRecipients } from '../http/no-contact.ts';
import { post } from '../http/request.ts';
import { httpUrl, under } from '../http/url.ts';
import { caFile, secret, settingsSchema } from '../schema.ts';
import type { Message, Transport } from '../transport.ts';

const gotifySettings = settingsSchema({
  server: httpUrl({
    title: 'Server',
    description: 'The address of the Gotify server.',
    placeholder: 'https://gotify.example.com',
  }),
  token: secret({
    title: 'Token',
    description: 'Of the application that Fallover is on that server.',
  }).regex(/^[\x21-\x7e]+$/, 'Type the token as the server shows it, without blanks.'),
  caFile: caFile().optional(),
});

const PRIORITY = { info: 2, warning: 5, error: 8, critical: 10 } as const;

export function gotifyBody(message: Message): string {
  return JSON.stringify({
    title: asOneLine(message.subject),
    message: capped(message.text.toWellFormed(), 10_000),
    priority: PRIORITY[message.severity],
    extras: {
      'client::display': { contentType: 'text/plain' },
      ...(message.link === undefined ? {} : { 'client::notification': { click: { url: message.link } } }),
    },
  });
}

export const gotify: Transport<typeof gotifySettings> = {
  kind: 'gotify',
  title: 'Gotify',
  description: 'A push message by a Gotify server of your own.',
  contact: noContact,
  settings: gotifySettings,
  recipients: noRecipients,
  send: (message, _recipient, { server, token, caFile }, context) =>
    post(
      {
        url: under(server, '/message'),
        headers: { 'X-Gotify-Key': token },
        body: gotifyBody(message),
        caFile,
        secrets: [token],
      },
      context,
    ),
};
