import { err, ok, type Result } from '../result.ts';
import type { ComponentProfile } from './words.ts';

/** A file of a component's directory that is an event script by its name. */
export interface ScriptName {
  /** As `ctdb event` shows it: without `.script`. */
  name: string;
  file: string;
  /** The two digits it begins with. */
  number: string;
}

/** Why a file of a component's directory is not an event script. */
export const IGNORED_FOR = ['no_number', 'no_script_suffix', 'other_suffix', 'backup', 'no_name', 'not_utf8'] as const;
export type IgnoredFor = (typeof IGNORED_FOR)[number];

export interface IgnoredFile {
  file: string;
  why: IgnoredFor;
}

export interface EqualNumbers {
  number: string;
  files: string[];
}

export interface DirectoryReading {
  /** In the order in which they run: by the bytes of their file names. */
  scripts: ScriptName[];
  ignored: IgnoredFile[];
  /** Two or more scripts of one number; only the readme profile refuses them. */
  equalNumbers: EqualNumbers[];
}

const SUFFIX = '.script';

/** Which files of a directory are event scripts under a profile, in which order, and why the others are none. */
export function readScriptNames(profile: ComponentProfile, files: readonly string[]): DirectoryReading {
  const scripts: ScriptName[] = [];
  const ignored: IgnoredFile[] = [];
  for (const file of [...files].sort(byBytes)) {
    const read = readScriptName(profile, file);
    if (read.ok) scripts.push(read.value);
    else ignored.push({ file, why: read.error });
  }
  return { scripts, ignored, equalNumbers: equalNumbersOf(scripts) };
}

export function readScriptName(profile: ComponentProfile, file: string): Result<ScriptName, IgnoredFor> {
  if (!/^[0-9][0-9]\./.test(file)) return err('no_number');
  const script = { file, number: file.slice(0, 2), name: file.endsWith(SUFFIX) ? file.slice(0, -SUFFIX.length) : file };
  switch (profile) {
    case 'ctdb':
      // The glob [0-9][0-9].*.script; its * also stands for nothing.
      if (!file.endsWith(SUFFIX)) return err(file.endsWith('~') ? 'backup' : 'no_script_suffix');
      return file.length >= 'NN.'.length + SUFFIX.length ? ok(script) : err('no_name');
    case 'readme': {
      if (file.endsWith('~')) return err('backup');
      const name = file.slice('NN.'.length);
      if (name === '' || name === 'script' || name === SUFFIX) return err('no_name');
      return name.endsWith(SUFFIX) || !name.includes('.') ? ok(script) : err('other_suffix');
    }
  }
}

function equalNumbersOf(scripts: readonly ScriptName[]): EqualNumbers[] {
  const files = new Map<string, string[]>();
  for (const { number, file } of scripts) files.set(number, [...(files.get(number) ?? []), file]);
  return [...files].flatMap(([number, of]) => (of.length > 1 ? [{ number, files: of }] : []));
}

/** The order of the names' bytes in UTF-8, which is that of their code points; not that of any language. */
export function byBytes(one: string, other: string): number {
  const [left, right] = [[...one], [...other]];
  for (let at = 0; at < left.length && at < right.length; at++) {
    const difference = (left[at]?.codePointAt(0) ?? 0) - (right[at]?.codePointAt(0) ?? 0);
    if (difference !== 0) return difference;
  }
  return left.length - right.length;
}
