import { describe, expect, it } from 'vitest';
import { mailServerOf } from './server.ts';
import { smtpSettings } from './settings.ts';

const server = (settings: Record<string, string>, relay?: string): string => {
  const found = mailServerOf(smtpSettings.parse(settings), relay);
  return found.ok ? `${found.value.host} ${found.value.port} ${found.value.security}` : found.error.code;
};

describe('the mail server of a method', () => {
  it('is the one it names, at the usual port of its security', () => {
    expect(server({ server: 'mail' })).toBe('mail 25 auto');
    expect(server({ server: 'mail', security: 'tls' })).toBe('mail 465 tls');
    expect(server({ server: 'mail', user: 'x', password: 'y' })).toBe('mail 587 auto');
    expect(server({ server: '::1', port: '2525' }, 'smtp://relay')).toBe('::1 2525 auto');
  });

  it('is otherwise the mail relay of the cluster', () => {
    expect(server({}, 'smtp://relay')).toBe('relay 25 auto');
    expect(server({}, 'smtp://relay.example.com:2525/')).toBe('relay.example.com 2525 auto');
    expect(server({}, 'smtps://[2001:db8::1]')).toBe('2001:db8::1 465 tls');
    expect(server({ security: 'none' }, 'smtp://relay')).toBe('relay 25 none');
    expect(server({ security: 'none' }, 'smtps://relay')).toBe('relay 465 tls');
    expect(server({ security: 'tls' }, 'smtp://relay')).toBe('relay 25 starttls');
  });

  it.each([
    ['relay'],
    ['http://relay'],
    ['smtp://'],
    ['smtp://relay:0'],
    ['smtp://relay:99999'],
    ['smtp://u:p@relay'],
    ['smtp://a b'],
  ])('cannot be %s', (relay) => expect(server({}, relay)).toBe('mail_relay_not_understood'));

  it('has a user with a password, or none', () => {
    const refused = (settings: Record<string, string>) =>
      smtpSettings.safeParse(settings).error?.issues.map(({ path, message }) => `${path.join()}: ${message}`);
    expect(refused({ server: 'mail', user: 'x' })).toEqual(['password: A user goes with a password. Type both or none.']);
    expect(refused({ server: 'mail', password: 'x' })).toEqual(['user: A user goes with a password. Type both or none.']);
    expect(mailServerOf({ security: 'auto', server: 'mail', user: 'x' }, undefined)).toEqual({
      ok: false,
      error: { code: 'user_without_password' },
    });
    expect(server({})).toBe('no_mail_server');
  });
});
