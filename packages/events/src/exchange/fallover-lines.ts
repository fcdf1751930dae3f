import { typedValue } from '../clmgr/attributes.ts';
import { classWord } from '../clmgr/class-word.ts';
import type { DefinitionDocument, Entry } from '../definition/types.ts';
import { attributeName, byNode, inOrder } from './command-order.ts';
import { commentLine, hereDocument, shellAttribute, shellWord } from './sh-words.ts';
import { eachValue, type GivenValue, type TextOf } from './values-of.ts';

/** A script for `sh` that configures the same on a cluster which has no configuration. It ends at the first line that is refused. */
export function writeFallover(document: DefinitionDocument, textOf: TextOf): string {
  return [
    '#!/bin/sh',
    commentLine(
      `The configuration of the cluster ${document.cluster}. Run it on a cluster that has none; "fallover sync" makes it active.`,
    ),
    'set -e',
    ...inOrder(document).flatMap((entry) => linesOf(entry, textOf)),
    '',
  ].join('\n');
}

function linesOf(entry: Entry, textOf: TextOf): string[] {
  const values = eachValue(entry, textOf);
  switch (entry.class) {
    case 'script':
      return scriptLines(entry.name, values);
    case 'custom_event':
      return customEventLines(entry.name, values);
    case 'cluster':
      return [line(['modify', 'cluster'], values)];
    case 'event':
      return entryLines('modify', entry, values);
    case 'node':
    case 'site':
    case 'network':
    case 'interface':
    case 'service_label':
    case 'notification_method':
      return entryLines('add', entry, values);
  }
}

/** One line for the cluster's values, and one for each node that has values of its own. */
function entryLines(verb: 'add' | 'modify', { class: entryClass, name }: Entry, values: readonly GivenValue[]): string[] {
  const { cluster, nodes } = byNode(values);
  return [
    ...(cluster.length === 0 && verb === 'modify' ? [] : [line([verb, classWord(entryClass), name], cluster)]),
    ...nodes.map(([node, own]) => line(['modify', classWord(entryClass), name, `NODE=${node}`], own)),
  ];
}

/** A custom event cannot be added without a script; one that has none for the cluster gets a node's, and loses it at the end. */
function customEventLines(name: string, values: readonly GivenValue[]): string[] {
  const { cluster, nodes } = byNode(values);
  const first = values.find(({ field }) => field === 'script');
  const borrowed = first?.node === undefined ? [] : [{ field: first.field, value: first.value }];
  return [
    line(['add', 'event', name], [...borrowed, ...cluster]),
    ...nodes.map(([node, own]) => line(['modify', 'event', name, `NODE=${node}`], own)),
    ...(borrowed.length === 0 ? [] : ['fallover modify event '.concat(shellWord(name), ' FILE=')]),
  ];
}

/** A here-document always ends with a line end; the text of a script that does not is one quoted word. */
function scriptLines(name: string, values: readonly GivenValue[]): string[] {
  const text = String(values.find(({ field }) => field === 'content')?.value ?? '');
  const others = values.filter(({ field }) => field !== 'content');
  const command = `${line(['add', 'script', name], [])} FILE=-${others.map((value) => ` ${attribute(value)}`).join('')}`;
  if (!text.endsWith('\n')) return [`printf %s ${shellWord(text)} | ${command}`];
  const { delimiter, lines } = hereDocument(text);
  return [`${command} <<'${delimiter}'`, ...lines];
}

const line = (words: readonly string[], values: readonly GivenValue[]): string =>
  ['fallover', ...words.map(shellWord), ...values.map(attribute)].join(' ');

const attribute = ({ field, value }: GivenValue): string => shellAttribute(attributeName(field), typedValue(field, value));
