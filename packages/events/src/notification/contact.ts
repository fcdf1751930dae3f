import { err, ok, type Result } from '../result.ts';
import type { NotificationTransport } from './transports.ts';

/** What *Number to Dial or Cell Phone Address* says, and how it is reached (DOMAIN.md section 7). */
export interface Contact {
  transport: NotificationTransport;
  recipients: string[];
}

export type ContactFault = { code: 'contact_not_understood'; field: string; text: string };

/** A control character, or one that nobody sees: none gets into a line of a protocol, a log or a screen. */
const INVISIBLE = /\p{C}/u;
const MAIL_ADDRESS = /^[^\s@,;<>"()[\]\\:]{1,64}@[A-Za-z0-9](?:[A-Za-z0-9.-]{0,251}[A-Za-z0-9])?$/;
const HTTP_URL = /^https?:\/\/\S+$/;
const SMS_NUMBER = /^\+?[0-9]{3,20}#$/;
/** The commas behind the number are pauses in which the pager service answers; before it can be what gets an outside line. */
const NUMERIC_PAGER = /^\+?(?:[0-9]{1,3},{1,3})?[0-9*#]{3,30},+[0-9*#,]*$/;
const PAGER = /^(\+?[0-9,*#]{3,40});([0-9]{1,20})$/;

/**
 * Reads HACMP's grammar: `user@host` (several, blank-separated) is e-mail, `number#` an SMS by a GSM modem, `number` with
 * trailing commas a numeric pager, `provider;pager` an alphanumeric pager, a URL a webhook.
 */
export function parseContact(text: string, field: string): Result<Contact, ContactFault> {
  const words = text.trim().split(/\s+/).filter(Boolean);
  const isClean = words.length > 0 && !words.some((word) => INVISIBLE.test(word));
  const all = (pattern: RegExp): boolean => isClean && words.every((word) => pattern.test(word));
  const contact = (transport: NotificationTransport): Result<Contact, ContactFault> => ok({ transport, recipients: words });
  if (all(MAIL_ADDRESS)) return contact('smtp');
  if (all(SMS_NUMBER)) return contact('gsm_sms');
  if (all(NUMERIC_PAGER)) return contact('numeric_pager');
  if (all(PAGER)) return contact('tap_pager');
  if (words.length === 1 && all(HTTP_URL)) return contact('webhook');
  return err({ code: 'contact_not_understood', field, text });
}

export const isMailAddress = (text: string): boolean => MAIL_ADDRESS.test(text) && !INVISIBLE.test(text);
