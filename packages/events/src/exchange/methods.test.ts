import { describe, expect, it } from 'vitest';
import type { Entry } from '../definition/types.ts';
import { writeSetting } from '../notification/settings.ts';
import { exchangeSentence } from '../wording/exchange.ts';
import { documentOf, textOf } from './documents.test-support.ts';
import { readConfiguration } from './read-configuration.ts';
import type { ExportFormat } from './types.ts';
import { writeConfiguration } from './write-configuration.ts';

const ENTRIES: Entry[] = [
  {
    class: 'cluster',
    name: 'prod',
    fields: {
      mailRelay: { cluster: 'smtp://mail.example.com:25' },
      consoleUrl: { cluster: 'https://ha.example.com' },
      allowedTargets: { cluster: ['10.0.0.0/8', 'chat:8065'] },
    },
  },
  {
    class: 'notification_method',
    name: 'boss',
    fields: {
      contact: { cluster: '5551234#' },
      methodNodes: { cluster: ['nodea', 'nodeb'] },
      methodFile: { cluster: '/etc/page' },
    },
  },
  {
    class: 'notification_method',
    name: 'chat',
    fields: { transport: { cluster: 'ntfy' }, contact: { cluster: '5551234' } },
  },
  {
    class: 'notification_method',
    name: 'oncall',
    fields: {
      remark: { cluster: 'On call' },
      contact: { cluster: 'anna@example.com root@localhost' },
      settings: { cluster: ['from=HA%20"$x"%25', "footer=it's", 'prefix=-', 'password=sealed:v1:a+b/c='] },
      methodEvents: { cluster: ['node_down', 'event_error'] },
      when: { cluster: ['failure'] },
      methodText: { cluster: '%e on %n' },
      timeout: { cluster: 30 },
      escalateTo: { cluster: ['boss'] },
      escalateAfter: { cluster: ['300', '600'] },
      selfTest: { cluster: true },
    },
  },
];

const written = (format: ExportFormat): string => writeConfiguration(format, documentOf(ENTRIES), textOf);
const lines = (format: ExportFormat): string[] => written(format).split(/\r?\n/);

