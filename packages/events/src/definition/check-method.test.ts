import { describe, expect, it } from 'vitest';
import { checkEntry } from './check-entry.ts';
import type { Entry, EntryFields } from './types.ts';

const AMONG: Entry[] = [
  { class: 'node', name: 'nodea', fields: {} },
  { class: 'notification_method', name: 'page', fields: {} },
];
const COMPLETE: EntryFields['notification_method'] = {
  contact: { cluster: 'anna@example.com bert@example.com' },
  methodEvents: { cluster: ['node_down', 'start_server'] },
};

const check = (fields: EntryFields['notification_method'], name = 'mail') =>
  checkEntry({ class: 'notification_method', name, fields: { ...COMPLETE, ...fields } }, AMONG, ['nodea']);
const faults = (fields: EntryFields['notification_method'], name?: string) =>
  check(fields, name).faults.map(({ code, field, ...facts }) => [code, field, 'text' in facts ? facts.text : '']);

describe('a remote notification method', () => {
  it('is accepted with a contact that is understood, and every field as it is meant', () => {
    const all: EntryFields['notification_method'] = {
      remark: { cluster: 'Who is on call' },
      settings: { cluster: ['server=mail.example.com', 'port=25', 'sender@nodea=a%20b'] },
      methodNodes: { cluster: ['nodea'] },
      when: { cluster: ['start', 'success', 'failure', 'warning'] },
      severity: { cluster: 'critical' },
      methodText: { cluster: '%e of %o on %n at %d, 100%%' },
      methodFile: { cluster: '/etc/ha/node down.msg' },
      retryCounter: { cluster: 0 },
      timeout: { cluster: 3_600 },
      holdTime: { cluster: 0 },
      hourlyLimit: { cluster: 0 },
      escalateTo: { cluster: ['page'] },
      escalateAfter: { cluster: ['1', '99999'] },
      proveWithin: { cluster: 0 },
      selfTest: { cluster: true },
    };
    expect(check(all)).toEqual({ faults: [], warnings: [] });
  });

  it('needs a contact that is understood, unless a notification type is chosen', () => {
    expect(faults({ contact: { cluster: '' } })).toEqual([['value_missing', 'contact', '']]);
    expect(faults({ contact: {} })).toEqual([['value_missing', 'contact', '']]);
    expect(faults({ contact: { cluster: 'anna' } })).toEqual([['contact_not_understood', 'contact', 'anna']]);
    expect(faults({ contact: { cluster: 'anna' }, transport: { cluster: 'command' } })).toEqual([]);
    expect(faults({ contact: {}, transport: { cluster: 'syslog' } })).toEqual([]);
    expect(faults({ contact: { cluster: 'anna' }, transport: { cluster: '' } })).toEqual([
      ['contact_not_understood', 'contact', 'anna'],
    ]);
  });

  it('is refused with a control character in its contact, whatever its type', () => {
    const contact = { cluster: 'anna\r\nBcc: all@example.com' };
    expect(faults({ contact, transport: { cluster: 'command' } })).toEqual([['not_plain_text', 'contact', contact.cluster]]);
  });

  it.each<[EntryFields['notification_method'], string[]]>([
    [{ transport: { cluster: 'pigeon' } }, ['not_one_of', 'transport', 'pigeon']],
    [{ severity: { cluster: 'loud' } }, ['not_one_of', 'severity', 'loud']],
    [{ when: { cluster: ['failure', 'later'] } }, ['not_one_of', 'when', 'later']],
    [{ when: { cluster: ['failure', 'start', 'failure'] } }, ['listed_twice', 'when', 'failure']],
    [{ methodEvents: { cluster: ['node_don'] } }, ['unknown_event', 'methodEvents', 'node_don']],
    [{ methodNodes: { cluster: ['node a'] } }, ['not_a_name', 'methodNodes', 'node a']],
    [{ escalateTo: { cluster: ['page', 'mail'] } }, ['escalates_to_itself', 'escalateTo', 'mail']],
    [{ escalateAfter: { cluster: ['60', '0'] } }, ['not_a_duration', 'escalateAfter', '0']],
    [{ escalateAfter: { cluster: ['100000'] } }, ['not_a_duration', 'escalateAfter', '100000']],
    [{ escalateAfter: { cluster: ['1e3'] } }, ['not_a_duration', 'escalateAfter', '1e3']],
    [{ settings: { cluster: ['port'] } }, ['not_a_setting', 'settings', 'port']],
    [{ settings: { cluster: ['init=ATZ%0d'] } }, ['not_plain_text', 'settings', 'ATZ\r']],
    [{ methodText: { cluster: '100%' } }, ['not_a_substitution', 'methodText', '%']],
    [{ methodFile: { cluster: 'text' } }, ['not_a_full_pathname', 'methodFile', 'text']],
    [{ retryCounter: { cluster: 101 } }, ['out_of_range', 'retryCounter', '101']],
    [{ retryCounter: { cluster: 1.5 } }, ['not_a_whole_number', 'retryCounter', '1.5']],
    [{ timeout: { cluster: 0 } }, ['out_of_range', 'timeout', '0']],
    [{ holdTime: { cluster: 3_601 } }, ['out_of_range', 'holdTime', '3601']],
    [{ hourlyLimit: { cluster: -1 } }, ['out_of_range', 'hourlyLimit', '-1']],
    [{ proveWithin: { cluster: 366 } }, ['out_of_range', 'proveWithin', '366']],
    [{ timeout: { nodes: { nodea: 5 } } }, ['same_on_every_node', 'timeout', 'nodea']],
  ])('is refused with %j', (fields, fault) => {
    expect(faults(fields)).toEqual([fault]);
  });

  it('is refused with a name that is none', () => {
    expect(faults({}, '-mail')).toEqual([['not_a_name', 'name', '-mail']]);
  });

  it('is warned about when it names a node or a method that is not there', () => {
    const { warnings } = check({ methodNodes: { cluster: ['nodeb'] }, escalateTo: { cluster: ['pages'] } });
    expect(warnings).toMatchObject([
      { code: 'not_defined_yet', field: 'methodNodes', text: 'nodeb' },
      { code: 'not_defined_yet', field: 'escalateTo', text: 'pages', what: 'remote notification method', suggestion: 'page' },
    ]);
  });
});

