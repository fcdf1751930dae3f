import { err, ok, quoted } from '@fallover/events';
import { asOneLine } from '../conversation.ts';
import { post } from '../http/request.ts';
import { httpUrl, under } from '../http/url.ts';
import { caFile, secret, settingsSchema } from '../schema.ts';
import type { Message, Transport } from '../transport.ts';

const ntfySettings = settingsSchema({
  server: httpUrl({
    title: 'Server',
    description: 'The address of the ntfy server.',
    placeholder: 'https://ntfy.example.com',
  }).default('https://ntfy.sh'),
  token: secret({
    title: 'Access token',
    description: 'For a topic that not everybody may publish to. Default: nobody logs in.',
  })
    .regex(/^[\x21-\x7e]+$/, 'Type the token as the server shows it, without blanks.')
    .optional(),
  caFile: caFile().optional(),
});

const PRIORITY = { info: 2, warning: 3, error: 4, critical: 5 } as const;
/** A longer one would arrive as an attachment. */
const MOST_BYTES = 4000;

/** It is JSON rather than headers, so that no text can become a header. */
export function ntfyBody(message: Message, topic: string): string {
  return JSON.stringify({
    topic,
    title: asOneLine(message.subject),
    message: cutToBytes(message.text.toWellFormed(), MOST_BYTES),
    priority: PRIORITY[message.severity],
    tags: [message.severity, asOneLine(message.event)],
    ...(message.link === undefined ? {} : { click: message.link }),
  });
}

function cutToBytes(text: string, most: number): string {
  const bytes = Buffer.from(text);
  if (bytes.length <= most) return text;
  // a character that is cut in two becomes a replacement for one, which is left out
  return `${bytes
    .subarray(0, most - 3)
    .toString()
    .replace(/\ufffd$/, '')}…`;
}

export const ntfy: Transport<typeof ntfySettings> = {
  kind: 'ntfy',
  title: 'ntfy',
  description: 'A push message to the telephones that follow a topic of an ntfy server.',
  contact: {
    label: 'Topics',
    description: 'One or more topics with blanks between them. Where no token is needed, whoever knows a topic can read it.',
    placeholder: 'clusterx-alerts',
    required: true,
  },
  settings: ntfySettings,
  recipients(contact) {
    const topics = contact.split(/\s+/).filter(Boolean);
    const wrong = topics.find((topic) => !/^[A-Za-z0-9_-]{1,64}$/.test(topic));
    if (wrong === undefined && topics.length > 0) return ok([...new Set(topics)]);
    const sentence = `${quoted(wrong ?? contact)} is not a topic. A topic has 1 to 64 letters, digits, hyphens and underscores.`;
    return err({ setting: 'contact', code: 'not_a_topic', sentence });
  },
  send: (message, topic, { server, token, caFile }, context) =>
    post(
      {
        url: under(server, '/'),
        headers: token === undefined ? {} : { Authorization: `Bearer ${token}` },
        body: ntfyBody(message, topic),
        caFile,
        secrets: [token],
      },
      context,
    ),
};
