import { err, ok, type Result } from '@fallover/events';

const DIGITS = /^[0-9*#\- ]{1,40}$/;

/** What a numeric pager can show of a text: the digits to dial. Hyphens and blanks are for whoever reads the text. */
export function pagerDigits(text: string): Result<string, 'text_not_numeric'> {
  const digits = text.trim().replace(/[- ]/g, '');
  return DIGITS.test(text.trim()) && digits !== '' ? ok(digits) : err('text_not_numeric');
}

export const TEXT_NOT_NUMERIC =
  'A numeric pager shows digits only, and the message text has something else or is empty. Type digits, *, #, - and blanks, at most 40, such as 911.';
