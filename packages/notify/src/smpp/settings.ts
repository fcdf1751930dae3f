import { z } from 'zod';
import { caFile, host, port, settingsSchema, wholeNumber, yesOrNo } from '../schema.ts';
import { smsSettings } from '../sms/number.ts';

// the protocol carries these as ASCII up to a zero octet
const ascii = (most: number) =>
  z.string().regex(new RegExp(`^[\\x20-\\x7e]{1,${most}}$`), `At most ${most} letters, digits or signs, no accents.`);

export const smppSettings = settingsSchema({
  server: host({ title: 'Server', description: 'Name or address of the SMPP gateway.', placeholder: 'smpp.example.com' }),
  port: port({ title: 'Port', description: 'Usual: 2775, with TLS 3550.' }).default(2775),
  tls: yesOrNo({ title: 'TLS', description: 'Whether the connection is encrypted from the beginning.' }).default(false),
  caFile: caFile().optional(),
  systemId: ascii(15).meta({ title: 'System id', description: 'Who logs in.', placeholder: 'fallover' }),
  password: ascii(64).optional().meta({ title: 'Password', description: 'Of the system id.', secret: true }),
  systemType: ascii(12).optional().meta({ title: 'System type', description: 'Only if the provider names one.' }),
  source: z
    .string()
    .regex(/^(?:\+?[0-9]{1,15}|[A-Za-z0-9 ._-]{1,11})$/, 'A number, or a name of at most 11 characters.')
    .optional()
    .meta({
      title: 'Source address',
      description: 'Number or name that the SMS comes from. Default: that of the provider.',
      placeholder: 'Fallover',
    }),
  sourceTon: wholeNumber(
    { title: 'Type of the source address (TON)', description: '0 to 6. Default: 1 for a number with +, 5 for a name, else 0.' },
    0,
    6,
  ).optional(),
  sourceNpi: wholeNumber(
    { title: 'Numbering plan of the source address (NPI)', description: '0 to 18. Default: 1 for a number, 0 for a name.' },
    0,
    18,
  ).optional(),
  ...smsSettings,
});
export type SmppSettings = z.output<typeof smppSettings>;
