import { describe, expect, it } from 'vitest';
import { z } from 'zod';
import { filePathname, host, oneLine, port, secret, settingsSchema, yesOrNo } from './schema.ts';
import { TRANSPORTS } from './transports.ts';

const words = { title: 'Setting', description: 'What it is.' };
const schema = settingsSchema({
  text: oneLine(words).optional(),
  token: secret(words).optional(),
  server: host(words).optional(),
  port: port(words).default(25),
  loud: yesOrNo(words).default(false),
  file: filePathname(words).optional(),
});
const faults = (settings: Record<string, string>): string[] =>
  schema.safeParse(settings).error?.issues.map(({ message }) => message) ?? [];

describe('the settings of a transport', () => {
  it('are decoded from texts', () => {
    expect(schema.parse({ port: '2525', loud: 'true', server: 'mail.example.com.' })).toEqual({
      port: 2525,
      loud: true,
      server: 'mail.example.com.',
    });
    expect(schema.parse({})).toEqual({ port: 25, loud: false });
  });

  it('are refused in sentences', () => {
    for (const text of ['a\r\nb', 'a\u0000', '\u001a', '\u001b[A', 'a\u2028b', 'a\u0085b'])
      for (const name of ['text', 'token'])
        expect(faults({ [name]: text })).toEqual(['Leave out line ends and other control characters.']);
    expect(faults({ text: '' })).toEqual(['Type something, or leave the setting out.']);
    expect(faults({ text: 'x'.repeat(1025) })).toEqual(['Type at most 1,024 characters.']);
    for (const text of ['a b', 'a:25', 'http://a', '', '-a', 'a..b', 'a/b', 'ü', 'a\r\n'])
      expect(faults({ server: text })).toEqual(['Type the name of a host, or its address: no port, no blanks.']);
    for (const text of ['0', '65536', '-1', '1.5', 'x', ''])
      expect(faults({ port: text })).toEqual(['Type a whole number from 1 to 65535.']);
    for (const text of ['yes', '1', '']) expect(faults({ loud: text })).toEqual(['Type true or false.']);
    for (const text of ['a', '/a/../b', '/a\n'])
      expect(faults({ file: text })).toEqual(['Type a full pathname, such as /etc/ssl/certs/ca.pem.']);
    expect(schema.safeParse({ nothing: '1' }).success).toBe(false);
  });
});

describe('each transport', () => {
  it.each(TRANSPORTS.map((transport) => [transport.kind, transport] as const))(
    '%s has a form with words for every setting',
    (_, transport) => {
      for (const io of ['input', 'output'] as const) {
        const { properties = {}, additionalProperties } = z.toJSONSchema(transport.settings, { io });
        expect(additionalProperties).toBe(false);
        for (const [name, setting] of Object.entries(properties)) {
          expect(name).toMatch(/^[a-z][A-Za-z0-9]{0,39}$/);
          expect(setting).toMatchObject({ title: expect.stringMatching(/\S/), description: expect.stringMatching(/\.$/) });
          if (/password|token|secret|routingKey|headerValue/i.test(name)) expect(setting).toMatchObject({ secret: true });
        }
      }
      expect(transport.contact.label).not.toBe('');
      if (transport.contact.required) expect(transport.recipients('').ok).toBe(false);
      else expect(transport.recipients('')).toEqual({ ok: true, value: [''] });
    },
  );

  it('has a kind of its own', () => {
    const kinds = TRANSPORTS.map(({ kind }) => kind);
    expect(new Set(kinds).size).toBe(kinds.length);
  });
});
