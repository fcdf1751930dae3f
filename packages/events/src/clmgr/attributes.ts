import { nearestName } from '../catalogue/nearest-name.ts';
import { cleanFields, isEmpty } from '../definition/canonical.ts';
import {
  CLASS_FIELDS,
  CLMGR_ATTRIBUTES,
  CUSTOM_EVENT_FIELDS,
  type CustomEventField,
  EVENT_FIELDS,
  type EventField,
  FIELD_DEFAULTS,
  FIELD_KINDS,
  type FieldName,
  isList,
} from '../definition/fields.ts';
import type { AnyFields, CustomEvent, EntryClass, EventCustomization, Field } from '../definition/types.ts';
import { NAME } from '../names.ts';
import { err, ok, type Result } from '../result.ts';
import type { InputFault } from '../wording/input.ts';
import { parseSettingChange, type SettingChange, typedSettings, withSettings } from './method-settings.ts';

/** What `ATTR=VALUE` words ask for. `undefined` stands for `ATTR=`: the value is emptied. */
export type EventChanges = { [Name in EventField]?: ValueOf<EventCustomization[Name]> | undefined };
export type CustomEventChanges = { [Name in CustomEventField]?: ValueOf<CustomEvent[Name]> | undefined };
type ValueOf<Given> = NonNullable<Given> extends Field<infer Value> ? Value : never;

export interface AttributeChanges<Changes> {
  changes: Changes;
  /** From `NODE=nodea`: the changes are of that node's own values. */
  node?: string;
  /** From `SETTING.name=value`: single settings of a transport, changed behind the others. */
  settings?: SettingChange[];
}

/** Reads the attributes of a predefined event; `node` as if NODE= were among them. Whether the values themselves can be accepted, checkEventCustomization says. */
export const parseEventAttributes = (
  words: readonly string[],
  node?: string,
): Result<AttributeChanges<EventChanges>, InputFault[]> => parseAttributes<EventChanges>(words, EVENT_FIELDS, node);

/** Reads the attributes of a custom event: FILE and DESCRIPTION. */
export const parseCustomEventAttributes = (
  words: readonly string[],
  node?: string,
): Result<AttributeChanges<CustomEventChanges>, InputFault[]> =>
  parseAttributes<CustomEventChanges>(words, CUSTOM_EVENT_FIELDS, node);

/** Reads the attributes of an entry of any class. Where NODE= is an attribute of the class it names no node with values of its own. */
export const parseEntryAttributes = (
  entryClass: EntryClass,
  words: readonly string[],
  node?: string,
): Result<AttributeChanges<Record<string, unknown>>, InputFault[]> =>
  entryClass === 'notification_method'
    ? parseMethodAttributes(words, node)
    : parseAttributes(words, CLASS_FIELDS[entryClass], node);

/** Lines for clmgr have `TYPE=notify`, by which it tells these methods from those of verification; it says nothing here. */
function parseMethodAttributes(
  words: readonly string[],
  node?: string,
): Result<AttributeChanges<Record<string, unknown>>, InputFault[]> {
  const types = words.flatMap((word) => /^TYPE=(.*)$/is.exec(word)?.[1] ?? []);
  const faults = types
    .filter((text) => text !== 'notify')
    .map((text): InputFault => ({ code: 'not_one_of', field: 'TYPE', text, choices: ['notify'] }));
  const others = words.filter((word) => !/^TYPE=/i.test(word));
  const parsed = parseAttributes<Record<string, unknown>>(others, CLASS_FIELDS.notification_method, node);
  return faults.length === 0 ? parsed : err([...faults, ...(parsed.ok ? [] : parsed.error)]);
}

/** The fields with the changes made, for the whole cluster or for one node. */
export function applyAttributes<Fields extends AnyFields>(
  fields: Fields,
  { changes, node, settings = [] }: AttributeChanges<object>,
): Fields {
  const changed: Record<string, Field<unknown>> = { ...fields };
  for (const [name, value] of Object.entries(changes)) {
    const field = changed[name] ?? {};
    changed[name] = node === undefined ? { ...field, cluster: value } : { ...field, nodes: { ...field.nodes, [node]: value } };
  }
  if (settings.length > 0)
    changed.settings = { ...changed.settings, cluster: withSettings((changed.settings?.cluster as string[]) ?? [], settings) };
  return cleanFields(changed as unknown as Fields);
}

/** What `query event NAME` prints: `ATTR="value"` lines for the cluster, then for each node what differs there. */
export const printEventAttributes = (name: string, fields: EventCustomization): string[] =>
  printAttributes(name, fields, EVENT_FIELDS);
export const printCustomEventAttributes = (name: string, fields: CustomEvent): string[] =>
  printAttributes(name, fields, CUSTOM_EVENT_FIELDS);
export const printEntryAttributes = (entryClass: EntryClass, name: string, fields: AnyFields): string[] =>
  printAttributes(name, fields, CLASS_FIELDS[entryClass]);

