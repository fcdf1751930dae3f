import {
  type ComponentMode,
  type ComponentProfile,
  componentSentence,
  inputSentence,
  isComponentPath,
  parseName,
} from '@fallover/events';

/** What is declared of a component; an empty debug script is none. */
export interface Settings {
  directory: string;
  profile: ComponentProfile;
  mode: ComponentMode;
  debugScript: string;
}
export type SettingsFaults = Partial<Record<keyof Settings, string>>;

const SHELL_WORDS = { directory: 'DIRECTORY', profile: 'PROFILE', mode: 'MODE', debugScript: 'DEBUGSCRIPT' } as const;
const FIELDS = Object.keys(SHELL_WORDS) as (keyof Settings)[];

/** What differs from what is there already. */
export const changesOf = (settings: Settings, kept: Partial<Settings>): Partial<Settings> =>
  Object.fromEntries(FIELDS.flatMap((field) => (settings[field] === kept[field] ? [] : [[field, settings[field]]])));

/** The same as words of `fallover add|modify component`. */
export const wordsOf = (changes: Partial<Settings>): string[] =>
  FIELDS.flatMap((field) => (changes[field] === undefined ? [] : [`${SHELL_WORDS[field]}=${changes[field]}`]));

/** What is wrong with what was typed, before it is sent; the cluster manager looks at it again. */
export function faultsOf({ directory, debugScript }: Settings): SettingsFaults {
  if (directory === '') return { directory: 'Directory is missing: give the full pathname of where the event scripts are.' };
  return { ...pathFault('directory', directory), ...(debugScript === '' ? {} : pathFault('debugScript', debugScript)) };
}

export function nameFaultOf(name: string): string | undefined {
  if (name === '') return 'Component Name is missing.';
  const parsed = parseName(name, 'name');
  return parsed.ok ? undefined : inputSentence(parsed.error, () => 'Component Name');
}

const pathFault = (field: 'directory' | 'debugScript', text: string): SettingsFaults =>
  isComponentPath(text) ? {} : { [field]: componentSentence({ code: 'not_a_component_path', field, text }) };
