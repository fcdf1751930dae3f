import { createHash } from 'node:crypto';
import { closeSync, constants, fstatSync, openSync, readSync, realpathSync } from 'node:fs';
import { type ComponentFault, err, ok, type Result, type StartFaultCode, startFaultSentence } from '@fallover/events';
import { checkTrust } from '../executor/launcher/trust.ts';
import type { Component } from './component-events.ts';
import { installedScripts, readComponentDirectory } from './read-directory.ts';

export interface ScriptText {
  name: string;
  path: string;
  realPath?: string;
  text: string;
  bytes: number;
  cut: boolean;
  sha256: string;
  mode: string;
  owner: number;
  changedAt: string;
}

const LONGEST = 1024 * 1024;
/** What keeps a script from being run, and not from being read: whose it is, and who can write to it, was looked at before. */
const READABLE: ReadonlySet<StartFaultCode> = new Set(['not_executable', 'no_interpreter']);

/** The text of a script of the component, or of one that is installed for it; its path is trusted, as that of any command. */
export function readScript(component: Component, script: string): Result<ScriptText, ComponentFault> {
  const read = readComponentDirectory(component);
  const all = [...(read.ok ? read.value.scripts : []), ...installedScripts(component)];
  const found = all.find(({ name, file }) => name === script || file === script);
  if (!found) return err({ code: 'no_such_event_script', component: component.name, script });
  const { path, name } = found;
  const untrusted = checkTrust(path);
  if (untrusted && !READABLE.has(untrusted.code))
    return err({ code: 'script_not_readable', path, reason: startFaultSentence(untrusted) });
  try {
    const fd = openSync(path, constants.O_RDONLY | constants.O_NONBLOCK);
    try {
      const { size, mode, uid, mtime } = fstatSync(fd);
      const bytes = Buffer.alloc(Math.min(size, LONGEST));
      const text = bytes.subarray(0, readSync(fd, bytes, 0, bytes.length, 0));
      const realPath = realpathSync(path);
      return ok({
        ...{ name, path, text: text.toString(), bytes: size, cut: size > LONGEST, owner: uid },
        ...(realPath === path ? {} : { realPath }),
        sha256: createHash('sha256').update(text).digest('hex'),
        mode: (mode & 0o7777).toString(8).padStart(4, '0'),
        changedAt: mtime.toISOString(),
      });
    } finally {
      closeSync(fd);
    }
  } catch (error) {
    return err({ code: 'script_not_readable', path, reason: (error as NodeJS.ErrnoException).code ?? 'EIO' });
  }
}
