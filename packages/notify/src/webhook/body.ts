import { createHmac } from 'node:crypto';
import type { Message } from '../transport.ts';

/** What a webhook can be told; `null` where a message has no such thing. */
export const WEBHOOK_FIELDS = [
  'cluster',
  'node',
  'event',
  'args',
  'run',
  'moment',
  'severity',
  'subject',
  'text',
  'at',
  'drill',
  'link',
  'dedupe',
  'thread',
] as const satisfies readonly (keyof Message)[];

export const fieldNames = (text: string): string[] =>
  text
    .split(',')
    .map((name) => name.trim())
    .filter(Boolean);

/** The JSON object of a message, its fields in their order; all of them where none are chosen. */
export function webhookBody(message: Message, fields: string | undefined): string {
  const chosen = fields === undefined ? undefined : fieldNames(fields);
  const entries = WEBHOOK_FIELDS.filter((name) => chosen === undefined || chosen.includes(name));
  return JSON.stringify(Object.fromEntries(entries.map((name) => [name, message[name] ?? null])));
}

/** The timestamp is signed too, so that a receiver can refuse what is old. */
export const signature = (secret: string, timestamp: number, body: string): string =>
  `sha256=${createHmac('sha256', secret).update(`${timestamp}.${body}`).digest('hex')}`;
