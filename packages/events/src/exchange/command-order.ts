import { CLMGR_ATTRIBUTES, type FieldName } from '../definition/fields.ts';
import type { DefinitionDocument, Entry, EntryClass } from '../definition/types.ts';
import { byCodeUnits } from '../sort-keys.ts';
import type { GivenValue } from './values-of.ts';

/** What a later line names, an earlier one has added. */
const IN_ORDER: readonly EntryClass[] = [
  'node',
  'site',
  'network',
  'interface',
  'service_label',
  'script',
  'custom_event',
  'event',
  'cluster',
  'notification_method',
];

export const inOrder = ({ entries }: DefinitionDocument): Entry[] =>
  [...entries].sort((a, b) => IN_ORDER.indexOf(a.class) - IN_ORDER.indexOf(b.class) || byCodeUnits(a.name, b.name));

/** The values of the cluster, and those of each node that has its own. */
export function byNode(values: readonly GivenValue[]): { cluster: GivenValue[]; nodes: [node: string, values: GivenValue[]][] } {
  const nodes = [...new Set(values.flatMap(({ node }) => (node === undefined ? [] : [node])))].sort(byCodeUnits);
  return {
    cluster: values.filter(({ node }) => node === undefined),
    nodes: nodes.map((node) => [node, values.filter((value) => value.node === node)]),
  };
}

export const attributeName = (field: FieldName): string => CLMGR_ATTRIBUTES[field];
