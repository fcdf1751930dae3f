import { type EffectiveMethod, effectiveMethod, inputSentence, NOTIFICATION_TRANSPORTS } from '@fallover/events';
import { describe, expect, it } from 'vitest';
import { isPaid, isVerbatim, readMethod } from './method-settings.ts';
import { secretsOf } from './secrets.ts';

const secrets = secretsOf(new Uint8Array(32).fill(7));
const others = secretsOf(new Uint8Array(32).fill(8));

const method = (transport: string, settings: string[] = [], more: Partial<EffectiveMethod> = {}): EffectiveMethod => ({
  ...effectiveMethod('mail', {
    transport: { cluster: transport },
    contact: { cluster: 'anna@example.com' },
    settings: { cluster: settings },
  }),
  ...more,
});
const refused = (of: EffectiveMethod, node = 'nodea'): string[] => {
  const ready = readMethod(of, node, secrets);
  return ready.ok ? [] : ready.error.map((fault) => `${fault.field} | ${inputSentence(fault)}`);
};

describe('what a method sends with', () => {
  it('is its transport with the settings of the node, secrets opened, and the recipients', () => {
    const settings = ['server=mail', 'port=2525', 'port@nodeb=26', 'user=ha', `password=${secrets.seal('password', 'horse')}`];
    const ready = readMethod(method('smtp', settings), 'nodea', secrets);
    expect(ready.ok && { ...ready.value, transport: ready.value.transport.kind }).toEqual({
      transport: 'smtp',
      settings: { server: 'mail', port: 2525, security: 'auto', user: 'ha', password: 'horse' },
      recipients: ['anna@example.com'],
      secrets: ['horse'],
    });
    const there = readMethod(method('smtp', settings), 'nodeb', secrets);
    expect(there.ok && there.value.settings.port).toBe(26);
  });

  it('hides a secret also where it was typed and not sealed yet', () => {
    const ready = readMethod(method('smtp', ['user=ha', 'password=horse']), 'nodea', secrets);
    expect(ready.ok && ready.value.secrets).toEqual(['horse']);
  });

  it('takes an empty setting for one that is not given', () => {
    expect(refused(method('smtp', ['port=', 'user=']))).toEqual([]);
  });
});

describe('a method that cannot be used', () => {
  it('has no transport', () => {
    const { transport: _, ...none } = method('smtp', [], { contact: 'anna' });
    expect(readMethod(none, 'nodea', secrets)).toEqual({
      ok: false,
      error: [{ code: 'contact_not_understood', field: 'contact', text: 'anna' }],
    });
  });

  it('has a setting that its transport refuses, does not know or misses: all are told at once', () => {
    expect(refused(method('smtp', ['port=0', 'colour=red', 'security=some'], { contact: 'anna' }))).toEqual([
      'settings.port | Port: Type a whole number from 1 to 65535.',
      expect.stringMatching(/^settings\.security \| Security: /),
      'settings.colour | E-mail (SMTP) has no setting colour. Its settings are: server, port, security, user, password, sender, caFile.',
      expect.stringMatching(/^contact \| .*anna/),
    ]);
    expect(refused(method('slack', [], { contact: '' }))).toEqual(['settings.url | Webhook URL is missing. Slack needs it.']);
  });

  it.each(['constructor', 'toString', 'valueOf', 'hasOwnProperty'])(
    'has no setting %s either, although every object has',
    (name) => {
      expect(refused(method('smtp', [`${name}=x`]))).toEqual([expect.stringContaining(`E-mail (SMTP) has no setting ${name}. `)]);
    },
  );

  it('has a secret that was sealed by another cluster, or for another setting, and does not show it', () => {
    const sentence = 'settings.password | Password was sealed by another cluster, or for another setting. Type it again.';
    expect(refused(method('smtp', ['user=ha', `password=${others.seal('password', 'horse')}`]))).toEqual([sentence]);
    expect(refused(method('smtp', ['user=ha', `password=${secrets.seal('secret', 'horse')}`]))).toEqual([sentence]);
    expect(refused(method('slack', [`url=${others.seal('url', 'https://hooks.example.com/x')}`], { contact: '' }))).toEqual([
      'settings.url | Webhook URL was sealed by another cluster, or for another setting. Type it again.',
    ]);
  });

  it('is a numeric pager without a text: it has no words of its own', () => {
    const pager = method('numeric_pager', ['tty=/dev/ttyS0'], { contact: '5551234,,,,' });
    expect(refused(pager)).toEqual(['methodText | Message Text is missing. Fill it in.']);
    expect(refused({ ...pager, text: '911' })).toEqual([]);
    expect(refused({ ...pager, file: '/etc/ha/digits' })).toEqual([]);
  });
});

describe('the transports', () => {
  it('say which of them cost by the message, and to which nothing can be added', () => {
    expect(NOTIFICATION_TRANSPORTS.filter(isPaid)).toEqual(['phone_mail', 'gsm_sms', 'numeric_pager', 'tap_pager', 'smpp']);
    expect(NOTIFICATION_TRANSPORTS.filter(isVerbatim)).toEqual(['numeric_pager']);
  });
});
