import type { DefinitionDocument } from '../definition/types.ts';
import { NAME } from '../names.ts';
import { byCodeUnits } from '../sort-keys.ts';

/**
 * The script library: scripts that the configuration itself keeps. Below the library's directory DIR, `sets/HASH/NAME` is a
 * script of the set of a revision, and `current` leads to the set of the active one; a command is configured as
 * `DIR/current/NAME`.
 */
export const libraryCurrent = (directory: string): string => `${directory}/current`;
export const librarySets = (directory: string): string => `${directory}/sets`;

/** The scripts of a revision, name to the SHA-256 of the bytes, sorted by name: what is laid down together. */
export type ScriptSet = ReadonlyMap<string, string>;

export function scriptsOf({ entries }: Pick<DefinitionDocument, 'entries'>): ScriptSet {
  const scripts = entries.flatMap((entry): [string, string][] => {
    const content = entry.class === 'script' ? entry.fields.content?.cluster : undefined;
    return content === undefined ? [] : [[entry.name, content]];
  });
  return new Map(scripts.sort(([a], [b]) => byCodeUnits(a, b)));
}

/** The text whose SHA-256 is the name of the set: two revisions with the same scripts have the same set. */
export const scriptSetText = (scripts: ScriptSet): string => JSON.stringify([...scripts]);

/** The full pathname that a command is configured with to be this script. */
export const scriptPath = (directory: string, name: string): string => `${libraryCurrent(directory)}/${name}`;

/** What of a command's pathname stands behind `DIR/current/`; undefined for a command that is not of this library. */
export function nameInLibrary(path: string, directory: string): string | undefined {
  const start = `${libraryCurrent(directory)}/`;
  return path.startsWith(start) ? path.slice(start.length) : undefined;
}

/** The same for a command of any library: its directory and the script's name, where the pathname has that form. */
export function anyLibraryOf(path: string): { directory: string; name: string } | undefined {
  const [, directory, name = ''] = /^(\/.+)\/current\/([^/]+)$/.exec(path) ?? [];
  return directory !== undefined && NAME.test(name) ? { directory, name } : undefined;
}
