import { asOneLine, capped } from '../conversation.ts';
import { noContact, noRecipients } from '../http/no-contact.ts';
import { post } from '../http/request.ts';
import { httpUrl, under } from '../http/url.ts';
import { caFile, secret, settingsSchema } from '../schema.ts';
import type { Message, Transport } from '../transport.ts';

const pagerdutySettings = settingsSchema({
  routingKey: secret({
    title: 'Integration key',
    description: 'Of an integration "Events API v2" of the service in PagerDuty: 32 letters and digits.',
  }).regex(/^[A-Za-z0-9]{32}$/, 'Type the integration key: 32 letters and digits.'),
  server: httpUrl({
    title: 'Server',
    description: 'Default: that of the United States; https://events.eu.pagerduty.com is that of Europe.',
    placeholder: 'https://events.pagerduty.com',
  }).default('https://events.pagerduty.com'),
  caFile: caFile().optional(),
});

/**
 * An alert of the run; the success of the same run resolves it, which does nothing where there was none. Repeats and later
 * messages of a run are the same alert, as they have the same key.
 */
export function pagerdutyBody(message: Message, routingKey: string): string {
  const { event, args, moment, severity, cluster, node, at, run, drill, dedupe } = message;
  const key = { routing_key: routingKey, dedup_key: `${cluster}/${message.thread}`.slice(0, 255) };
  if (moment === 'success') return JSON.stringify({ ...key, event_action: 'resolve' });
  return JSON.stringify({
    ...key,
    event_action: 'trigger',
    client: `Fallover on ${cluster}`,
    ...(message.link === undefined ? {} : { client_url: message.link, links: [{ href: message.link, text: 'Run' }] }),
    payload: {
      summary: asOneLine(message.subject, 1024),
      source: node,
      severity,
      timestamp: at,
      group: cluster,
      class: event,
      custom_details: { text: capped(message.text.toWellFormed(), 10_000), event, args, run: run ?? null, moment, drill, dedupe },
    },
  });
}

export const pagerduty: Transport<typeof pagerdutySettings> = {
  kind: 'pagerduty',
  title: 'PagerDuty',
  description: 'An alert for whoever is on call, resolved by the success of the same run if success is among the moments.',
  contact: noContact,
  settings: pagerdutySettings,
  recipients: noRecipients,
  send: (message, _recipient, { server, routingKey, caFile }, context) =>
    post({ url: under(server, '/v2/enqueue'), body: pagerdutyBody(message, routingKey), caFile, secrets: [routingKey] }, context),
};
