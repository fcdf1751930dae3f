import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { asOneLine, capped, conversation, masking, quotedAnswer } from './conversation.ts';
import { aContext } from './test-support/message.test-support.ts';

describe('the secrets of a conversation', () => {
  it('are masked as they are and in the forms in which they travel', () => {
    const secret = 'p"ss wörd/1';
    const mask = masking([secret, undefined, '']);
    const base64 = Buffer.from(secret).toString('base64');
    for (const form of [secret, encodeURIComponent(secret), JSON.stringify(secret).slice(1, -1), base64])
      expect(mask(`a ${form} b ${form}`)).toBe('a •••• b ••••');
    expect(mask('nothing')).toBe('nothing');
  });

  it('are masked as a whole where one is a part of the other, and not where they are too short to be any', () => {
    expect(masking(['abcd', 'abcdef'])('abcdef abcd')).toBe('•••• ••••');
    expect(masking(['1'])('10:11')).toBe('10:11');
  });
});

describe('the lines of a conversation', () => {
  it('are told one by one, capped and without secrets', () => {
    const context = aContext();
    const { sent, received, note } = conversation(context, masking(['hunter2']));
    sent('USER x\r\nPASS hunter2');
    received(`+${'x'.repeat(5000)}`);
    note('done');
    expect(context.dialogue()).toEqual(['> USER x', '> PASS ••••', `< +${'x'.repeat(1999)}…`, '# done']);
  });
});

describe('a text of others', () => {
  it('is cut between characters', () => {
    expect(capped('abc', 3)).toBe('abc');
    expect(capped('abcd', 3)).toBe('abc…');
    expect(capped('ab🔥🔥', 3)).toBe('ab…');
  });

  it('stands in a sentence on one line, with its control characters visible', () => {
    expect(quotedAnswer(' 550-No\r\n550 \u001b[31m\u0000 ')).toBe('"550-No 550 \\u001b[31m\\u0000"');
    expect(quotedAnswer('x'.repeat(400))).toBe(`"${'x'.repeat(300)}…"`);
  });

  it('is one line for whoever has no more, whatever it is', () => {
    expect(asOneLine(' a\r\nb\u0000\u2028c\u001b ')).toBe('a b c');
    fc.assert(
      fc.property(fc.string({ unit: 'binary', maxLength: 300 }), (text) => {
        const line = asOneLine(text);
        expect(line).not.toMatch(/[\p{Cc}\u2028\u2029]/u);
        expect(line.isWellFormed()).toBe(true);
        expect(line.length).toBeLessThanOrEqual(200);
      }),
    );
  });
});
