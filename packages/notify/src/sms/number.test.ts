import { describe, expect, it } from 'vitest';
import { dialledNumber, smsRecipients } from './number.ts';

describe('the contact of an SMS', () => {
  it('is one number or several, each of them once', () => {
    expect(smsRecipients(' +4915112345678#  0171234567# +4915112345678# ')).toEqual({
      ok: true,
      value: ['+4915112345678#', '0171234567#'],
    });
  });

  it.each(['bob@example.com', '12', '+1234567890123456#', '0171#234#', '0171;ATH#', '0171"#', '٣٤٥٦#'])(
    'is not %s',
    (contact) => {
      const recipients = smsRecipients(`0171234567# ${contact}`);
      expect(recipients).toEqual({
        ok: false,
        error: {
          setting: 'contact',
          code: 'not_an_sms_number',
          sentence: `"${contact}" is not the number of a telephone. Type digits with # behind them, such as +4915112345678#; several with blanks between them.`,
        },
      });
    },
  );

  it('is needed', () => {
    expect(smsRecipients(' ')).toEqual({
      ok: false,
      error: {
        setting: 'contact',
        code: 'no_sms_number',
        sentence: 'An SMS needs somebody who gets it. Type a number, such as +4915112345678#.',
      },
    });
  });
});

describe('a number', () => {
  it('becomes international in its country, and stays as it was typed where that is not known', () => {
    expect(dialledNumber('015112345678#', 'DE')).toBe('+4915112345678');
    expect(dialledNumber('015112345678#', undefined)).toBe('015112345678');
    expect(dialledNumber('+4915112345678', undefined)).toBe('+4915112345678');
    expect(dialledNumber('22333#', 'DE')).toBe('22333'); // a short code is no subscriber's number
  });
});
