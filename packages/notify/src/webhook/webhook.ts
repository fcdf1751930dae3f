import { err, ok } from '@fallover/events';
import { post } from '../http/request.ts';
import { parseHttpUrl, urlFaultSentence } from '../http/url.ts';
import type { Transport } from '../transport.ts';
import { signature, webhookBody } from './body.ts';
import { webhookSettings } from './settings.ts';

export const webhook: Transport<typeof webhookSettings> = {
  kind: 'webhook',
  title: 'Webhook',
  description: 'An HTTP POST with a JSON object to an address of your own, signed if you like.',
  contact: {
    label: 'URL',
    description: 'Where the request goes. Loopback and link-local addresses have to be allowed first.',
    placeholder: 'https://hooks.example.com/fallover',
    required: true,
  },
  settings: webhookSettings,
  recipients(contact) {
    const url = parseHttpUrl(contact.trim());
    if (url.ok) return ok([contact.trim()]);
    return err({ setting: 'contact', code: url.error.code, sentence: urlFaultSentence(url.error) });
  },
  send(message, recipient, settings, context) {
    const body = webhookBody(message, settings.fields);
    const timestamp = Math.floor(Date.now() / 1000);
    const { headerName, headerValue } = settings;
    const headers = {
      'Idempotency-Key': message.dedupe.replace(/[^A-Za-z0-9._-]/g, '-'),
      'X-Fallover-Timestamp': String(timestamp),
      ...(settings.secret === undefined ? {} : { 'X-Fallover-Signature': signature(settings.secret, timestamp, body) }),
      ...(headerName === undefined || headerValue === undefined ? {} : { [headerName]: headerValue }),
    };
    return post({ url: recipient, headers, body, caFile: settings.caFile, secrets: [settings.secret, headerValue] }, context);
  },
};
