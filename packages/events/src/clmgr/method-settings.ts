import { parseSetting, type Setting, writeSetting } from '../notification/settings.ts';
import { err, ok, type Result } from '../result.ts';
import type { InputFault } from '../wording/input.ts';

/** One setting of a transport by itself, as `SETTING.name=value` or `SETTING.name@node=value` asks for it; without a value it goes. */
export type SettingChange = Omit<Setting, 'value'> & { value?: string };

/** `text` is taken as it stands: a value that is not one of a list needs nothing written as in a URL. */
export function parseSettingChange(
  target: string,
  text: string,
  before: readonly SettingChange[],
): Result<SettingChange, InputFault> {
  const parsed = parseSetting(`${target}=`, 'settings');
  // Without its value, which may be a secret.
  if (!parsed.ok) return err({ code: 'not_a_setting', field: 'settings', text: target });
  const { name, node } = parsed.value;
  if (before.some((one) => isOf(one, parsed.value))) return err({ code: 'attribute_given_twice', field: `SETTING.${target}` });
  return ok({ name, ...(node === undefined ? {} : { node }), ...(text === '' ? {} : { value: text }) });
}

/** The list with the changes made; what is changed stays where it was. */
export function withSettings(list: readonly string[], changes: readonly SettingChange[]): string[] {
  let settings = [...list];
  for (const { value, ...of } of changes) {
    const first = settings.findIndex((text) => isWritten(text, of));
    settings = settings.filter((text) => !isWritten(text, of));
    if (value !== undefined) settings.splice(first < 0 ? settings.length : first, 0, writeSetting({ ...of, value }));
  }
  return settings;
}

const isOf = (one: Omit<Setting, 'value'>, other: Omit<Setting, 'value'>): boolean =>
  one.name === other.name && one.node === other.node;

function isWritten(text: string, of: Omit<Setting, 'value'>): boolean {
  const parsed = parseSetting(text, 'settings');
  return parsed.ok && isOf(parsed.value, of);
}

/** A setting whose value is `-` has it read from the standard input; one that is to be that very character is typed as `%2D`. */
const FROM_INPUT = '-';
const JUST_HYPHEN = /=%2D$/i;

const isFromInput = (text: string): boolean => text.endsWith(`=${FROM_INPUT}`) && parseSetting(text, 'settings').ok;

/** The settings as a command line has them. */
export const typedSettings = (list: readonly string[]): string[] =>
  list.map((text) => (isFromInput(text) ? text.replace(/-$/, '%2D') : text));

/** The settings that a command line asks to be read from the standard input, such as `password` and `pin@nodea`, in order. */
export const settingsFromInput = (list: readonly string[], changes: readonly SettingChange[]): string[] => [
  ...list.filter(isFromInput).map((text) => text.slice(0, -`=${FROM_INPUT}`.length)),
  ...changes.flatMap(({ name, node, value }) => (value === FROM_INPUT ? [node === undefined ? name : `${name}@${node}`] : [])),
];

/** The same list and changes with what was read for them, in that order. */
export function withInput(
  list: readonly string[],
  changes: readonly SettingChange[],
  values: readonly string[],
): { list: string[]; changes: SettingChange[] } {
  const left = [...values];
  const next = (): string => left.shift() ?? '';
  return {
    list: list.map((text) => {
      const parsed = parseSetting(text, 'settings');
      if (parsed.ok && isFromInput(text)) return writeSetting({ ...parsed.value, value: next() });
      return text.replace(JUST_HYPHEN, `=${FROM_INPUT}`);
    }),
    changes: changes.map((change) => (change.value === FROM_INPUT ? { ...change, value: next() } : change)),
  };
}
