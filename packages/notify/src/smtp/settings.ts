import { isMailAddress } from '@fallover/events';
import { z } from 'zod';
import { caFile, host, oneLine, port, secret, settingsSchema } from '../schema.ts';

const SECURITIES = ['auto', 'starttls', 'tls', 'none'] as const;

/** Which mail server, and how: for e-mail and for e-mail to a phone. */
export const mailServer = {
  server: host({
    title: 'Server',
    description: 'Name or address of the mail server. Default: the mail relay of the cluster (MAILRELAY).',
    placeholder: 'mail.example.com',
  }).optional(),
  port: port({
    title: 'Port',
    description: 'Default: 465 with TLS, 587 with a user, else 25.',
    placeholder: '25',
  }).optional(),
  security: z.enum(SECURITIES).default('auto').meta({
    title: 'Security',
    description:
      'auto: encrypted when the server offers it (STARTTLS), and always with a user. starttls: encrypted or not at all. tls: encrypted from the beginning. none: never encrypted, a password neither.',
  }),
  user: oneLine({
    title: 'User',
    description: 'For a server that asks who sends. Default: nobody logs in.',
    placeholder: 'fallover',
  }).optional(),
  password: secret({ title: 'Password', description: 'Of the user.' }).optional(),
  sender: z
    .string()
    .refine(isMailAddress, 'Type one mail address, such as fallover@example.com.')
    .meta({
      title: 'Sender',
      description: 'Mail address that the message comes from. Default: fallover at the host name of the node.',
      placeholder: 'fallover@example.com',
    })
    .optional(),
  caFile: caFile().optional(),
};

/** A user goes with a password. */
export const loginIsWhole = (
  { user, password }: { user?: string | undefined; password?: string | undefined },
  context: z.RefinementCtx,
): void => {
  if ((user === undefined) === (password === undefined)) return;
  const missing = user === undefined ? 'user' : 'password';
  context.addIssue({ code: 'custom', path: [missing], message: 'A user goes with a password. Type both or none.' });
};

export const smtpSettings = settingsSchema(mailServer).superRefine(loginIsWhole);
export type MailServerSettings = z.output<typeof smtpSettings>;
