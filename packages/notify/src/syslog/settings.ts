import { z } from 'zod';
import { caFile, host, port, settingsSchema } from '../schema.ts';

/** In the order of their numbers (RFC 5424). */
export const FACILITIES = [
  ...(['kern', 'user', 'mail', 'daemon', 'auth', 'syslog', 'lpr', 'news', 'uucp', 'cron', 'authpriv', 'ftp'] as const),
  ...([
    'ntp',
    'audit',
    'alert',
    'clock',
    'local0',
    'local1',
    'local2',
    'local3',
    'local4',
    'local5',
    'local6',
    'local7',
  ] as const),
] as const;

export const syslogSettings = settingsSchema({
  server: host({ title: 'Server', description: 'Name or address of the syslog server.', placeholder: 'log.example.com' }),
  port: port({ title: 'Port', description: 'Default: 514, with TLS 6514.', placeholder: '514' }).optional(),
  protocol: z.enum(['udp', 'tcp', 'tls']).default('udp').meta({
    title: 'Protocol',
    description:
      'udp: one packet, which can get lost. tcp, tls: each message with its length before it (octet counting, RFC 6587).',
  }),
  facility: z.enum(FACILITIES).default('daemon').meta({
    title: 'Facility',
    description: 'What the server sorts messages by.',
  }),
  caFile: caFile().optional(),
});
