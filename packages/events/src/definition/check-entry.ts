import type { InputCheck } from '../catalogue/check-arguments.ts';
import { nearestName } from '../catalogue/nearest-name.ts';
import { parseName } from '../names.ts';
import type { InputFault, InputWarning } from '../wording/input.ts';
import { isEmpty } from './canonical.ts';
import { checkCustomEvent, checkEventCustomization } from './check.ts';
import { each, formFaults } from './check-values.ts';
import { CLASS_FIELDS, CLASS_WORDS, type FieldName, NAMED_CLASS } from './fields.ts';
import { nodesOf } from './names-of.ts';
import type { Entry, EntryClass, Field } from './types.ts';

/** The fields without which an entry means nothing. */
const REQUIRED: Partial<Record<EntryClass, readonly FieldName[]>> = {
  site: ['siteNodes'],
  interface: ['onNode', 'onNetwork'],
  service_label: ['onNetwork'],
  script: ['content'],
};

/** The names that the fields of an entry may give. */
interface Known {
  nodes: readonly string[];
  named(entryClass: EntryClass): readonly string[];
}

/**
 * The rules for the entries of one document; its names are looked up once for all of them. `liveNodes` are the nodes whose
 * cluster managers take part.
 */
export function entryChecker(among: readonly Entry[], liveNodes: readonly string[]): (entry: Entry) => InputCheck {
  const names = new Map<EntryClass, string[]>();
  for (const { class: entryClass, name } of among) {
    const list = names.get(entryClass);
    if (list) list.push(name);
    else names.set(entryClass, [name]);
  }
  const nodes = nodesOf(among, liveNodes);
  const known: Known = { nodes, named: (entryClass) => (entryClass === 'node' ? nodes : (names.get(entryClass) ?? [])) };
  return (entry) => {
    switch (entry.class) {
      case 'event':
        return checkEventCustomization(entry.name, entry.fields, { customEvents: known.named('custom_event'), nodes });
      case 'custom_event':
        return checkCustomEvent(entry.name, entry.fields, { nodes });
      case 'cluster':
      case 'node':
      case 'site':
      case 'network':
      case 'interface':
      case 'service_label':
      case 'script':
        return checkOfCluster(entry, known);
    }
  };
}

/** The same for one entry among the others. */
export const checkEntry = (entry: Entry, among: readonly Entry[], liveNodes: readonly string[]): InputCheck =>
  entryChecker(among, liveNodes)(entry);

/** What is the same on every node: a value for the cluster and none for a node. A name that it gives is warned about when nothing has it. */
function checkOfCluster(entry: Entry, known: Known): InputCheck {
  const faults: InputFault[] = [];
  const warnings: InputWarning[] = [];
  const named = parseName(entry.name, 'name');
  if (!named.ok) faults.push(named.error);
  for (const field of CLASS_FIELDS[entry.class]) {
    const values = (entry.fields as { [Name in FieldName]?: Field<unknown> })[field];
    const [node] = Object.keys(values?.nodes ?? {});
    if (node !== undefined) faults.push({ code: 'same_on_every_node', field, text: node });
    faults.push(...each(field, { cluster: values?.cluster }, known, formFaults));
    if (isEmpty(values?.cluster)) {
      if (REQUIRED[entry.class]?.includes(field)) faults.push({ code: 'value_missing', field });
      continue;
    }
    warnings.push(...namesNothing(field, values?.cluster, known));
  }
  return { faults, warnings };
}

function namesNothing(field: FieldName, value: unknown, all: Known): InputWarning[] {
  const named = NAMED_CLASS[field];
  if (named === undefined) return [];
  const known = all.named(named);
  return [value].flat().flatMap((name): InputWarning[] => {
    const text = String(name);
    if (known.includes(text)) return [];
    const suggestion = nearestName(text, known);
    return [
      {
        code: 'not_defined_yet',
        field,
        text,
        what: CLASS_WORDS[named].one,
        ...(suggestion === undefined ? {} : { suggestion }),
      },
    ];
  });
}
