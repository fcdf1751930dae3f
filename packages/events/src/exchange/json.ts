import { CLASS_FIELDS, differsByNode, FIELD_KINDS, type FieldName, isList, labelOf } from '../definition/fields.ts';
import { type DefinitionDocument, ENTRY_CLASSES } from '../definition/types.ts';
import { err, ok, type Result } from '../result.ts';
import type { ExchangeFault } from '../wording/exchange.ts';
import { type Collected, collected, type Faults, faultList, notAccepted, type ValueOf } from './collect.ts';
import { type JsonNode, readJson } from './json-text.ts';
import type { ImportedFile } from './types.ts';
import type { TextOf } from './values-of.ts';

type ObjectNode = Extract<JsonNode, { kind: 'object' }>;

/**
 * The definition's own document, made for reading and for git: indented, and what has many lines, the content of a library
 * script and a recovery program, is a list of them.
 */
export function writeJson({ cluster, entries }: DefinitionDocument, textOf: TextOf): string {
  const written = entries.map((entry) => {
    if (entry.class === 'event' && entry.fields.recoveryProgram?.cluster !== undefined) {
      const { recoveryProgram, ...others } = entry.fields;
      return {
        ...entry,
        fields: { ...others, recoveryProgram: { ...recoveryProgram, cluster: recoveryProgram.cluster?.split('\n') } },
      };
    }
    if (entry.class !== 'script') return entry;
    const { content, ...others } = entry.fields;
    const text = content?.cluster === undefined ? undefined : textOf(content.cluster);
    return { ...entry, fields: { ...(text === undefined ? {} : { content: { cluster: text.split('\n') } }), ...others } };
  });
  return `${JSON.stringify({ format: 1, cluster, entries: written }, null, 2)}\n`;
}

export function readJsonFile(text: string): Result<ImportedFile, ExchangeFault[]> {
  const parsed = readJson(text);
  if (!parsed.ok) return err([parsed.error]);
  const root = parsed.value;
  if (root.kind !== 'object') return err([wanted(root, 'an object with format and entries')]);
  const faults = faultList();
  addAll(faults, unknownKeys(root, ['format', 'cluster', 'entries']), formatFault(root));
  const cluster = root.members.get('cluster');
  if (cluster && !isText(cluster)) faults.add(wanted(cluster, 'the name of the cluster'));
  const list = root.members.get('entries');
  const entries = collected(faults);
  if (list?.kind !== 'list') faults.add(wanted(list ?? root, '"entries" with a list'));
  else
    for (const item of list.items) {
      if (faults.full()) break;
      addAll(faults, readEntry(item, entries));
    }
  const wrong = faults.list();
  if (wrong.length > 0) return err(wrong);
  const named = cluster && isText(cluster) ? { cluster: cluster.value } : {};
  return ok({ format: 'json', ...named, entries: entries.done(), notes: [] });
}

function formatFault(root: ObjectNode): ExchangeFault[] {
  const format = root.members.get('format');
  if (format?.kind !== 'scalar') return [wanted(format ?? root, '"format" with the number 1')];
  return format.value === 1 ? [] : [{ code: 'unknown_format', line: format.line, text: String(format.value) }];
}

function readEntry(node: JsonNode, entries: Collected): ExchangeFault[] {
  if (node.kind !== 'object') return [wanted(node, 'an object with class, name and fields')];
  const [givenClass, name, fields] = ['class', 'name', 'fields'].map((key) => node.members.get(key));
  if (!givenClass || !isText(givenClass)) return [wanted(givenClass ?? node, '"class" with the name of a class')];
  const entryClass = ENTRY_CLASSES.find((one) => one === givenClass.value);
  if (!entryClass) return [{ code: 'unknown_class', line: givenClass.line, text: givenClass.value, known: ENTRY_CLASSES }];
  if (!name || !isText(name)) return [wanted(name ?? node, '"name" with a name')];
  const first = entries.lineOf({ class: entryClass, name: name.value });
  if (first !== undefined) return [{ code: 'entry_twice', line: node.line, class: entryClass, name: name.value, first }];
  if (!entries.entry({ class: entryClass, name: name.value }, node.line)) return [];
  if (fields?.kind !== 'object') return [wanted(fields ?? node, '"fields" with an object')];
  return [
    ...unknownKeys(node, ['class', 'name', 'fields']),
    ...[...fields.members].flatMap(([key, given]) => readField({ class: entryClass, name: name.value }, key, given, entries)),
  ];
}

