import { type ComponentMode, type ComponentProfile, componentSentence } from '@fallover/events';

/** What is declared of a component; an empty debug script is none. */
export interface Settings {
  name: string;
  directory: string;
  profile: ComponentProfile;
  mode: ComponentMode;
  debugScript: string;
}

const SHELL_WORDS = { directory: 'DIRECTORY', profile: 'PROFILE', mode: 'MODE', debugScript: 'DEBUGSCRIPT' } as const;

/** The words of `fallover add|modify component` for what differs from what is there already. */
export const wordsOf = (settings: Settings, kept: Partial<Settings>): string[] =>
  (Object.keys(SHELL_WORDS) as (keyof typeof SHELL_WORDS)[]).flatMap((field) =>
    settings[field] === kept[field] ? [] : [`${SHELL_WORDS[field]}=${settings[field]}`],
  );

/** What is wrong with what was typed, before it is sent; the cluster manager looks at it again. */
export function faultsOf({ name, directory, debugScript }: Settings, names: RegExp): Partial<Record<keyof Settings, string>> {
  return {
    ...(name === ''
      ? { name: 'Component Name is missing.' }
      : names.test(name)
        ? {}
        : { name: 'Component Name begins with a letter or a digit; behind it letters, digits, and . _ - may stand.' }),
    ...(directory === '' ? { directory: 'Directory is missing: give the full pathname of where the event scripts are.' } : {}),
    ...(directory === '' ? {} : pathFault('directory', directory)),
    ...(debugScript === '' ? {} : pathFault('debugScript', debugScript)),
  };
}

function pathFault(field: 'directory' | 'debugScript', text: string): Partial<Record<keyof Settings, string>> {
  const parts = text
    .replace(/(?<=.)\/$/, '')
    .slice(1)
    .split('/');
  const isFull = text.startsWith('/') && (text === '/' || parts.every((part) => part !== '' && part !== '.' && part !== '..'));
  return isFull ? {} : { [field]: componentSentence({ code: 'not_a_component_path', field, text }) };
}
