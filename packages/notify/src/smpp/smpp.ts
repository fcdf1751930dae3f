import { smsRecipients } from '../sms/number.ts';
import { measureSms } from '../sms/segments.ts';
import type { Transport } from '../transport.ts';
import { sendBySmpp } from './send.ts';
import { smppSettings } from './settings.ts';

export const smpp: Transport<typeof smppSettings> = {
  kind: 'smpp',
  title: 'SMS (SMPP gateway)',
  description: 'An SMS to each number, by the SMPP 3.4 gateway of an SMS provider.',
  contact: {
    label: 'Telephone numbers',
    description: 'One or more numbers with blanks between them; a # behind a number may stand.',
    placeholder: '+4915112345678',
    required: true,
  },
  settings: smppSettings,
  costs: true,
  recipients: smsRecipients,
  send: sendBySmpp,
  measure: (text, settings) => measureSms(text, settings.segments),
};
