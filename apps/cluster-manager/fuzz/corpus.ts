import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { type DefinitionDocument, type Entry, PREDEFINED_EVENTS, writeConfiguration } from '@fallover/events';

/** A draft to read into: with values of every kind, and some that only one node has. */
export const DRAFT: DefinitionDocument = {
  format: 1,
  cluster: 'prod',
  entries: [
    {
      class: 'custom_event',
      name: 'tell',
      fields: { description: { cluster: '=1+1; "é"' }, script: { cluster: '/bin/true', nodes: { nodeb: '/bin/sh' } } },
    },
    {
      class: 'event',
      name: 'node_up',
      fields: {
        preEventCommand: { cluster: ['tell'] },
        recoveryCounter: { nodes: { nodea: 2 } },
        failOnPrePost: { cluster: true },
      },
    },
    { class: 'network', name: 'net1', fields: { networkType: { cluster: 'ether' } } },
    { class: 'interface', name: 'label1', fields: { onNode: { cluster: 'nodea' }, onNetwork: { cluster: 'net1' } } },
    { class: 'cluster', name: 'prod', fields: { verificationHour: { cluster: 3 } } },
    { class: 'script', name: 'mend', fields: { content: { cluster: '0'.repeat(64) } } },
  ],
};

/** Like what odmget prints of a cluster that was never customised, and of one that was. */
const odmget = PREDEFINED_EVENTS.map(
  ({ name }, index) =>
    `\nHACMPevent:\n        name = "${name}"\n        desc = "Script run on ${name}."\n        setno = 101\n        msgno = ${index}\n        catalog = "events.cat"\n        cmd = "/usr/es/sbin/cluster/events/${name}"\n        notify = ""\n        pre = "${index % 3 === 0 ? 'tell' : ''}"\n        post = ""\n        recv = "${index % 5 === 0 ? '/usr/local/bin/mend' : ''}"\n        count = ${index % 5 === 0 ? 1 : 0}\n        event_duration = 0\n`,
).join('');

const many: Entry[] = Array.from({ length: 400 }, (_, index) => ({
  class: 'custom_event',
  name: `event_${index}`,
  fields: {
    description: { cluster: `Number ${index}, "quoted"` },
    script: { cluster: `/usr/local/bin/event-${index}`, nodes: { nodea: '/bin/true' } },
  },
}));

const SCRIPT = '#!/bin/sh\nset -e\n\techo "it\'s"\nexit 0\n';
const EXAMPLE = readFileSync(join(import.meta.dirname, '../../../examples/configuration.json'), 'utf8');

/** The files that are mutated: what each format is written as, and what comes from elsewhere. */
export const CORPUS: readonly string[] = [
  ...(['json', 'csv', 'worksheet', 'odm'] as const).flatMap((format) => [
    writeConfiguration(format, DRAFT, () => SCRIPT),
    writeConfiguration(format, { ...DRAFT, entries: many }, () => SCRIPT),
  ]),
  EXAMPLE,
  odmget,
  'sep=;\r\nClass;Name;Field;Node;Value\r\nevent;node_up;Notify Command;nodea;/bin/true\r\n',
  'HACMPcustom:\n\ttype = "event"\n\tname = "look"\n\tvalue = "/bin/true"\n\nHACMPude:\n\tname = "low"\n',
];

/** Of almost 1 MiB: as many entries as somebody may have, each said in full. */
export const LARGE: readonly string[] = (['json', 'csv', 'worksheet', 'odm'] as const).map((format) => {
  const entries = Array.from(
    { length: 10_000 },
    (_, index) => ({ ...(many[index % many.length] as Entry), name: `event_${index}` }) as Entry,
  );
  const length = writeConfiguration(format, { ...DRAFT, entries: entries.slice(0, 100) }, () => SCRIPT).length / 100;
  return writeConfiguration(
    format,
    { ...DRAFT, entries: entries.slice(0, Math.floor((1024 * 1024) / length) - 200) },
    () => SCRIPT,
  );
});

/** What tends to go wrong, put in anywhere. */
export const TOKENS: readonly string[] = [
  '"',
  '""',
  "'",
  '\\',
  '\\"',
  '\\x',
  '\\777',
  '\n',
  '\r',
  '\r\n',
  '\u0000',
  '\ufeff',
  '\ud800',
  '🙂',
  ',',
  ';',
  '\t',
  ':',
  '=',
  '= "',
  '{',
  '}',
  '[',
  ']',
  '{"__proto__": {"cluster": 1}}',
  '"constructor": ',
  '__proto__',
  'HACMPevent:\n',
  '\tname = "node_up"\n',
  '\tcount = 999999999999999\n',
  '-1',
  '1e999',
  '0.5',
  'null',
  'true',
  '/*',
  '#',
  ',"nodes": {"nodea": "x"}',
  'event,node_up,RECOVERYCOUNTER,,5\r\n',
  'Class,Name,Field,Node,Value\r\n',
  'sep=,\n',
  '=HYPERLINK("x")',
  ' '.repeat(300),
  '[['.repeat(40),
  'a'.repeat(20_000),
];