describe('remote notification in a file', () => {
  it('as CSV, a value a row', () => {
    expect(lines('csv').slice(1, -1)).toEqual([
      'cluster,prod,MAILRELAY,,smtp://mail.example.com:25',
      'cluster,prod,CONSOLEURL,,https://ha.example.com',
      'cluster,prod,ALLOWEDTARGETS,,10.0.0.0/8 chat:8065',
      'notification_method,boss,CONTACT,,5551234#',
      'notification_method,boss,NODES,,nodea nodeb',
      'notification_method,boss,FILE,,/etc/page',
      'notification_method,chat,TRANSPORT,,ntfy',
      'notification_method,chat,CONTACT,,5551234',
      'notification_method,oncall,DESCRIPTION,,On call',
      'notification_method,oncall,CONTACT,,anna@example.com root@localhost',
      'notification_method,oncall,SETTINGS,,"from=HA%20""$x""%25 footer=it\'s prefix=- password=sealed:v1:a+b/c="',
      'notification_method,oncall,EVENTS,,node_down event_error',
      'notification_method,oncall,WHEN,,failure',
      'notification_method,oncall,TEXT,,%e on %n',
      'notification_method,oncall,TIMEOUT,,30',
      'notification_method,oncall,ESCALATETO,,boss',
      'notification_method,oncall,ESCALATEAFTER,,300 600',
      'notification_method,oncall,SELFTEST,,true',
    ]);
  });

  it('as lines of fallover, with the server before those who use it', () => {
    expect(lines('fallover').slice(3, -1)).toEqual([
      "fallover modify cluster MAILRELAY=smtp://mail.example.com:25 CONSOLEURL=https://ha.example.com ALLOWEDTARGETS='10.0.0.0/8 chat:8065'",
      "fallover add method boss CONTACT='5551234#' NODES='nodea nodeb' FILE=/etc/page",
      'fallover add method chat TRANSPORT=ntfy CONTACT=5551234',
      "fallover add method oncall DESCRIPTION='On call' CONTACT='anna@example.com root@localhost' SETTINGS='from=HA%20\"$x\"%25 footer=it'\\''s prefix=%2D password=sealed:v1:a+b/c=' EVENTS='node_down event_error' WHEN=failure TEXT='%e on %n' TIMEOUT=30 ESCALATETO=boss ESCALATEAFTER='300 600' SELFTEST=true",
    ]);
  });

  it('as lines of clmgr: a way that HACMP does not have is a comment, for HACMP would dial its contact', () => {
    expect(lines('clmgr').slice(3, -1)).toEqual([
      '# Not of clmgr: cluster prod: MAILRELAY=smtp://mail.example.com:25',
      '# Not of clmgr: cluster prod: CONSOLEURL=https://ha.example.com',
      "# Not of clmgr: cluster prod: ALLOWEDTARGETS='10.0.0.0/8 chat:8065'",
      "clmgr add method boss TYPE=notify CONTACT='5551234#' NODES='nodea nodeb' FILE=/etc/page",
      '# Not of clmgr: remote notification method chat',
      '# Not of clmgr: remote notification method chat: TRANSPORT=ntfy',
      '# Not of clmgr: remote notification method chat: CONTACT=5551234',
      "clmgr add method oncall TYPE=notify CONTACT='anna@example.com root@localhost' EVENTS='node_down event_error' TIMEOUT=30",
      "# Not of clmgr: remote notification method oncall: DESCRIPTION='On call'",
      "# Not of clmgr: remote notification method oncall: SETTINGS='from=HA%20\"$x\"%25 footer=it'\\''s prefix=- password=sealed:v1:a+b/c='",
      '# Not of clmgr: remote notification method oncall: WHEN=failure',
      "# Not of clmgr: remote notification method oncall: TEXT='%e on %n'",
      '# Not of clmgr: remote notification method oncall: ESCALATETO=boss',
      "# Not of clmgr: remote notification method oncall: ESCALATEAFTER='300 600'",
      '# Not of clmgr: remote notification method oncall: SELFTEST=true',
    ]);
  });

  it('is none in ODM stanzas and on the worksheet', () => {
    expect(written('odm')).toBe('');
    expect(lines('worksheet')).toHaveLength(2);
  });

  it.each(['json', 'csv'] as const)('is read back from %s value by value', (format) => {
    const file = readConfiguration(written(format));
    const values = file.ok
      ? file.value.entries.map(({ class: entryClass, name, values: given }) => ({
          class: entryClass,
          name,
          fields: Object.fromEntries(given.map(({ field, value }) => [field, { cluster: value }])),
        }))
      : file.error.map(exchangeSentence);
    expect(values).toEqual(ENTRIES);
  });

  it('names the line of what cannot be', () => {
    const rows = [
      'Class,Name,Field,Value',
      'notification_method,m,RETRY,often',
      'notification_method,m,NODES,nodea /etc',
      'cluster,prod,MAIL,x',
    ];
    const file = readConfiguration(rows.join('\n'));
    expect(file.ok ? [] : file.error.map(exchangeSentence)).toEqual([
      'Line 2: remote notification method "m": Retry Counter: "often" is not a whole number.',
      'Line 3: remote notification method "m": Nodename(s): "/etc" is not a name. A name has 1 to 64 letters, digits, dots, underscores and hyphens, and begins with a letter or a digit.',
      'Line 4: "MAIL" is not a field of a cluster. The fields are: DAILY_VERIFICATION VERIFICATION_HOUR VERIFICATION_NODE MAILRELAY CONSOLEURL ALLOWEDTARGETS FENCE_COMMAND',
    ]);
  });

  it('with a list of settings that is longer than any other value is read back from CSV', () => {
    const settings = Array.from({ length: 100 }, (_, index) => writeSetting({ name: `s${index}`, value: 'x'.repeat(1024) }));
    const entries: Entry[] = [{ class: 'notification_method', name: 'm', fields: { settings: { cluster: settings } } }];
    const file = readConfiguration(writeConfiguration('csv', documentOf(entries), textOf));
    expect(file.ok && file.value.entries[0]?.values[0]?.value).toEqual(settings);
    const tooLong = readConfiguration(`Class,Name,Field,Value\nnotification_method,m,SETTINGS,s=${'x'.repeat(262_143)}`);
    expect(tooLong.ok ? [] : tooLong.error.map(exchangeSentence)).toEqual([
      'Line 2: Settings has 262145 characters. Give 262144 at most.',
    ]);
  });
});
