import { z } from 'zod';
import { lineSettings } from '../line/settings.ts';
import { settingsSchema } from '../schema.ts';
import { smsSettings } from '../sms/number.ts';

export const gsmSmsSettings = settingsSchema({
  ...lineSettings({ baud: '115200', frame: '8N1' }),
  pin: z
    .string()
    .regex(/^[0-9]{4,8}$/, 'A PIN has 4 to 8 digits.')
    .optional()
    .meta({
      title: 'PIN',
      description: 'Of the SIM card, if it has one. A PIN that was wrong is not tried again until this value is another one.',
      secret: true,
      perNode: true,
    }),
  serviceCentre: z
    .string()
    .regex(/^\+?[0-9]{3,15}$/, 'Digits, with + where it is international, such as +491710760000.')
    .optional()
    .meta({
      title: 'Service centre',
      description: 'Number of the SMS service centre. Default: what the SIM card has.',
      placeholder: '+491710760000',
      perNode: true,
    }),
  ...smsSettings,
});
export type GsmSmsSettings = z.output<typeof gsmSmsSettings>;
