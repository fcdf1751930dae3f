import { existsSync, mkdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { COMPONENT_MODES, COMPONENT_PROFILES, type ComponentMode, type ComponentProfile, NAME } from '@fallover/events';
import { writeDurably } from '../executor/launcher/write-durably.ts';

/** What an administrator has said of a component on this node; what is missing is as it was found. */
export interface Declaration {
  directory?: string;
  profile?: ComponentProfile;
  mode?: ComponentMode;
  debugScript?: string;
}

/** `components.json`: the daemon writes it, and the launcher reads from it where scripts are; no message of the daemon's says so. */
export interface Declarations {
  format: 1;
  base?: string;
  components: Record<string, Declaration>;
}

export const componentsDirectory = (stateDirectory: string): string => join(stateDirectory, 'components');
const declarationsFile = (stateDirectory: string): string => join(componentsDirectory(stateDirectory), 'components.json');
/** How scripts ended that a launcher finished after its daemon had gone. */
export const leftScripts = (stateDirectory: string): string => join(componentsDirectory(stateDirectory), 'left');

/** Throws when the file is there and says something else. */
export function readDeclarations(stateDirectory: string): Declarations {
  const file = declarationsFile(stateDirectory);
  if (!existsSync(file)) return { format: 1, components: {} };
  const read = JSON.parse(readFileSync(file, 'utf8')) as Partial<Declarations>;
  if (read.format !== 1 || typeof read.components !== 'object' || read.components === null)
    throw new Error(`${file} is not of this release.`);
  if (!isPath(read.base) || !Object.entries(read.components).every(([name, said]) => NAME.test(name) && isDeclaration(said)))
    throw new Error(`${file} has something that is no component.`);
  return read as Declarations;
}

export function writeDeclarations(stateDirectory: string, declarations: Declarations): void {
  mkdirSync(componentsDirectory(stateDirectory), { recursive: true, mode: 0o700 });
  writeDurably(declarationsFile(stateDirectory), `${JSON.stringify(declarations, null, 2)}\n`);
}

const isPath = (value: unknown): boolean => value === undefined || (typeof value === 'string' && value.startsWith('/'));
const isOneOf = (value: unknown, list: readonly string[]): boolean => value === undefined || list.includes(value as string);
const isDeclaration = ({ directory, profile, mode, debugScript }: Declaration): boolean =>
  isPath(directory) && isPath(debugScript) && isOneOf(profile, COMPONENT_PROFILES) && isOneOf(mode, COMPONENT_MODES);

/** Where the scripts of a component are, and what CTDB_BASE says to them. */
export function placeOf(
  { base, components }: Declarations,
  name: string,
): { directory: string; base?: string; debugScript?: string } | undefined {
  const said = Object.hasOwn(components, name) ? components[name] : undefined;
  const directory = said?.directory ?? (base === undefined ? undefined : join(base, 'events', name));
  if (directory === undefined) return undefined;
  return {
    directory,
    ...(base === undefined ? {} : { base }),
    ...(said?.debugScript ? { debugScript: said.debugScript } : {}),
  };
}
