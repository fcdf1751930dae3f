import { type Dirent, lstatSync, readdirSync, readlinkSync, type Stats, statSync } from 'node:fs';
import { join } from 'node:path';
import {
  type ComponentFault,
  type DirectoryReading,
  err,
  type IgnoredFile,
  ok,
  readScriptNames,
  type Result,
  type ScriptName,
} from '@fallover/events';
import type { Component } from './component-events.ts';

export interface FoundScript extends ScriptName {
  path: string;
  /** The owner-execute bit of what it leads to. */
  enabled: boolean;
  /** What a link says. */
  link?: string;
  /** Missing where a link leads to nothing. */
  target?: Stats;
}

const S_IXUSR = 0o100;

export type ReadDirectory = Omit<DirectoryReading, 'scripts'> & { scripts: FoundScript[] };

/** The directory as it is now: it is read again for each event. */
export function readComponentDirectory(component: Component): Result<ReadDirectory, ComponentFault> {
  const { directory, profile } = component;
  const names = namesIn(directory);
  if (!names.ok) return err({ code: 'component_directory_missing', component: component.name, directory, reason: names.error });
  const { scripts, ignored, equalNumbers } = readScriptNames(profile, names.value.files);
  return ok({
    scripts: scripts.map((script) => inspect(directory, script)),
    ignored: [...names.value.ignored, ...ignored],
    equalNumbers,
  });
}

function inspect(directory: string, script: ScriptName): FoundScript {
  const path = join(directory, script.file);
  const here = lookAt(lstatSync, path);
  const file = here?.isSymbolicLink() ? lookAt(statSync, path) : here;
  const link = here?.isSymbolicLink() ? linkOf(path) : undefined;
  return {
    ...script,
    path,
    enabled: file !== undefined && (file.mode & S_IXUSR) !== 0,
    ...(link === undefined ? {} : { link }),
    ...(file === undefined ? {} : { target: file }),
  };
}

function namesIn(directory: string): Result<{ files: string[]; ignored: IgnoredFile[] }, string> {
  let entries: Dirent<Buffer>[];
  try {
    entries = readdirSync(directory, { withFileTypes: true, encoding: 'buffer' });
  } catch (error) {
    return err((error as NodeJS.ErrnoException).code ?? 'EIO');
  }
  const files: string[] = [];
  const ignored: IgnoredFile[] = [];
  for (const { name } of entries) {
    const text = name.toString();
    if (Buffer.from(text).equals(name)) files.push(text);
    else ignored.push({ file: text, why: 'not_utf8' });
  }
  return ok({ files, ignored });
}

/** Scripts that are installed for a component, by their names; there need not be a directory of them. */
export function installedScripts(component: Component): { name: string; file: string; path: string }[] {
  const { installed } = component;
  if (installed === undefined) return [];
  const names = namesIn(installed);
  if (!names.ok) return [];
  return readScriptNames(component.profile, names.value.files).scripts.map(({ name, file }) => ({
    name,
    file,
    path: join(installed, file),
  }));
}

function lookAt(look: (path: string) => Stats, path: string): Stats | undefined {
  try {
    return look(path);
  } catch {
    return undefined; // It has gone, or its link leads to nothing.
  }
}

function linkOf(path: string): string | undefined {
  try {
    return readlinkSync(path);
  } catch {
    return undefined;
  }
}
