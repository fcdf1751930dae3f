import { existsSync, readdirSync } from 'node:fs';
import { join } from 'node:path';
import { byBytes, type ComponentFault, err, isComponentPath, NAME, ok, type Result } from '@fallover/events';
import type { Component } from './component-events.ts';
import { type Declaration, type Declarations, readDeclarations, writeDeclarations } from './declared-components.ts';

/** Which components there are on this node: directories below the base, and what an administrator has declared. */
export interface ComponentList {
  base: string | undefined;
  all(): Component[];
  find(name: string): Result<Component, ComponentFault>;
  add(name: string, declaration: Declaration & { directory: string }): Result<Component, ComponentFault>;
  change(name: string, declaration: Declaration): Result<Component, ComponentFault>;
  remove(name: string): Result<void, ComponentFault>;
}

/** Where Debian and others keep what /etc/ctdb links to. */
const SYSTEM_BASE = '/etc/ctdb';
const SYSTEM_INSTALLED = '/usr/share/ctdb';

export function componentList(stateDirectory: string, base: string | undefined): ComponentList {
  let declarations: Declarations = { ...readDeclarations(stateDirectory), ...(base === undefined ? {} : { base }) };
  if (base === undefined) delete declarations.base;
  const save = (components: Declarations['components']): void => {
    const next: Declarations = { ...declarations, components };
    writeDeclarations(stateDirectory, next);
    declarations = next;
  };
  save(declarations.components);

  const installedOf = (name: string): string | undefined => {
    if (base === undefined) return undefined;
    const own = join(base, 'share', 'events', name);
    return base === SYSTEM_BASE && !existsSync(own) ? join(SYSTEM_INSTALLED, 'events', name) : own;
  };
  const isBelowBase = (name: string): boolean => base !== undefined && directories(join(base, 'events')).includes(name);
  const component = (name: string): Component => {
    const said = Object.hasOwn(declarations.components, name) ? (declarations.components[name] as Declaration) : {};
    const below = said.directory === undefined;
    const installed = below ? installedOf(name) : undefined;
    return {
      name,
      directory: said.directory ?? join(base ?? '/', 'events', name),
      profile: said.profile ?? 'ctdb',
      mode: said.mode ?? 'manual',
      source: below ? 'base' : 'declared',
      ...(base === undefined ? {} : { base }),
      ...(installed === undefined ? {} : { installed }),
      ...(said.debugScript ? { debugScript: said.debugScript } : {}),
    };
  };
  const isDeclared = (name: string): boolean => Object.hasOwn(declarations.components, name);
  const find = (name: string): Result<Component, ComponentFault> =>
    NAME.test(name) && (declarations.components[name]?.directory !== undefined || isBelowBase(name))
      ? ok(component(name))
      : err({ code: 'no_component', component: name });
  const faultOf = ({ directory, debugScript }: Declaration): ComponentFault | undefined =>
    pathFault('directory', directory) ?? pathFault('debugScript', debugScript === '' ? undefined : debugScript);

  return {
    base,
    all() {
      const declared = Object.entries(declarations.components).flatMap(([name, { directory }]) => (directory ? [name] : []));
      const found = base === undefined ? [] : directories(join(base, 'events'));
      return [...new Set([...declared, ...found])].sort(byBytes).map(component);
    },
    find,
    add(name, declaration) {
      const found = find(name);
      if (found.ok) return err({ code: 'component_exists', component: name, directory: found.value.directory });
      const fault = faultOf(declaration);
      if (fault) return err(fault);
      save({ ...declarations.components, [name]: declaration });
      return ok(component(name));
    },
    change(name, declaration) {
      const found = find(name);
      const fault = found.ok ? faultOf(declaration) : found.error;
      if (fault) return err(fault);
      const next: Declaration = { ...declarations.components[name], ...declaration };
      if (next.debugScript === '') delete next.debugScript;
      save({ ...declarations.components, [name]: next });
      return ok(component(name));
    },
    remove(name) {
      if (!isDeclared(name)) {
        const found = find(name);
        return err(found.ok ? { code: 'component_not_declared', component: name } : found.error);
      }
      const { [name]: _, ...others } = declarations.components;
      save(others);
      return ok(undefined);
    },
  };
}

function pathFault(field: string, text: string | undefined): ComponentFault | undefined {
  return text === undefined || isComponentPath(text) ? undefined : { code: 'not_a_component_path', field, text };
}

/** Directories by names, and links that lead to one. */
function directories(above: string): string[] {
  try {
    return readdirSync(above, { withFileTypes: true }).flatMap((entry) =>
      NAME.test(entry.name) && (entry.isDirectory() || entry.isSymbolicLink()) ? [entry.name] : [],
    );
  } catch {
    return []; // There is no base yet: whoever asks for a component is told.
  }
}
