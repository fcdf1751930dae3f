import fc from 'fast-check';
import { simpleParser } from 'mailparser';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { keptConnections } from '../network/kept-connections.ts';
import { fuzzRounds } from '../test-support/fuzz-rounds.test-support.ts';
import { type MailPeer, mailPeer } from '../test-support/mail-server.test-support.ts';
import { aContext, aMessage } from '../test-support/message.test-support.ts';
import { smtp } from './smtp.ts';

let peer: MailPeer;
const connections = keptConnections();
beforeAll(async () => {
  peer = await mailPeer();
});
afterAll(async () => {
  await connections.close();
  await peer.close();
});

/** What could become protocol: line ends, the dot that ends a mail, commands, headers, parts, encoded words. */
const fragment = fc.oneof(
  fc.constantFrom(
    '\r\n',
    '\n',
    '\r',
    '\n.\n',
    '\r\n.\r\nMAIL FROM:<a@b>\r\n',
    'Bcc: evil@example.com',
    '\r\n\r\n',
    '\u0000',
    '\u001b',
    '\u001a',
  ),
  fc.constantFrom(
    '=?utf-8?Q?x?=',
    '--boundary',
    'From nodea',
    '\u2028',
    '\ufeff',
    '<',
    '>',
    '"',
    ',',
    ';',
    '(',
    '@',
    'ä',
    '🔥',
    '\ud800',
    ' ',
    '\t',
  ),
  fc.string({ unit: 'binary', maxLength: 20 }),
);
const hostile = fc.array(fragment, { minLength: 1, maxLength: 12 }).map((parts) => parts.join(''));
const settings = (port: number) =>
  smtp.settings.parse({ server: '127.0.0.1', port: String(port), sender: 'fallover@example.com' });

describe('e-mail with hostile texts', () => {
  it('arrives as one mail to one recipient with the literal text, and nothing of it is a header', async () => {
    await fc.assert(
      fc.asyncProperty(hostile, hostile, hostile, async (text, subject, other) => {
        peer.taken.length = 0;
        const message = aMessage({ text, subject, event: other, dedupe: other, thread: subject, run: other, cluster: other });
        const sent = await smtp.send(message, 'ops@example.com', settings(peer.port), aContext({ connections }));
        expect(sent).toEqual({ ok: true, value: { answer: '250 Queued as 4711' } });
        expect(peer.taken).toHaveLength(1);
        const [{ from, to, raw } = { from: '', to: [], raw: '' }] = peer.taken;
        expect([from, to]).toEqual(['fallover@example.com', ['ops@example.com']]);
        const head = raw.slice(0, raw.indexOf('\r\n\r\n'));
        const names = head
          .replace(/\r\n[ \t]+/g, ' ')
          .split('\r\n')
          .map((line) => line.split(':')[0]);
        for (const name of names)
          expect([
            ...[
              'Auto-Submitted',
              'X-Fallover-Event',
              'X-Fallover-Moment',
              'X-Fallover-Run',
              'From',
              'To',
              'Subject',
              'Message-ID',
            ],
            ...['In-Reply-To', 'References', 'Content-Transfer-Encoding', 'Date', 'MIME-Version', 'Content-Type'],
          ]).toContain(name);
        expect(new Set(names).size).toBe(names.length);
        const mail = await simpleParser(raw);
        const lines = (body = ''): string => body.toWellFormed().replace(/\r\n?/g, '\n').trimEnd();
        expect(lines(mail.text)).toBe(lines(text));
        expect(mail.attachments).toEqual([]);
      }),
      { numRuns: fuzzRounds(400) },
    );
  });

  it('goes to nobody whose address is none', async () => {
    await fc.assert(
      fc.asyncProperty(hostile, async (text) => {
        const recipients = smtp.recipients(`ops${text}@example.com`);
        for (const recipient of recipients.ok ? recipients.value : [])
          expect(recipient).toMatch(/^[^\s@,;<>"()[\]\\:]+@[A-Za-z0-9.-]+$/);
      }),
      { numRuns: fuzzRounds(1000) },
    );
  });
});
