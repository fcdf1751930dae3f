import {
  closeSync,
  constants,
  fchmodSync,
  fstatSync,
  lstatSync,
  openSync,
  type Stats,
  statSync,
  symlinkSync,
  unlinkSync,
} from 'node:fs';
import { join } from 'node:path';
import { type ComponentFault, err, ok, readScriptName, type Result } from '@fallover/events';
import type { Component } from './component-events.ts';
import { readComponentDirectory } from './read-directory.ts';

export interface Enabling {
  changed: boolean;
  /** What was done, or why there was nothing to do. */
  sentence: string;
}

const EXECUTE = 0o111;

/** As `ctdb event script enable`: a link to the installed script, or the execute bits of a file; done twice it is done once. */
export function enableScript(component: Component, script: string): Result<Enabling, ComponentFault> {
  const path = pathOf(component, script);
  if (!path.ok) return path;
  const here = lookAt(path.value.path);
  if (here === undefined) return link(component, script, path.value);
  if (here.isSymbolicLink())
    return ok({ changed: false, sentence: `${script} is enabled already: ${path.value.path} is a link.` });
  return setExecute(component, script, path.value, here, true);
}

/** As `ctdb event script disable`: the link goes, or the execute bits. One that is not there is disabled. */
export function disableScript(component: Component, script: string): Result<Enabling, ComponentFault> {
  const path = pathOf(component, script);
  if (!path.ok) return path;
  const here = lookAt(path.value.path);
  if (here === undefined)
    return ok({ changed: false, sentence: `${script} is not in ${component.directory}, so it does not run.` });
  if (!here.isSymbolicLink()) return setExecute(component, script, path.value, here, false);
  try {
    unlinkSync(path.value.path);
  } catch (error) {
    return notChanged(path.value.path, error);
  }
  return ok({ changed: true, sentence: `${script} is disabled: the link ${path.value.path} was removed.` });
}

interface ScriptPath {
  file: string;
  path: string;
}

/** Of one that is there by its name; else the name that it would have. */
function pathOf(component: Component, script: string): Result<ScriptPath, ComponentFault> {
  if (script === '' || script.includes('/') || script.includes('\0'))
    return err({ code: 'not_an_event_script', component: component.name, script });
  const read = readComponentDirectory(component);
  const found = read.ok ? read.value.scripts.find(({ name, file }) => name === script || file === script) : undefined;
  const file = found?.file ?? `${script}.script`;
  return ok({ file, path: join(component.directory, file) });
}

function link(component: Component, script: string, { file, path }: ScriptPath): Result<Enabling, ComponentFault> {
  const installed = component.installed === undefined ? undefined : join(component.installed, file);
  if (installed === undefined || lookAt(installed, statSync) === undefined || !readScriptName(component.profile, file).ok)
    return err({ code: 'no_such_event_script', component: component.name, script });
  try {
    symlinkSync(installed, path);
  } catch (error) {
    return notChanged(path, error);
  }
  return ok({ changed: true, sentence: `${script} is enabled: ${path} is a link to ${installed}.` });
}

function setExecute(
  component: Component,
  script: string,
  { file, path }: ScriptPath,
  here: Stats,
  enable: boolean,
): Result<Enabling, ComponentFault> {
  if (!here.isFile()) return err({ code: 'not_a_file_or_link', path });
  if (!readScriptName(component.profile, file).ok) return err({ code: 'not_an_event_script', component: component.name, script });
  try {
    // The very file that was looked at, and none that a link leads to.
    const fd = openSync(path, constants.O_RDONLY | constants.O_NOFOLLOW | constants.O_NONBLOCK);
    try {
      const { mode } = fstatSync(fd);
      const wanted = (enable ? mode | EXECUTE : mode & ~EXECUTE) & 0o7777;
      if (wanted === (mode & 0o7777))
        return ok({ changed: false, sentence: `${script} is ${enable ? 'enabled' : 'disabled'} already.` });
      fchmodSync(fd, wanted);
      return ok({
        changed: true,
        sentence: `${script} is ${enable ? 'enabled' : 'disabled'}: ${path} has the mode ${wanted.toString(8).padStart(4, '0')}.`,
      });
    } finally {
      closeSync(fd);
    }
  } catch (error) {
    return notChanged(path, error);
  }
}

const notChanged = (path: string, error: unknown): { ok: false; error: ComponentFault } =>
  err({ code: 'script_not_changed', path, reason: (error as NodeJS.ErrnoException).code ?? 'EIO' });

function lookAt(path: string, look: (path: string) => Stats = lstatSync): Stats | undefined {
  try {
    return look(path);
  } catch {
    return undefined;
  }
}
