import { err, ok, type Result } from '../result.ts';

/**
 * A transport's own settings, kept as `name=value`, or `name@node=value` where a node has another one, such as its modem's
 * port. Blanks and per cent signs of a value are written as in a URL, so that a list of settings is blank-separated anywhere.
 */
export interface Setting {
  name: string;
  node?: string;
  value: string;
}

export type SettingFault = { code: 'not_a_setting'; field: string; text: string };

const SETTING = /^([a-z][A-Za-z0-9]{0,39})(?:@([A-Za-z0-9][A-Za-z0-9_.-]{0,63}))?=(\S*)$/s;

export function parseSetting(text: string, field: string): Result<Setting, SettingFault> {
  const [, name, node, written] = SETTING.exec(text) ?? [];
  if (name === undefined || written === undefined) return err({ code: 'not_a_setting', field, text });
  try {
    return ok({ name, ...(node === undefined ? {} : { node }), value: decodeURIComponent(written) });
  } catch {
    return err({ code: 'not_a_setting', field, text });
  }
}

export const writeSetting = ({ name, node, value }: Setting): string =>
  `${name}${node === undefined ? '' : `@${node}`}=${value.toWellFormed().replace(/[\s%\p{C}]/gu, encodeURIComponent)}`;

/** The settings that hold on a node; those that are not understood are left out. */
export function settingsOn(list: readonly string[], node: string): Record<string, string> {
  const settings = list.flatMap((text) => {
    const parsed = parseSetting(text, 'settings');
    return parsed.ok ? [parsed.value] : [];
  });
  const values: Record<string, string> = {};
  for (const setting of settings) if (setting.node === undefined) values[setting.name] = setting.value;
  for (const setting of settings) if (setting.node === node) values[setting.name] = setting.value;
  return values;
}
