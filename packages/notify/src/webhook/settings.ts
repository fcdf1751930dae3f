import { quoted } from '@fallover/events';
import { caFile, oneLine, secret, settingsSchema } from '../schema.ts';
import { fieldNames, WEBHOOK_FIELDS } from './body.ts';

/** They say how the request is read, or are made by Fallover. */
const NOT_FREE =
  /^(?:host|connection|content-.*|transfer-encoding|te|trailer|upgrade|expect|proxy-.*|idempotency-key|x-fallover-.*)$/i;

export const webhookSettings = settingsSchema({
  fields: oneLine({
    title: 'Fields',
    description: `Names of the fields of the JSON object, with commas between them. Default: all of ${WEBHOOK_FIELDS.join(', ')}.`,
    placeholder: 'event,severity,text',
  })
    .superRefine((text, context) => {
      const names = fieldNames(text);
      const unknown = names.find((name) => !(WEBHOOK_FIELDS as readonly string[]).includes(name));
      if (unknown !== undefined || names.length === 0) {
        const message = `${quoted(unknown ?? text)} is no field. The fields are ${WEBHOOK_FIELDS.join(', ')}.`;
        context.addIssue({ code: 'custom', message });
      }
    })
    .optional(),
  headerName: oneLine({
    title: 'Header',
    description: 'Name of one more header of the request, such as the one that lets it in.',
    placeholder: 'Authorization',
  })
    .regex(/^[A-Za-z0-9!#$%&'*+.^_`|~-]{1,100}$/, 'Type the name of a header: letters, digits and hyphens.')
    .refine((name) => !NOT_FREE.test(name), 'Fallover makes this header itself. Type another one.')
    .optional(),
  headerValue: secret({ title: 'Value of the header', description: 'What that header says.' })
    .regex(/^[\x21-\x7e](?:[\x20-\x7e]*[\x21-\x7e])?$/, 'Type letters, digits and signs of ASCII, without blanks at the ends.')
    .optional(),
  secret: secret({
    title: 'Secret of the signature',
    description:
      'With it the receiver can check who sent the request and that nobody repeats it later: X-Fallover-Signature is "sha256=" and the hexadecimal HMAC-SHA256, by this secret, of X-Fallover-Timestamp (seconds since 1970), a dot, and the body as received. Default: no signature.',
  })
    .min(16, 'Type at least 16 characters, so that nobody guesses it.')
    .optional(),
  caFile: caFile().optional(),
}).superRefine(({ headerName, headerValue }, context) => {
  if ((headerName === undefined) === (headerValue === undefined)) return;
  const missing = headerName === undefined ? 'headerName' : 'headerValue';
  context.addIssue({ code: 'custom', path: [missing], message: 'A header has a name and a value. Type both or none.' });
});