function readField(of: Pick<ValueOf, 'class' | 'name'>, key: string, node: JsonNode, entries: Collected): ExchangeFault[] {
  const known: readonly FieldName[] = CLASS_FIELDS[of.class];
  const field = known.find((one) => one === key);
  if (!field) return [{ code: 'unknown_field', line: node.line, class: of.class, text: key, known }];
  if (node.kind !== 'object') return [wanted(node, 'an object with cluster and nodes')];
  const [cluster, nodes] = ['cluster', 'nodes'].map((place) => node.members.get(place));
  if (nodes && nodes.kind !== 'object') return [wanted(nodes, 'an object of nodes and their values')];
  return [
    ...unknownKeys(node, ['cluster', 'nodes']),
    ...(cluster ? readValueOf({ ...of, field }, cluster, entries) : []),
    ...[...(nodes?.members ?? [])].flatMap(([own, given]) => readValueOf({ ...of, field, node: own }, given, entries)),
  ];
}

function readValueOf(of: ValueOf, node: JsonNode, entries: Collected): ExchangeFault[] {
  const { class: entryClass, name, field } = of;
  if (of.node !== undefined && !differsByNode(entryClass))
    return [notAccepted({ class: entryClass, name }, { code: 'same_on_every_node', field, text: of.node }, node.line)];
  const value = valueIn(field, node);
  if (!value.ok) return [{ code: 'value_of_another_kind', line: node.line, field: labelOf(field), wanted: value.error }];
  entries.value(of, value.value, node.line);
  return [];
}

/** A value of the definition; null and an empty text or list empty it. What has many lines may be a list of them. */
function valueIn(field: FieldName, node: JsonNode): Result<unknown, string> {
  if (node.kind === 'scalar' && (node.value === null || node.value === '')) return ok(undefined);
  if (isList(field)) {
    const texts = textsIn(node);
    return texts ? ok(texts.length === 0 ? undefined : texts) : err('a list of texts in double quotes');
  }
  switch (FIELD_KINDS[field]) {
    case 'number':
      return node.kind === 'scalar' && typeof node.value === 'number' ? ok(node.value) : err('a number without quotes');
    case 'boolean':
      return node.kind === 'scalar' && typeof node.value === 'boolean' ? ok(node.value) : err('true or false without quotes');
    case 'digest':
    case 'program': {
      const text = isText(node) ? node.value : textsIn(node)?.join('\n');
      return text === undefined ? err('a text in double quotes, or a list of its lines') : ok(text === '' ? undefined : text);
    }
    default:
      return isText(node) ? ok(node.value) : err('a text in double quotes');
  }
}

function textsIn(node: JsonNode): string[] | undefined {
  if (node.kind !== 'list') return undefined;
  const texts = node.items.flatMap((item) => (isText(item) ? [item.value] : []));
  return texts.length === node.items.length ? texts : undefined;
}

const isText = (node: JsonNode): node is JsonNode & { kind: 'scalar'; value: string } =>
  node.kind === 'scalar' && typeof node.value === 'string';

const unknownKeys = ({ members }: ObjectNode, known: readonly string[]): ExchangeFault[] =>
  [...members].flatMap(([key, { line }]) => (known.includes(key) ? [] : [{ code: 'unknown_key' as const, line, key, known }]));

const wanted = ({ line }: JsonNode, what: string): ExchangeFault => ({ code: 'not_an_export', line, wanted: what });

function addAll(faults: Faults, ...lists: ExchangeFault[][]): void {
  for (const fault of lists.flat()) faults.add(fault);
}
