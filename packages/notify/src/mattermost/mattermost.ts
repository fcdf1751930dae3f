import { asOneLine, capped } from '../conversation.ts';
import { noContact, noRecipients } from '../http/no-contact.ts';
import { post } from '../http/request.ts';
import { pathSecrets, secretHttpUrl } from '../http/url.ts';
import { caFile, settingsSchema } from '../schema.ts';
import type { Message, Transport } from '../transport.ts';

const mattermostSettings = settingsSchema({
  url: secretHttpUrl({
    title: 'Webhook URL',
    description: 'The address of an incoming webhook, as Mattermost gives it for one channel. Whoever knows it can post there.',
    placeholder: 'https://mattermost.example.com/hooks/…',
  }),
  caFile: caFile().optional(),
});

/**
 * All of it is a block of code, which is shown as it is: nothing in it is a mention, a link or formatting. Its fence is longer
 * than any run of backquotes in the text, so that no text can end it.
 */
export function mattermostBody(message: Message): string {
  const said = capped(`${asOneLine(message.subject)}\n${message.text.toWellFormed()}`, 15_000);
  const longest = Math.max(2, ...[...said.matchAll(/`+/g)].map(([run]) => run.length));
  const fence = '`'.repeat(longest + 1);
  const link = message.link === undefined ? '' : `\n${asOneLine(message.link, 2000)}`;
  return JSON.stringify({ text: `${fence}text\n${said}\n${fence}${link}` });
}

export const mattermost: Transport<typeof mattermostSettings> = {
  kind: 'mattermost',
  title: 'Mattermost',
  description: 'A message in one channel, by an incoming webhook of Mattermost.',
  contact: noContact,
  settings: mattermostSettings,
  recipients: noRecipients,
  send: (message, _recipient, { url, caFile }, context) =>
    post({ url, body: mattermostBody(message), caFile, secrets: pathSecrets(url) }, context),
};
