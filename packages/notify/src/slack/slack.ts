import { asOneLine, capped } from '../conversation.ts';
import { noContact, noRecipients } from '../http/no-contact.ts';
import { post } from '../http/request.ts';
import { pathSecrets, secretHttpUrl } from '../http/url.ts';
import { settingsSchema } from '../schema.ts';
import type { Message, Transport } from '../transport.ts';

const slackSettings = settingsSchema({
  url: secretHttpUrl({
    title: 'Webhook URL',
    description: 'The address of an incoming webhook, as Slack gives it for one channel. Whoever knows it can post there.',
    placeholder: 'https://hooks.slack.com/services/…',
  }),
});

/** All of it is plain text: nothing in it is a mention, a link or formatting. What is too long for a block is cut. */
export function slackBody(message: Message): string {
  const subject = asOneLine(message.subject, 150);
  const plain = (text: string) => ({ type: 'plain_text', text, emoji: false });
  return JSON.stringify({
    text: escaped(subject),
    blocks: [
      ...(subject === '' ? [] : [{ type: 'header', text: plain(subject) }]),
      ...[message.text, message.link ?? '']
        .filter((said) => said.trim() !== '')
        .map((said) => ({ type: 'section', text: plain(capped(said.toWellFormed(), 2999)) })),
    ],
  });
}

/** The text beside the blocks is shown by telephones, and `<!channel>` in it would call everybody. */
const escaped = (text: string): string => text.replace(/&/g, '&amp;').replace(/</g, '&lt;').replace(/>/g, '&gt;');

export const slack: Transport<typeof slackSettings> = {
  kind: 'slack',
  title: 'Slack',
  description: 'A message in one channel, by an incoming webhook of Slack.',
  contact: noContact,
  settings: slackSettings,
  recipients: noRecipients,
  send: (message, _recipient, { url }, context) => post({ url, body: slackBody(message), secrets: pathSecrets(url) }, context),
};
