import type { InputCheck } from '../catalogue/check-arguments.ts';
import { parseName } from '../names.ts';
import { parseContact } from '../notification/contact.ts';
import type { InputFault, InputWarning } from '../wording/input.ts';
import { isEmpty } from './canonical.ts';
import { checkCustomEvent, checkEventCustomization } from './check.ts';
import { each, formFaults } from './check-values.ts';
import { CLASS_FIELDS, CLASS_WORDS, type FieldName, NAMED_CLASS } from './fields.ts';
import { type NameIndex, nameIndex, namesOf, nodesOf } from './names-of.ts';
import type { Entry, EntryClass, Field } from './types.ts';

/** The fields without which an entry means nothing. */
const REQUIRED: Partial<Record<EntryClass, readonly FieldName[]>> = {
  site: ['siteNodes'],
  interface: ['onNode', 'onNetwork'],
  service_label: ['onNetwork'],
  script: ['content'],
};

/** The rules for one entry among the others of its document. `liveNodes` are the nodes whose cluster managers take part. */
export const checkEntry = (entry: Entry, among: readonly Entry[], liveNodes: readonly string[]): InputCheck =>
  entryChecker(among, liveNodes)(entry);

/** The same for whoever checks many entries of one document: its names are put in order once. */
export function entryChecker(among: readonly Entry[], liveNodes: readonly string[]): (entry: Entry) => InputCheck {
  const nodes = nameIndex(nodesOf(among, liveNodes));
  const indexes = new Map<EntryClass, NameIndex>([['node', nodes]]);
  const names = (entryClass: EntryClass): NameIndex => {
    const index = indexes.get(entryClass) ?? nameIndex(namesOf(among, entryClass));
    indexes.set(entryClass, index);
    return index;
  };
  return (entry) => {
    switch (entry.class) {
      case 'event':
        return checkEventCustomization(entry.name, entry.fields, { customEvents: names('custom_event'), nodes });
      case 'custom_event':
        return checkCustomEvent(entry.name, entry.fields, { nodes });
      case 'cluster':
      case 'node':
      case 'site':
      case 'network':
      case 'interface':
      case 'service_label':
      case 'script':
        return checkOfCluster(entry, names);
      case 'notification_method':
        return checkMethod(entry, checkOfCluster(entry, names));
    }
  };
}

type Names = (entryClass: EntryClass) => NameIndex;

/** What is the same on every node: a value for the cluster and none for a node. A name that it gives is warned about when nothing has it. */
function checkOfCluster(entry: Entry, names: Names): InputCheck {
  const faults: InputFault[] = [];
  const warnings: InputWarning[] = [];
  const named = parseName(entry.name, 'name');
  if (!named.ok) faults.push(named.error);
  for (const field of CLASS_FIELDS[entry.class]) {
    const values = (entry.fields as { [Name in FieldName]?: Field<unknown> })[field];
    const [node] = Object.keys(values?.nodes ?? {});
    if (node !== undefined) faults.push({ code: 'same_on_every_node', field, text: node });
    faults.push(...each(field, { cluster: values?.cluster }, { nodes: names('node') }, formFaults));
    if (isEmpty(values?.cluster)) {
      if (REQUIRED[entry.class]?.includes(field)) faults.push({ code: 'value_missing', field });
      continue;
    }
    warnings.push(...namesNothing(field, values?.cluster, names));
  }
  return { faults, warnings };
}

function namesNothing(field: FieldName, value: unknown, names: Names): InputWarning[] {
  const named = NAMED_CLASS[field];
  if (named === undefined) return [];
  const known = names(named);
  return [value].flat().flatMap((name): InputWarning[] => {
    const text = String(name);
    if (known.has(text)) return [];
    const suggestion = known.nearest(text);
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

/** What the transport itself asks of contact and settings is looked at by whoever has the transports. */
function checkMethod(
  { name, fields }: Extract<Entry, { class: 'notification_method' }>,
  { faults, warnings }: InputCheck,
): InputCheck {
  const { transport, contact, escalateTo, when } = fields;
  const more: InputFault[] = [];
  if (isEmpty(transport?.cluster)) {
    if (isEmpty(contact?.cluster)) more.push({ code: 'value_missing', field: 'contact' });
    else {
      const parsed = parseContact(contact?.cluster ?? '', 'contact');
      if (!parsed.ok) more.push(parsed.error);
    }
  }
  if (escalateTo?.cluster?.includes(name)) more.push({ code: 'escalates_to_itself', field: 'escalateTo', text: name });
  const repeated = when?.cluster?.find((moment, index, all) => all.indexOf(moment) !== index);
  if (repeated !== undefined) more.push({ code: 'listed_twice', field: 'when', text: repeated });
  return { faults: [...faults, ...more], warnings };
}
