import { err, ok, parseContact, quoted, type Result } from '@fallover/events';
import type { z } from 'zod';
import { deliveryFault } from '../delivery-fault.ts';
import { wake } from '../line/at.ts';
import { dial, hangUp, hayesSettings, initialise } from '../line/hayes.ts';
import { type Line, withLine } from '../line/line.ts';
import { checkLine, sharedLine } from '../line/tty-of.ts';
import { settingsSchema } from '../schema.ts';
import type { Delivery, Message, SendContext, SettingsFault, Transport } from '../transport.ts';
import { pagerDigits, TEXT_NOT_NUMERIC } from './digits.ts';

export const numericPagerSettings = settingsSchema(hayesSettings({ baud: '9600', frame: '8N1' }));
type NumericPagerSettings = z.output<typeof numericPagerSettings>;

/** As long as a pager service needs to notice that no digit follows. */
const LAST_DIGIT = 1_000;

async function page(
  message: Message,
  recipient: string,
  settings: NumericPagerSettings,
  context: SendContext,
): Promise<Delivery> {
  const digits = pagerDigits(message.text);
  if (!digits.ok) return err(deliveryFault(digits.error, TEXT_NOT_NUMERIC, 'give_up'));
  const dialogue = async (line: Line): Promise<Delivery> => {
    await wake(line);
    await initialise(line, settings.init);
    await dial(line, `${recipient}${digits.value}`, settings, 'ok');
    await line.pause(LAST_DIGIT);
    return ok({ answer: `Dialled ${recipient}${digits.value}. A numeric pager does not confirm.` });
  };
  return withLine(settings, context, dialogue, (line) => hangUp(line, false));
}

function recipients(contact: string): Result<string[], SettingsFault> {
  const parsed = parseContact(contact, 'contact');
  if (parsed.ok && parsed.value.transport === 'numeric_pager') return ok([...new Set(parsed.value.recipients)]);
  return err({
    setting: 'contact',
    code: 'not_a_numeric_pager',
    sentence: `${quoted(contact)} is not the number of a numeric pager. Type digits and behind them a comma for each pause until the service listens, such as 5551234,,,,; several with blanks between them.`,
  });
}

export const numericPager: Transport<typeof numericPagerSettings> = {
  kind: 'numeric_pager',
  title: 'Numeric pager (modem)',
  description: 'Dials a pager service by a Hayes-compatible modem on a tty of the node, and then the digits of the message text.',
  contact: {
    label: 'Pager numbers',
    description: 'One or more numbers with commas behind them, each a pause in which the service answers.',
    placeholder: '5551234,,,,',
    required: true,
  },
  settings: numericPagerSettings,
  costs: true,
  verbatim: true,
  recipients,
  checkText: (text) =>
    pagerDigits(text).ok ? undefined : { setting: 'text', code: 'text_not_numeric', sentence: TEXT_NOT_NUMERIC },
  checkNode: checkLine,
  send: page,
  exclusive: sharedLine,
};
