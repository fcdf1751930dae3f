import { type NotificationTransport, parseSetting } from '@fallover/events';
import { describe, expect, it } from 'vitest';
import { sealedInput, sealedSettings, withoutSecrets } from './seal.ts';
import { isSealed, secretsOf } from './secrets.ts';

const secrets = secretsOf(new Uint8Array(32).fill(7));
const clearOf = (text: string | undefined): string => {
  const parsed = parseSetting(text ?? '', 'settings');
  return parsed.ok ? parsed.value.value : '';
};

describe('the settings as they are kept', () => {
  it.each<[NotificationTransport, string[], string[]]>([
    ['smtp', ['server=mail', 'user=ha', 'password=correct%20horse'], ['password']],
    ['phone_mail', ['password@nodea=horse', 'server=mail'], ['password@nodea']],
    ['webhook', ['secret=0123456789abcdef', 'headerName=Authorization', 'headerValue=Bearer%20x'], ['secret', 'headerValue']],
    ['slack', ['url=https://hooks.example.com/services/x'], ['url']],
  ])('of %s have each secret sealed and all else as it is', (kind, list, names) => {
    const kept = sealedSettings(list, secrets, kind);
    for (const [index, text] of list.entries()) {
      const isSecret = names.includes(text.slice(0, text.indexOf('=')));
      if (!isSecret) expect(kept[index]).toBe(text);
      else {
        expect(isSealed(clearOf(kept[index]))).toBe(true);
        expect(secrets.open(text.replace(/[@=].*/, ''), clearOf(kept[index]))).toBe(clearOf(text));
      }
    }
    expect(sealedSettings(kept, secrets, kind)).toEqual(kept);
  });

  it('of a transport that is not known have sealed what is a secret of any', () => {
    const kept = sealedSettings(['password=horse', 'secret=x', 'url=https://a', 'server=mail'], secrets);
    expect(kept.map((text) => isSealed(clearOf(text)))).toEqual([true, true, true, false]);
  });

  it('of a transport have sealed what is a secret of another one: it is refused, but it is not told', () => {
    const kept = sealedSettings(['server=mail', 'token=horse', 'routingKey=0123', 'user=ha'], secrets, 'smtp');
    expect(kept.map((text) => isSealed(clearOf(text)))).toEqual([false, true, true, false]);
  });

  it('leave a secret out that is empty: nothing is to be hidden', () => {
    expect(sealedSettings(['password='], secrets, 'smtp')).toEqual(['password=']);
  });

  it('stay refused when they are not understood, and do not have the secret in clear', () => {
    const kept = sealedSettings(['password=50%off', 'nonsense', 'server=100%'], secrets, 'smtp');
    expect(kept).toEqual(['password=%••••', 'nonsense', 'server=100%']);
    expect(kept.map((text) => parseSetting(text, 'settings').ok)).toEqual([false, false, false]);
  });
});

describe('the input of an endpoint', () => {
  const fields = { contact: { cluster: 'anna@example.com' }, settings: { cluster: ['server=mail', 'password=horse'] } };
  const parts = (body: unknown, parameters: unknown = { class: 'notification_method', name: 'mail' }) => ({
    parameters,
    query: undefined,
    body,
  });

  it.each<[string, unknown]>([
    ['changeEntry', { fields, revision: 3 }],
    ['testNotification', { method: { name: 'mail', fields }, event: 'node_down' }],
    ['previewNotification', { method: { name: 'mail', fields } }],
  ])('%s has no secret of a method in clear, and all else of it as it is', (endpoint, body) => {
    const sealed = sealedInput(endpoint, parts(body), secrets);
    const text = JSON.stringify(sealed);
    expect(text).not.toContain('horse');
    expect(text.replace(/sealed:v1:[A-Za-z0-9_-]+/, 'horse')).toBe(JSON.stringify(parts(body)));
  });

  it('is left alone where it is not about a method, or is no list of settings', () => {
    const other = parts({ fields }, { class: 'node', name: 'nodea' });
    expect(sealedInput('changeEntry', other, secrets)).toBe(other);
    expect(sealedInput('readEntry', parts({ fields }), secrets)).toEqual(parts({ fields }));
    for (const body of [undefined, null, 'text', {}, { fields: {} }, { fields: { settings: { cluster: 'x' } } }])
      expect(sealedInput('changeEntry', parts(body), secrets)).toEqual(parts(body));
    const odd = { fields: { contact: { cluster: 3 }, settings: { cluster: ['password=horse', 4] } } };
    expect(sealedInput('changeEntry', parts(odd), secrets)).toEqual(parts(odd));
  });

  it('is sealed as well when its contact cannot be read', () => {
    const odd = { fields: { contact: { cluster: 3 }, settings: { cluster: ['password=horse'] } } };
    expect(JSON.stringify(sealedInput('changeEntry', parts(odd), secrets))).not.toContain('horse');
  });
});

describe('a text for a log', () => {
  it.each([
    ['password=horse server=mail', 'password=•••• server=mail'],
    ['password@nodea=horse\nserver=mail', 'password@nodea=••••\nserver=mail'],
    ['{"settings":["password=horse","server=mail"]}', '{"settings":["password=••••'],
    ['"settings": [\n  "password=horse",\n  "server=mail"\n]', '"settings": [\n  "password=••••\n  "server=mail"\n]'],
    ['"text":"\\"password=horse\\",\\n  \\"server=mail\\""', '"text":"\\"password=••••\\n  \\"server=mail\\""'],
    ['mail,SETTINGS,,"password=horse user=ha"\r\nmail', 'mail,SETTINGS,,"password=•••• user=ha"\r\nmail'],
    ['no secret=', 'no secret='],
    ['mypassword=horse', 'mypassword=horse'],
  ])('of %j is %j', (text, shown) => {
    expect(withoutSecrets(text)).toBe(shown);
  });

  it.each([
    'a"horse',
    "a'horse",
    'a,horse',
    'a;horse',
    'a\\horse',
    'a=horse',
    'a@horse',
    'a}horse',
    'sealed:horse',
    'sealed:v1:!horse',
  ])('has nothing of a secret with quotes and separators in it: %j', (secret) => {
    const csv = `mail,SETTINGS,,"${`password=${secret}`.replaceAll('"', '""')} user=ha"\r\n`;
    for (const text of [`password=${secret}`, JSON.stringify([`password=${secret}`]), csv, JSON.stringify({ text: csv })])
      expect(withoutSecrets(text)).not.toContain('horse');
    expect(withoutSecrets(JSON.stringify({ text: JSON.stringify({ settings: [`password=${secret}`] }) }))).not.toContain('horse');
  });

  it('still has what is sealed', () => {
    const sealed = `password=${secrets.seal('password', 'horse')}`;
    for (const text of [sealed, `${sealed} user=ha`, JSON.stringify([sealed]), JSON.stringify({ text: `"${sealed}"\r\n` })])
      expect(withoutSecrets(text)).toBe(text);
  });
});
