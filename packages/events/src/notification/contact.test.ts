import * as fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { isMailAddress, parseContact } from './contact.ts';

const read = (text: string): string => {
  const parsed = parseContact(text, 'contact');
  return parsed.ok ? [parsed.value.transport, ...parsed.value.recipients].join(' ') : 'not understood';
};

describe('Number to Dial or Cell Phone Address', () => {
  it.each([
    ['anna@example.com', 'smtp anna@example.com'],
    ['  anna@example.com\tbert@localhost ', 'smtp anna@example.com bert@localhost'],
    ["o'neil+ha@mail.example.com", "smtp o'neil+ha@mail.example.com"],
    ['5551234#', 'gsm_sms 5551234#'],
    ['+4917012345# 018012#', 'gsm_sms +4917012345# 018012#'],
    ['5551234,,,,', 'numeric_pager 5551234,,,,'],
    ['9,5551234,,,,', 'numeric_pager 9,5551234,,,,'],
    ['5551234,,12#', 'numeric_pager 5551234,,12#'],
    ['18007654321;2119999', 'tap_pager 18007654321;2119999'],
    ['9,18007654321;2119999', 'tap_pager 9,18007654321;2119999'],
    ['https://hooks.example.com/ha?team=ops', 'webhook https://hooks.example.com/ha?team=ops'],
    ['http://[fd00::1]:8080/', 'webhook http://[fd00::1]:8080/'],
  ])('takes %j for %j', (text, expected) => {
    expect(read(text)).toBe(expected);
  });

  it.each([
    '',
    '   ',
    'anna',
    '5551234',
    'anna@',
    '@example.com',
    'anna@-example.com',
    'anna@example.com.',
    'anna@example.com,bert@example.com',
    'anna@example.com 5551234#',
    '"Anna" <anna@example.com>',
    '12#',
    '123456789012345678901#',
    '555;1234;99',
    '555;',
    'ftp://example.com/',
    'javascript:alert(1)',
    'https://example.com/ https://example.org/',
    'https://',
  ])('does not understand %j', (text) => {
    expect(read(text)).toBe('not understood');
  });

  it('says which field has the text, and gives it back as it was typed', () => {
    expect(parseContact(' anna ', 'contact')).toEqual({
      ok: false,
      error: { code: 'contact_not_understood', field: 'contact', text: ' anna ' },
    });
  });

  it.each([
    'anna@example.com\r\nBcc: all@example.com',
    'anna\u0000@example.com',
    'anna\u001b[2J@example.com',
    'anna\u202e@example.com',
    'anna\ud800@example.com',
    '5551234\r\nATH0#',
    '5551234#\u0000',
    '5551234,,\u001a',
    'https://example.com/\u0000',
    'https://example.com/\u001b[2J',
    'https://exa\u202emple.com/',
  ])('understands nothing with a control or an invisible character in it: %j', (text) => {
    expect(read(text)).toBe('not understood');
  });

  const anyText = fc.array(fc.nat(0xffff), { maxLength: 30 }).map((units) => String.fromCharCode(...units));
  const HOSTILE = [
    ...['@', '#', ',', ';', ' ', '\r', '\n', '\0', '\u001b', '\u001a', '\u0085', '\u2028', '\u202e', '\ud800', '"', '<', '>'],
    ...['+', '*', '1', '234', 'anna', 'example.com', 'https://', '%', '/', 'AT', '\u00e9', '\u{1f4df}'],
  ];
  const hostile = fc.array(fc.constantFrom(...HOSTILE), { maxLength: 12 }).map((parts) => parts.join(''));

  it('lets nothing through that would end a line or a field, whatever is typed', () => {
    fc.assert(
      fc.property(fc.oneof(hostile, anyText), (text) => {
        const parsed = parseContact(text, 'contact');
        if (!parsed.ok) {
          expect(parsed.error.text).toBe(text);
          return;
        }
        expect(parsed.value.recipients.length).toBeGreaterThan(0);
        const isLine = ['gsm_sms', 'numeric_pager', 'tap_pager'].includes(parsed.value.transport);
        const harmless = isLine ? /^\+?[0-9*#,;]+$/ : /^[^\s\p{C}]+$/u;
        expect(parsed.value.recipients.filter((recipient) => !harmless.test(recipient))).toEqual([]);
        // Read again from its own words, it is the same.
        expect(parseContact(parsed.value.recipients.join(' '), 'contact')).toEqual(parsed);
      }),
      { numRuns: 500 },
    );
  });

  it('is read in no time, however long the text is', () => {
    for (const part of ['a', 'a@', '1,', '1;', 'a.', '-', '1#', ' ']) {
      expect(read(`${part.repeat(50_000)}!`)).toBe('not understood');
    }
  }, 2_000);

  it('has e-mail addresses that everything else that asks for one takes as well', () => {
    expect(isMailAddress('fallover@node1.example.com')).toBe(true);
    expect(isMailAddress('fallover@node1 ')).toBe(false);
    expect(isMailAddress('a@b c@d')).toBe(false);
  });
});
