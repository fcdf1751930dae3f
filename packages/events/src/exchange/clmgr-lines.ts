import { writtenValue } from '../clmgr/attributes.ts';
import { CLASS_WORDS, type FieldName } from '../definition/fields.ts';
import type { DefinitionDocument, Entry, EntryClass } from '../definition/types.ts';
import { attributeName, byNode, inOrder } from './command-order.ts';
import { commentLine, shellAttribute, shellWord } from './sh-words.ts';
import { eachValue, type GivenValue } from './values-of.ts';

/** The classes of clmgr, and the fields that it has for each; a library script has none. */
const CARRIED: { [Class in EntryClass]?: { words: string; fixed?: string; fields: readonly FieldName[] } } = {
  node: { words: 'add node', fields: ['communicationPath'] },
  site: { words: 'add site', fields: ['siteNodes'] },
  network: { words: 'add network', fields: ['networkType', 'netmask'] },
  interface: { words: 'add interface', fields: ['onNode', 'onNetwork', 'device'] },
  service_label: { words: 'add service_ip', fields: ['onNetwork', 'atSite'] },
  custom_event: { words: 'add event', fields: ['script', 'description'] },
  event: {
    words: 'modify event',
    fields: [
      'eventCommand',
      'notifyCommand',
      'preEventCommand',
      'postEventCommand',
      'recoveryCommand',
      'recoveryCounter',
      'failOnPrePost',
      'timeUntilWarning',
    ],
  },
  notification_method: {
    words: 'add method',
    fixed: 'TYPE=notify',
    fields: ['contact', 'methodEvents', 'methodFile', 'methodNodes', 'retryCounter', 'timeout'],
  },
  cluster: { words: 'modify cluster', fields: ['dailyVerification', 'verificationHour', 'verificationNode'] },
};

/** Lines for a real PowerHA cluster. What its clmgr cannot carry is there as a comment, so that nothing is missing silently. */
export function writeClmgr(document: DefinitionDocument): string {
  const lines = inOrder(document).flatMap(linesOf);
  return [
    '#!/bin/sh',
    commentLine(`What is configured for the cluster ${document.cluster} in Fallover, for clmgr of PowerHA SystemMirror.`),
    commentLine(
      'A line that is a comment is something that clmgr cannot carry. Look at the pathnames: they are those of this cluster.',
    ),
    ...lines,
    '',
  ].join('\n');
}

function linesOf(entry: Entry): string[] {
  const carried = CARRIED[entry.class];
  const words = CLASS_WORDS[entry.class].one;
  if (!carried) return [commentLine(`Not of clmgr: ${words} ${entry.name}`)];
  const { cluster, nodes } = byNode(eachValue(entry, () => undefined));
  const isCarried = ({ field }: GivenValue): boolean => carried.fields.includes(field);
  const name = entry.class === 'cluster' ? '' : ` ${shellWord(entry.name)}`;
  const attributes = [carried.fixed ?? [], ...cluster.filter(isCarried).map((value) => written(value, entry.class))].flat();
  const line = attributes.length === 0 && carried.words.startsWith('modify') ? [] : [['clmgr', carried.words].join(' ') + name];
  return [
    ...line.map((begin) => [begin, ...attributes].join(' ')),
    ...cluster.filter((value) => !isCarried(value)).map((value) => notCarried(value, entry)),
    ...nodes.flatMap(([, values]) => values.map((value) => notCarried(value, entry))),
  ];
}

const notCarried = (value: GivenValue, { class: entryClass, name }: Entry): string =>
  commentLine(
    `Not of clmgr: ${CLASS_WORDS[entryClass].one} ${name}${value.node === undefined ? '' : ` on node ${value.node} only`}: ${written(value, entryClass)}`,
  );

function written({ field, value }: GivenValue, entryClass: EntryClass): string {
  if (entryClass === 'cluster' && typeof value === 'boolean')
    return shellAttribute(attributeName(field), value ? 'Enabled' : 'Disabled');
  const text = writtenValue(value);
  return shellAttribute(attributeName(field), field === 'siteNodes' ? text.replaceAll(' ', ',') : text);
}
