import { err, ok, quoted, type Result } from '@fallover/events';
import { type CountryCode, isSupportedCountry, parsePhoneNumberFromString } from 'libphonenumber-js';
import { z } from 'zod';
import { wholeNumber } from '../schema.ts';
import type { SettingsFault } from '../transport.ts';

const NUMBER = /^\+?[0-9]{3,20}#?$/;
/** Digits of an international number: country code and all (E.164). */
const LONGEST_INTERNATIONAL = 15;

/** The settings of every transport that sends SMS. */
export const smsSettings = {
  country: z
    .string()
    .regex(/^[A-Z]{2}$/, 'Two capital letters, such as DE.')
    .refine((code) => isSupportedCountry(code), 'Type the two letters of a country, such as DE.')
    .optional()
    .meta({
      title: 'Country of the numbers',
      description:
        'Two letters. Numbers without + are of this country and become international. Default: they are dialled as they are.',
      placeholder: 'DE',
    }),
  segments: wholeNumber(
    { title: 'Most SMS per message', description: 'A longer text is cut and ends with three dots. Each SMS costs.' },
    1,
    20,
  ).default(6),
};

/** The numbers of a contact: `number#`, several with blanks between them, each of them once. */
export function smsRecipients(contact: string): Result<string[], SettingsFault> {
  const words = [...new Set(contact.trim().split(/\s+/).filter(Boolean))];
  if (words.length === 0) {
    return err({
      setting: 'contact',
      code: 'no_sms_number',
      sentence: 'An SMS needs somebody who gets it. Type a number, such as +4915112345678#.',
    });
  }
  const wrong = words.find((word) => !NUMBER.test(word) || isTooLong(word));
  if (wrong !== undefined) {
    return err({
      setting: 'contact',
      code: 'not_an_sms_number',
      sentence: `${quoted(wrong)} is not the number of a telephone. Type digits with # behind them, such as +4915112345678#; several with blanks between them.`,
    });
  }
  return ok(words);
}

const isTooLong = (word: string): boolean => word.startsWith('+') && word.replace(/\D/g, '').length > LONGEST_INTERNATIONAL;

/** A number as it is dialled: international where that can be known, else as it was typed. */
export function dialledNumber(recipient: string, country: string | undefined): string {
  const typed = recipient.replace(/#$/, '');
  const parsed = parsePhoneNumberFromString(typed, country as CountryCode | undefined);
  return parsed?.isValid() === true ? parsed.number : typed;
}
