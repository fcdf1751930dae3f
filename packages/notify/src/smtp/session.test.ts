import { describe, expect, it } from 'vitest';
import type { MailServer } from './server.ts';
import { mayCarryPassword } from './session.ts';

describe('a connection to a mail server', () => {
  it.each<[boolean, MailServer['security'], string | undefined, boolean]>([
    [true, 'auto', '192.0.2.1', true],
    [true, 'starttls', '2001:db8::1', true],
    [true, 'tls', undefined, true],
    [false, 'auto', '192.0.2.1', false],
    [false, 'auto', '2001:db8::1', false],
    [false, 'auto', '::ffff:192.0.2.1', false],
    [false, 'auto', '10.0.0.1', false],
    [false, 'auto', '1.127.0.1', false],
    [false, 'auto', undefined, false],
    [false, 'auto', '127.0.0.1', true],
    [false, 'auto', '127.8.9.10', true],
    [false, 'auto', '::ffff:127.0.0.1', true],
    [false, 'auto', '::1', true],
    [false, 'none', '192.0.2.1', true],
  ])('that is encrypted: %s, with security %s, to %s, may carry a password: %s', (secure, security, address, may) => {
    expect(mayCarryPassword(secure, security, address)).toBe(may);
  });
});