describe('what holds for all remote notification methods', () => {
  const ofCluster = (fields: EntryFields['cluster']) =>
    checkEntry({ class: 'cluster', name: 'payroll', fields }, AMONG, ['nodea']).faults.map((fault) => fault.code);

  it.each([
    'smtp://mail.example.com',
    'smtp://mail.example.com:25',
    'smtps://192.0.2.1:465',
    'smtp://[2001:db8::25]:25',
    'smtp://[::ffff:192.0.2.1]',
    'smtp://localhost:65535',
  ])('takes the mail relay %s', (mailRelay) => {
    expect(ofCluster({ mailRelay: { cluster: mailRelay } })).toEqual([]);
  });

  it.each([
    'mail.example.com',
    'smtp://',
    'smtp://user:secret@mail.example.com',
    'smtp://mail.example.com:25/',
    'smtp://mail.example.com:',
    'smtp://mail.example.com:0',
    'smtp://mail.example.com:65536',
    'smtp://mail.example.com:99999',
    'smtp://mail example.com',
    'smtp://2001:db8::25',
    'smtp://[:::]',
    'smtp://[mail]',
    'https://mail.example.com',
    'smtp://mail.example.com\r\nRCPT TO:<x>',
  ])('takes no mail relay %j', (mailRelay) => {
    expect(ofCluster({ mailRelay: { cluster: mailRelay } })).toEqual(['not_a_mail_relay']);
  });

  it.each(['https://ha.example.com', 'https://ha.example.com:8443/', 'http://[2001:db8::1]:8080', 'https://ha/fallover/'])(
    'takes the address of the console %s',
    (consoleUrl) => {
      expect(ofCluster({ consoleUrl: { cluster: consoleUrl } })).toEqual([]);
    },
  );

  it.each([
    'ha.example.com',
    'ftp://ha',
    'javascript:alert(1)',
    'https://',
    'https://anna:secret@ha/',
    'https://ha/?a=1',
    'https://ha/#a',
    'https://ha/a b',
    'https://ha/\u001b[2J',
    'https://h\u0000a/',
  ])('takes no address of the console %j', (consoleUrl) => {
    expect(ofCluster({ consoleUrl: { cluster: consoleUrl } })).toEqual(['not_a_url']);
  });

  it.each([
    'hooks.example.com',
    'hooks.example.com:8443',
    '192.0.2.1',
    '192.0.2.1:80',
    '10.0.0.0/8',
    '0.0.0.0/0',
    '2001:db8::1',
    '[2001:db8::1]',
    '[2001:db8::1]:8080',
    '2001:db8::/32',
    '[2001:db8::]/32',
    '::1',
    '::/0',
    '::ffff:192.0.2.1',
  ])('takes the allowed target %s', (target) => {
    expect(ofCluster({ allowedTargets: { cluster: [target] } })).toEqual([]);
  });

  it.each([
    '',
    ':',
    ':::',
    '[::1',
    '::1]',
    '10.0.0.0/33',
    '10.0.0.0/',
    '10.0.0.0/8/8',
    '10.0.0.0/a',
    '300.0.0.1',
    '10.0.0/8',
    '2001:db8::/129',
    'example.com/24',
    'example.com:0',
    'example.com:65536',
    'example.com:http',
    '10.0.0.0/8:80',
    '[example.com]',
    'http://example.com',
    'example.com/path',
    '*.example.com',
    '-example.com',
    'a b',
  ])('takes no allowed target %j', (target) => {
    expect(ofCluster({ allowedTargets: { cluster: ['example.com', target] } })).toEqual(['not_a_target']);
  });
});