function parseAttributes<Changes>(
  words: readonly string[],
  fields: readonly FieldName[],
  nodeAsked: string | undefined,
): Result<AttributeChanges<Changes>, InputFault[]> {
  const faults: InputFault[] = [];
  const changes: Record<string, unknown> = {};
  const settings: SettingChange[] = [];
  let node = nodeAsked;
  for (const word of words) {
    const attribute = word.slice(0, Math.max(word.indexOf('='), 0)).toUpperCase();
    const text = word.slice(attribute.length + 1);
    const name = fields.find((field) => CLMGR_ATTRIBUTES[field] === attribute);
    if (attribute === '') faults.push({ code: 'not_an_attribute', field: 'attributes', text: word });
    else if (attribute.startsWith('SETTING.') && fields.includes('settings')) {
      const setting = parseSettingChange(word.slice('SETTING.'.length, attribute.length), text, settings);
      if (setting.ok) settings.push(setting.value);
      else faults.push(setting.error);
    } else if (attribute === 'NODE' && !fields.includes('onNode')) {
      if (node !== undefined) faults.push({ code: 'attribute_given_twice', field: 'NODE' });
      else if (!NAME.test(text)) faults.push({ code: 'not_a_name', field: 'NODE', text });
      node = text;
    } else if (!name) {
      const known = [...fields.map((field) => CLMGR_ATTRIBUTES[field]), ...(fields.some(ofEvents) ? ['NODE'] : [])];
      const suggestion = nearestName(attribute, known);
      const meant = suggestion === undefined ? {} : { suggestion };
      faults.push({ code: 'unknown_attribute', field: 'attributes', text: attribute, known, ...meant });
    } else if (Object.hasOwn(changes, name)) faults.push({ code: 'attribute_given_twice', field: name });
    else {
      const value = readValue(name, text);
      if (value.ok) changes[name] = value.value;
      else faults.push(value.error);
    }
  }
  if (faults.length > 0) return err(faults);
  return ok({
    changes: changes as Changes,
    ...(node === undefined ? {} : { node }),
    ...(settings.length === 0 ? {} : { settings }),
  });
}

const ofEvents = (field: FieldName): boolean =>
  ([...EVENT_FIELDS, ...CUSTOM_EVENT_FIELDS] as readonly FieldName[]).includes(field);

/** Lists that lines for clmgr separate by commas. */
const COMMAS_TOO: readonly FieldName[] = ['siteNodes', 'methodNodes', 'methodEvents'];

/** A value as it is typed in the shell or stands in a file: names blank-separated, `true` or `false`, digits, or the text itself. */
export function readValue(field: FieldName, text: string): Result<unknown, InputFault> {
  if (text.trim() === '') return ok(undefined);
  if (isList(field)) {
    const words = text.split(COMMAS_TOO.includes(field) ? /[\s,]+/ : /\s+/).filter((word) => word !== '');
    const wrong = FIELD_KINDS[field] === 'names' ? words.find((word) => !NAME.test(word)) : undefined;
    return wrong === undefined ? ok(words) : err({ code: 'not_a_name', field, text: wrong });
  }
  switch (FIELD_KINDS[field]) {
    case 'number':
      return /^[0-9]+$/.test(text) ? ok(Number(text)) : err({ code: 'not_a_whole_number', field, text });
    case 'boolean':
      return text === 'true' || text === 'false' ? ok(text === 'true') : err({ code: 'not_true_or_false', field, text });
    default:
      return ok(text);
  }
}

/** The same the other way round. */
export const writtenValue = (value: unknown): string =>
  isEmpty(value) ? '' : Array.isArray(value) ? value.join(' ') : String(value);

/** The same behind `ATTR=` of a command line. */
export const typedValue = (field: FieldName, value: unknown): string =>
  writtenValue(FIELD_KINDS[field] === 'settings' && Array.isArray(value) ? typedSettings(value) : value);

function printAttributes(name: string, fields: AnyFields, order: readonly FieldName[]): string[] {
  const given = fields as Record<string, Field<unknown> | undefined>;
  const line = (field: FieldName, value: unknown): string => `${CLMGR_ATTRIBUTES[field]}="${printedValue(field, value)}"`;
  const nodes = [...new Set(order.flatMap((field) => Object.keys(given[field]?.nodes ?? {})))].sort();
  return [
    `NAME="${name}"`,
    ...order.map((field) => line(field, given[field]?.cluster)),
    ...nodes.flatMap((node) => {
      const own = order.filter((field) => !isEmpty(given[field]?.nodes?.[node]));
      return own.length === 0 ? [] : [`NODE="${node}"`, ...own.map((field) => line(field, given[field]?.nodes?.[node]))];
    }),
  ];
}

/** In double quotes as a shell reads them back: the four characters that mean something there are escaped. */
function printedValue(field: FieldName, value: unknown): string {
  return typedValue(field, isEmpty(value) ? FIELD_DEFAULTS[field] : value).replace(/["\\$`]/g, (character) => `\\${character}`);
}
