import { checkLine, sharedLine } from '../line/tty-of.ts';
import { smsRecipients } from '../sms/number.ts';
import { measureSms } from '../sms/segments.ts';
import type { Transport } from '../transport.ts';
import { sendSms } from './send.ts';
import { gsmSmsSettings } from './settings.ts';

export const gsmSms: Transport<typeof gsmSmsSettings> = {
  kind: 'gsm_sms',
  title: 'SMS (GSM modem)',
  description: 'An SMS to each number, by a GSM modem on a tty of the node. It needs no network.',
  contact: {
    label: 'Telephone numbers',
    description: 'One or more numbers, each with # behind it, with blanks between them.',
    placeholder: '+4915112345678#',
    required: true,
  },
  settings: gsmSmsSettings,
  costs: true,
  recipients: smsRecipients,
  checkNode: checkLine,
  send: sendSms,
  exclusive: sharedLine,
  measure: (text, settings) => measureSms(text, settings.segments),
};
