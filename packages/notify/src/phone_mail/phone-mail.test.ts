import fc from 'fast-check';
import { simpleParser } from 'mailparser';
import { afterEach, describe, expect, it } from 'vitest';
import { type MailPeer, mailPeer } from '../test-support/mail-server.test-support.ts';
import { aContext, aMessage } from '../test-support/message.test-support.ts';
import { phoneMail } from './phone-mail.ts';
import { piecesOf } from './pieces.ts';

let peer: MailPeer | undefined;
afterEach(() => peer?.close());

describe('e-mail to a phone', () => {
  it('is short mails without a subject, in their order', async () => {
    peer = await mailPeer();
    const settings = phoneMail.settings.parse({ server: '127.0.0.1', port: String(peer.port), messages: '3' });
    const text = `node_down ${'of a node '.repeat(20)}\nend`;
    const sent = await phoneMail.send(aMessage({ text }), '4917@sms.example.com', settings, aContext());
    expect(sent).toEqual({ ok: true, value: { answer: '250 Queued as 4711' } });
    const mails = await Promise.all(peer.taken.map(({ raw }) => simpleParser(raw)));
    expect(mails.map((mail) => mail.subject)).toEqual([undefined, undefined]);
    expect(mails.map((mail) => mail.text?.trim())).toEqual(piecesOf(text, 3));
    expect(mails.map((mail) => mail.messageId)).toEqual([
      '<01990000.failure.ops.1.1@clusterx.fallover>',
      '<01990000.failure.ops.1.2@clusterx.fallover>',
    ]);
    expect(peer.connections()).toBe(1);
  });

  it('has the subject where there is no text', async () => {
    peer = await mailPeer();
    const settings = phoneMail.settings.parse({ server: '127.0.0.1', port: String(peer.port) });
    await phoneMail.send(aMessage({ text: ' ' }), '4917@sms.example.com', settings, aContext());
    expect((await simpleParser(peer.taken[0]?.raw ?? '')).text).toBe('node_down nodea: failure\n');
  });

  it('is measured before it is sent', () => {
    const measured = (text: string, messages = '1') => phoneMail.measure?.(text, phoneMail.settings.parse({ messages }));
    expect(measured('short')).toEqual({ encoding: 'text', characters: 5, segments: 1, perSegment: 160 });
    expect(measured('🔥'.repeat(200), '4')).toEqual({ encoding: 'text', characters: 200, segments: 2, perSegment: 160 });
    expect(measured('x'.repeat(2000), '4')?.segments).toBe(4);
    expect(phoneMail.settings.safeParse({ messages: '11' }).error?.issues[0]?.message).toBe('Type a whole number from 1 to 10.');
  });
});

describe('the pieces of a text', () => {
  it('are one where it fits, and end between words', () => {
    expect(piecesOf('a\r\n b\tc ', 1)).toEqual(['a b c']);
    expect(piecesOf('x'.repeat(160), 1)).toEqual(['x'.repeat(160)]);
    expect(piecesOf('x'.repeat(161), 1)).toEqual([`${'x'.repeat(157)}...`]);
    expect(piecesOf(`${'x'.repeat(150)} ${'y'.repeat(20)}`, 2)).toEqual([`1/2 ${'x'.repeat(150)}`, `2/2 ${'y'.repeat(20)}`]);
    expect(piecesOf('x'.repeat(400), 2)).toEqual([`1/2 ${'x'.repeat(156)}`, `2/2 ${'x'.repeat(153)}...`]);
  });

  it('are never too long nor too many, and lose nothing that they have room for', () => {
    const words = fc.array(fc.string({ unit: 'grapheme', maxLength: 80 }), { maxLength: 60 }).map((list) => list.join(' '));
    fc.assert(
      fc.property(words, fc.integer({ min: 1, max: 10 }), (text, most) => {
        const pieces = piecesOf(text, most);
        expect(pieces.length).toBeLessThanOrEqual(most);
        for (const piece of pieces) expect([...piece].length).toBeLessThanOrEqual(160);
        const plain = text
          .toWellFormed()
          .replace(/[\s\p{Cc}]+/gu, ' ')
          .trim();
        const said = pieces.map((piece) => (pieces.length === 1 ? piece : piece.replace(/^\d+\/\d+ /, ''))).join(' ');
        const without = (string: string): string => string.replace(/ /g, '');
        if (pieces.at(-1)?.endsWith('...')) expect(without(plain).startsWith(without(said).slice(0, -3))).toBe(true);
        else expect(without(said)).toBe(without(plain));
      }),
    );
  });
});
