import { err, ok, parseContact, quoted, type Result } from '@fallover/events';
import { z } from 'zod';
import { wake } from '../line/at.ts';
import { dial, hangUp, hayesSettings, initialise } from '../line/hayes.ts';
import { type Line, withLine } from '../line/line.ts';
import { checkLine, sharedLine } from '../line/tty-of.ts';
import { settingsSchema, wholeNumber } from '../schema.ts';
import type { Delivery, Message, SendContext, SettingsFault, Transport } from '../transport.ts';
import { tapBlocks, tapText } from './blocks.ts';
import { pageOverTap } from './session.ts';

export const tapPagerSettings = settingsSchema({
  ...hayesSettings({ baud: '1200', frame: '7E1' }),
  password: z
    .string()
    .regex(/^[\x21-\x7e]{1,6}$/, 'At most 6 letters, digits or signs, without blanks.')
    .optional()
    .meta({
      title: 'Password',
      description: 'Of the paging terminal, if the provider asks for one: at most 6 characters.',
      secret: true,
    }),
  longest: wholeNumber(
    {
      title: 'Longest message',
      description: 'Characters that the pager can show. A longer text is cut and ends with three dots.',
    },
    10,
    1_000,
  ).default(240),
});
type TapPagerSettings = z.output<typeof tapPagerSettings>;

async function page(message: Message, recipient: string, settings: TapPagerSettings, context: SendContext): Promise<Delivery> {
  const [provider = '', pager = ''] = recipient.split(';');
  const { text, isCut } = tapText(message.text.trim() === '' ? message.subject : message.text, settings.longest);
  let isInCall = false;
  const dialogue = async (line: Line): Promise<Delivery> => {
    if (isCut) line.note(`The text was longer than ${settings.longest} characters and is cut.`);
    await wake(line);
    await initialise(line, settings.init);
    await dial(line, provider, settings, 'connected');
    isInCall = true;
    return ok({ answer: await pageOverTap(line, provider, settings.password, tapBlocks(pager, text)) });
  };
  return withLine(settings, context, dialogue, (line) => hangUp(line, isInCall));
}

function recipients(contact: string): Result<string[], SettingsFault> {
  const parsed = parseContact(contact, 'contact');
  if (parsed.ok && parsed.value.transport === 'tap_pager') return ok([...new Set(parsed.value.recipients)]);
  return err({
    setting: 'contact',
    code: 'not_an_alphanumeric_pager',
    sentence: `${quoted(contact)} is not an alphanumeric pager. Type the number of the provider's paging terminal, a semicolon and the number of the pager, such as 5551234;888; several with blanks between them.`,
  });
}

export const tapPager: Transport<typeof tapPagerSettings> = {
  kind: 'tap_pager',
  title: 'Alphanumeric pager (TAP, modem)',
  description:
    'The text on an alphanumeric pager, by a Hayes-compatible modem on a tty of the node that calls the paging terminal of the provider (TAP 1.8).',
  contact: {
    label: 'Provider and pager',
    description: 'Number of the paging terminal, a semicolon and the number of the pager; several with blanks between them.',
    placeholder: '5551234;888',
    required: true,
  },
  settings: tapPagerSettings,
  costs: true,
  recipients,
  checkNode: checkLine,
  send: page,
  exclusive: sharedLine,
};
