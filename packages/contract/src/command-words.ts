import {
  type AnyFields,
  attributeOf,
  CLASS_FIELDS,
  CLMGR_ATTRIBUTES,
  classWord,
  cleanFields,
  differsByNode,
  type EntryClass,
  type FieldName,
  typedValue,
} from '@fallover/events';

/** A word as `sh` reads it back; one that needs no quotes has none. Of ATTR=VALUE only the value is quoted. */
export function shellWord(word: string): string {
  const [, attribute = '', value = word] = /^([A-Z_]+=)(.*)$/s.exec(word) ?? [];
  return attribute + (/^[A-Za-z0-9_@%+:,./=-]*$/.test(value) && word !== '' ? value : `'${value.replaceAll("'", `'\\''`)}'`);
}

export const line = (...words: string[]): string => ['fallover', ...words.map(shellWord)].join(' ');

/** `--name value`, so that a value which looks like an option is not read as one. */
export const option = (name: string, value: string | undefined): string[] =>
  value === undefined ? [] : value.startsWith('-') ? [`--${name}=${value}`] : [`--${name}`, value];

/**
 * A line that gets this text on its input, byte for byte. A here-document ends with a line end, so a text that does not is
 * printed instead. Its delimiter is no line of the text.
 */
export function lineWithInput(command: string, text: string): string {
  if (!text.endsWith('\n')) return `printf %s ${shellWord(text)} | ${command}`;
  const lines = new Set(text.split('\n'));
  let delimiter = 'END_OF_FILE';
  for (let number = 2; lines.has(delimiter); number += 1) delimiter = `END_OF_FILE_${number}`;
  return `${command} <<'${delimiter}'\n${text}${delimiter}`;
}

/**
 * The lines that make an entry say what `fields` say: what differs from `before`, or where that is not known all attributes,
 * those too that are emptied. An event and the cluster are there without being added.
 */
export function entryLines(
  entry: { class: EntryClass; name: string },
  revision: number,
  fields: AnyFields,
  before?: AnyFields,
): string[] {
  const of = entry.class === 'cluster' ? ['cluster'] : [classWord(entry.class), entry.name];
  if (revision > 0 || entry.class === 'event' || entry.class === 'cluster')
    return attributeLines(['modify', ...of], entry.class, fields, before);
  const wholeCluster = Object.fromEntries(
    Object.entries(fields as Values).map(([name, values]) => [name, { cluster: values?.cluster }]),
  ) as AnyFields;
  const [added = line('add', ...of)] = attributeLines(['add', ...of], entry.class, wholeCluster, {});
  return [added, ...attributeLines(['modify', ...of], entry.class, fields, wholeCluster)];
}

/** A line for the cluster's values, and one for each node that has values of its own. */
function attributeLines(verb: string[], entryClass: EntryClass, fields: AnyFields, before?: AnyFields): string[] {
  const now = cleanFields(fields) as Values;
  const then = before && (cleanFields(before) as Values);
  const nodes = differsByNode(entryClass) ? [...new Set([...nodesOf(now), ...nodesOf(then)])].sort() : [];
  const words = (valueIn: (values: Values, name: FieldName) => unknown, all: boolean): string[] =>
    CLASS_FIELDS[entryClass].flatMap((name) => {
      const [value, old] = [now, then ?? {}].map((values) => typedValue(name, valueIn(values, name))) as [string, string];
      if (value === old && !all) return [];
      return [`${CLMGR_ATTRIBUTES[name]}=${value}`];
    });
  const wholeCluster = words((values, name) => values[name]?.cluster, then === undefined);
  return [
    ...(wholeCluster.length === 0 ? [] : [line(...verb, ...wholeCluster)]),
    ...nodes.flatMap((node) => {
      const own = words((values, name) => values[name]?.nodes?.[node], false);
      return own.length === 0 ? [] : [line(...verb, `NODE=${node}`, ...own)];
    }),
  ];
}

type Values = { [Name in FieldName]?: { cluster?: unknown; nodes?: Record<string, unknown> } };

const nodesOf = (values: Values = {}): string[] => Object.values(values).flatMap(({ nodes = {} }) => Object.keys(nodes));

/** A value of the draft, or a whole entry, in one word: `event/node_up/NOTIFYCOMMAND@nodea`. A name has no `/` in it. */
export const placeWord = (place: {
  class: EntryClass;
  name: string;
  field?: string | undefined;
  node?: string | undefined;
}): string =>
  [
    `${classWord(place.class)}/${place.name}`,
    ...(place.field === undefined ? [] : [`/${attributeOf(place.field)}`]),
    ...(place.node === undefined ? [] : [`@${place.node}`]),
  ].join('');
