import { writtenValue } from '../clmgr/attributes.ts';
import { CLASS_WORDS, type FieldName } from '../definition/fields.ts';
import type { DefinitionDocument, Entry, EntryClass, RemoteNotificationMethod } from '../definition/types.ts';
import { parseContact } from '../notification/contact.ts';
import type { NotificationTransport } from '../notification/transports.ts';
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
  if (!carried || (entry.class === 'notification_method' && !isOfHacmp(entry.fields)))
    return [commentLine(`Not of clmgr: ${words} ${entry.name}`), ...valuesOf(entry).map((value) => notCarried(value, entry))];
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

/** The text of a library script has no place in a comment. */
const valuesOf = (entry: Entry): GivenValue[] => (entry.class === 'script' ? [] : eachValue(entry, () => undefined));

/** The ways that HACMP has of its own. */
const OF_HACMP: readonly NotificationTransport[] = ['smtp', 'phone_mail', 'gsm_sms', 'numeric_pager', 'tap_pager'];

/** Any other contact, such as a URL or a topic, would be dialled there. */
function isOfHacmp({ transport, contact }: RemoteNotificationMethod): boolean {
  const parsed = parseContact(contact?.cluster ?? '', 'contact');
  if (!parsed.ok || !OF_HACMP.includes(parsed.value.transport)) return false;
  return transport?.cluster === undefined || (OF_HACMP as readonly string[]).includes(transport.cluster);
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
