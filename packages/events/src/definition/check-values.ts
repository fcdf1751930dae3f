import { findEvent } from '../catalogue/catalogue.ts';
import { textFault, unknownEvent } from '../catalogue/check-arguments.ts';
import { isIpLabel, parseFilePathname, parseFullPathname, parseName } from '../names.ts';
import { substitutionFaults } from '../notification/message-text.ts';
import { parseSetting } from '../notification/settings.ts';
import { LONGEST_PROGRAM, parseProgram } from '../recovery-programs/parse-program.ts';
import type { InputFault } from '../wording/input.ts';
import { isConsoleUrl, isMailRelay, isTarget } from './addresses.ts';
import { isEmpty } from './canonical.ts';
import { FIELD_CHOICES, FIELD_KINDS, type FieldName, NUMBER_BOUNDS } from './fields.ts';
import { type NameIndex, nameIndex } from './names-of.ts';
import type { Field } from './types.ts';

export type ValueFaults<Value> = (value: Value, field: string) => InputFault[];

/** The faults of every value that is given: the cluster's, and each node's own. */
export function each<Value>(
  field: string,
  values: Field<Value> | undefined,
  { nodes }: { nodes: readonly string[] | NameIndex },
  faultsOf: ValueFaults<Value>,
): InputFault[] {
  const cluster = values?.cluster;
  const faults = cluster === undefined || isEmpty(cluster) ? [] : faultsOf(cluster, field);
  const own = Object.entries(values?.nodes ?? {});
  if (own.length === 0) return faults;
  const known = nameIndex(nodes);
  for (const [node, value] of own) {
    if (!known.has(node)) faults.push({ code: 'unknown_node', field, text: node, nodes: known.list });
    else if (!isEmpty(value)) faults.push(...faultsOf(value, field).map((fault) => ({ ...fault, node })));
  }
  return faults;
}

/** The faults of the cluster's value; a node has none of its own. */
export function ofTheCluster<Value>(field: string, values: Field<Value> | undefined, faultsOf: ValueFaults<Value>): InputFault[] {
  const [node] = Object.entries(values?.nodes ?? {}).flatMap(([name, value]) => (isEmpty(value) ? [] : [name]));
  const cluster = values?.cluster;
  return [
    ...(node === undefined ? [] : [{ code: 'same_on_every_node' as const, field, text: node }]),
    ...(cluster === undefined || isEmpty(cluster) ? [] : faultsOf(cluster, field)),
  ];
}

export const pathnameFaults =
  (parse: typeof parseFullPathname): ValueFaults<string> =>
  (text, field) => {
    const parsed = parse(text, field);
    return parsed.ok ? [] : [parsed.error];
  };
export const commandFaults = pathnameFaults(parseFullPathname);

/** Within the bounds that the field has. */
export const numberFaults: ValueFaults<number> = (value, field) => {
  if (!Number.isInteger(value)) return [{ code: 'not_a_whole_number', field, text: String(value) }];
  const { least, most } = NUMBER_BOUNDS[field as FieldName] ?? { least: 0, most: Number.MAX_SAFE_INTEGER };
  return value < least || value > most ? [{ code: 'out_of_range', field, text: String(value), least, most }] : [];
};

