import type { TransportView } from '@fallover/contract';
import { parseSetting, type Setting, writeSetting } from '@fallover/events';

export type SettingSchema = TransportView['settings']['properties'][string];
type Schema = TransportView['settings'];

const read = (list: readonly string[]): Setting[] =>
  list.flatMap((text) => {
    const parsed = parseSetting(text, 'settings');
    return parsed.ok ? [parsed.value] : [];
  });

/** How a setting is asked for. */
export type SettingKind = 'secret' | 'choice' | 'yes_no' | 'number' | 'path' | 'text';

export function kindOf({ secret, enum: choices, type, default: unless, placeholder }: SettingSchema): SettingKind {
  if (secret) return 'secret';
  if (choices) return 'choice';
  if (type === 'boolean' || typeof unless === 'boolean') return 'yes_no';
  if (type === 'integer' || type === 'number' || typeof unless === 'number') return 'number';
  return placeholder?.startsWith('/') ? 'path' : 'text';
}

export const valueIn = (list: readonly string[], name: string, node?: string): string =>
  read(list).find((setting) => setting.name === name && setting.node === node)?.value ?? '';

/** The list with this value; an empty one is taken out. It keeps the order of the form, so that to type back is no change. */
export function withValue(
  list: readonly string[],
  { properties }: Schema,
  name: string,
  node: string | undefined,
  value: string,
): string[] {
  const at = list.findIndex((text) => {
    const parsed = parseSetting(text, 'settings');
    return parsed.ok && parsed.value.name === name && parsed.value.node === node;
  });
  const written = value === '' ? [] : [writeSetting({ name, ...(node === undefined ? {} : { node }), value })];
  if (at >= 0) return [...list.slice(0, at), ...written, ...list.slice(at + 1)];
  const order = Object.keys(properties);
  const rank = (setting: Pick<Setting, 'name' | 'node'>): string =>
    `${String(order.indexOf(setting.name) + 1).padStart(4, '0')} ${setting.node ?? ''}`;
  const own = rank({ name, ...(node === undefined ? {} : { node }) });
  const behind = list.findIndex((text) => {
    const parsed = parseSetting(text, 'settings');
    return parsed.ok && rank(parsed.value) > own;
  });
  return behind < 0 ? [...list, ...written] : [...list.slice(0, behind), ...written, ...list.slice(behind)];
}

/** What a transport has not: settings of another one, or what is not understood. */
export const foreign = (list: readonly string[], { properties }: Schema): string[] =>
  list.filter((text) => {
    const parsed = parseSetting(text, 'settings');
    return !parsed.ok || !Object.hasOwn(properties, parsed.value.name);
  });

export const without = (list: readonly string[], some: readonly string[]): string[] =>
  list.filter((text) => !some.includes(text));

/** The nodes that have a line of their own for a setting: those that send, and any that has a value already. */
export const nodesOf = (list: readonly string[], name: string, senders: readonly string[]): string[] => [
  ...new Set([
    ...senders,
    ...read(list).flatMap((setting) => (setting.name === name && setting.node !== undefined ? [setting.node] : [])),
  ]),
];

/** The settings of another notification type are kept aside, and come back with it. */
export function switched(
  list: readonly string[],
  from: string,
  to: TransportView,
  aside: ReadonlyMap<string, readonly string[]>,
): { list: string[]; aside: Map<string, readonly string[]> } {
  const kept = aside.get(to.kind) ?? without(list, foreign(list, to.settings));
  return { list: [...kept], aside: new Map([...aside, [from, list]]) };
}