/** What a value cannot be, by its field's kind alone: what it names is looked at by whoever knows the other entries. */
export const formFaults: ValueFaults<unknown> = (value, field) => {
  const text = String(value);
  switch (FIELD_KINDS[field as FieldName]) {
    case 'command':
      return commandFaults(text, field);
    case 'argv':
      return argvFaults(elements(value), field);
    case 'pathname':
      return pathnameFaults(parseFilePathname)(text, field);
    case 'message':
      return [textFault(text, field) ?? substitutionFaults(text, field)].flat();
    case 'text':
      return [textFault(text, field) ?? []].flat();
    case 'name':
      return nameFaults(text, field);
    case 'names':
      return (value as string[]).flatMap((name) => nameFaults(name, field));
    case 'number':
      return numberFaults(value as number, field);
    case 'boolean':
      return [];
    case 'choice':
      return choiceFaults(text, field);
    case 'choices':
      return elements(value).flatMap((choice) => choiceFaults(choice, field));
    case 'events':
      return elements(value).flatMap((name) => (findEvent(name) ? [] : [{ ...unknownEvent(name), field }]));
    case 'contact':
      return [textFault(text, field) ?? []].flat();
    case 'settings':
      return elements(value).flatMap((setting) => settingFaults(setting, field));
    case 'durations':
      return elements(value).flatMap((seconds) =>
        /^[1-9][0-9]{0,4}$/.test(seconds) ? [] : [{ code: 'not_a_duration' as const, field, text: seconds }],
      );
    case 'mail_relay':
      return isMailRelay(text) ? [] : [{ code: 'not_a_mail_relay', field, text }];
    case 'url':
      return isConsoleUrl(text) ? [] : [{ code: 'not_a_url', field, text }];
    case 'targets':
      return elements(value).flatMap((target) =>
        isTarget(target) ? [] : [{ code: 'not_a_target' as const, field, text: target }],
      );
    case 'ip_label':
      return isIpLabel(text) ? [] : [{ code: 'not_an_ip_label', field, text }];
    case 'netmask':
      return isNetmask(text) ? [] : [{ code: 'not_a_netmask', field, text }];
    case 'program':
      return programFaults(text, field);
    case 'digest':
      return /^[0-9a-f]{64}$/.test(text) ? [] : [{ code: 'not_a_digest', field, text }];
  }
};

/** The faults of all lines of a recovery program; one that is too long is not read. */
export const programFaults: ValueFaults<string> = (text, field) => {
  if (text.length > LONGEST_PROGRAM) return [{ code: 'text_too_long', field, length: text.length, most: LONGEST_PROGRAM }];
  const read = parseProgram(text);
  return read.ok ? [] : read.error.map((fault) => ({ code: 'program_fault' as const, field, fault }));
};

const elements = (value: unknown): string[] => [value].flat().map(String);

/** A full pathname, then arguments; as they are typed separated by blanks, none of them has one. */
const argvFaults = ([command = '', ...args]: string[], field: string): InputFault[] => [
  ...commandFaults(command, field),
  ...args.flatMap((text) => argumentFaults(text, field)),
];

const argumentFaults: ValueFaults<string> = (text, field) =>
  text === '' || /\s/.test(text) ? [{ code: 'argument_with_blanks', field, text }] : [textFault(text, field) ?? []].flat();

const choiceFaults: ValueFaults<string> = (text, field) => {
  const choices = FIELD_CHOICES[field as FieldName] ?? [];
  return choices.includes(text) ? [] : [{ code: 'not_one_of', field, text, choices }];
};

/** The form alone: what a setting means its transport says. */
const settingFaults: ValueFaults<string> = (text, field) => {
  const parsed = parseSetting(text, field);
  if (!parsed.ok) return [parsed.error];
  // A sealed secret is longer than what was typed.
  return parsed.value.value.startsWith('sealed:') ? [] : [textFault(parsed.value.value, field) ?? []].flat();
};

const nameFaults: ValueFaults<string> = (text, field) => {
  const named = parseName(text, field);
  return named.ok ? [] : [named.error];
};

/** A prefix length, or four bytes whose bits are ones first and then zeros. */
function isNetmask(text: string): boolean {
  if (/^[0-9]{1,3}$/.test(text)) return Number(text) <= 128;
  const bytes = text.split('.').map((byte) => (/^[0-9]{1,3}$/.test(byte) ? Number(byte) : 256));
  if (bytes.length !== 4 || bytes.some((byte) => byte > 255)) return false;
  return /^1*0*$/.test(bytes.map((byte) => byte.toString(2).padStart(8, '0')).join(''));
}
