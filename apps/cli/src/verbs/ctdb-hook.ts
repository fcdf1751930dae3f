import {
  chownSync,
  closeSync,
  fchmodSync,
  fsyncSync,
  lstatSync,
  openSync,
  readFileSync,
  renameSync,
  rmSync,
  statSync,
  writeSync,
} from 'node:fs';
import { dirname, join, resolve } from 'node:path';
import { changeComponent, getComponent } from '../addresses.ts';
import type { Answer, Daemon } from '../control-socket.ts';
import { hookFile, hookText, isHook } from '../ctdb-hook.ts';
import { EXIT, type Io } from '../io.ts';
import { printLines } from '../print.ts';
import { refuse, wordsOf } from '../report.ts';
import type { RunVerb } from '../shell.ts';
import { CHECKOUT } from '../state-directory.ts';
import { visibleLine } from '../visible.ts';
import { writableByOthers } from '../writable-by-others.ts';

const BASE = '/etc/ctdb';
const COMPONENT = 'legacy';
/** As names of components are everywhere; one that is none could lead out of the base. */
const NAME = /^[A-Za-z0-9][A-Za-z0-9_.-]{0,63}$/;
const NUMBER = /^[0-9]{2}$/;

const INSTALL = { 'ctdb-base': 'value', number: 'value', print: 'flag' } as const;
const UNINSTALL = { 'ctdb-base': 'value', number: 'value' } as const;

interface Place {
  component: string;
  directory: string;
  path: string;
}

/** Where the hook of a component is; undefined when that was refused. */
function placeOf(io: Io, words: readonly string[], options: { 'ctdb-base'?: string; number?: string }): Place | undefined {
  const [component = COMPONENT] = words;
  const { number = '00' } = options;
  const base = resolve(options['ctdb-base'] ?? (io.env['CTDB_BASE'] || BASE));
  if (!NAME.test(component)) {
    refuse(
      io,
      `"${visibleLine(component)}" is no name of a component: give that of a directory below ${base}/events, such as legacy.`,
    );
    return undefined;
  }
  if (!NUMBER.test(number)) {
    refuse(io, `--number is two digits, such as 00; "${visibleLine(number)}" is not.`);
    return undefined;
  }
  const directory = join(base, 'events', component);
  return { component, directory, path: join(directory, hookFile(number)) };
}

export const installHook: RunVerb = async (args, { io, daemon, state, usage }) => {
  const read = wordsOf(io, args, INSTALL, { usage, least: 0, most: 1 });
  const place = read && placeOf(io, read.words, read.options);
  if (!read || !place) return EXIT.refused;
  const program = join(CHECKOUT, 'apps/cli/src/hand-over-event.ts');
  const text = hookText({ component: place.component, node: process.execPath, program, state });
  if (read.options.print) {
    io.out(text);
    return EXIT.done;
  }
  const faults = mayBeLaidDown(place, [process.execPath, program, state]);
  if (faults) return refuse(io, ...faults);
  const { component } = place;
  const before = await daemon.ask(getComponent, { parameters: { component } });
  if (before.ok && before.reply.mode === 'driven')
    return refuse(
      io,
      `Fallover drives component ${component}; a ctdbd that runs events in it too would start everything twice.`,
      `Let one of them alone do it: set it to manual first (fallover modify component ${component} mode=manual), and when the shutdown that then runs is over install the hook.`,
    );
  const isThere = textOf(place.path) === text && (statSync(place.path).mode & 0o777) === 0o755;
  if (!isThere) {
    const fault = layDown(place.path, text);
    if (fault) return refuse(io, fault);
  }
  printLines(io, [
    isThere ? `${place.path} is there already, as it shall be.` : `${place.path} is laid down.`,
    `CTDB runs it with each event in component ${component} from now on; ctdbd need not be started again.`,
    ...(await observed(daemon, component, before)),
    `What has come: fallover ctdb event status ${component} monitor`,
  ]);
  return EXIT.done;
};

/** A component that nobody has said anything else of is observed from now on; where that cannot be, what to type. */
async function observed(daemon: Daemon, component: string, before: Answer<{ mode: string }>): Promise<string[]> {
  if (before.ok && before.reply.mode === 'observed') return [`The cluster manager observes component ${component} already.`];
  const changed = before.ok
    ? await daemon.ask(changeComponent, { parameters: { component }, body: { mode: 'observed' } })
    : before;
  if (changed.ok) return [`The cluster manager observes component ${component} from now on.`];
  return [
    changed.fault.code === 'refused'
      ? `The cluster manager does not observe it: ${changed.fault.problem.title}`
      : 'No cluster manager was reached.',
    `It has to be started with --ctdb-base, and to be told: fallover modify component ${component} mode=observed`,
  ];
}

export const uninstallHook: RunVerb = async (args, { io, usage }) => {
  const read = wordsOf(io, args, UNINSTALL, { usage, least: 0, most: 1 });
  const place = read && placeOf(io, read.words, read.options);
  if (!place) return EXIT.refused;
  const text = textOf(place.path);
  if (text === undefined) {
    printLines(io, [`There is no hook in component ${place.component} (${place.path}).`]);
    return EXIT.done;
  }
  if (!isHook(text)) return refuse(io, notOurs(place.path));
  try {
    rmSync(place.path);
  } catch (error) {
    return refuse(io, cannotWrite(place.path, error));
  }
  printLines(io, [`${place.path} is taken away; CTDB runs it no more.`]);
  return EXIT.done;
};

const notOurs = (path: string): string =>
  `${path} was edited, or is not from "fallover ctdb install-hook", so it is left as it is. Move it away, or take another --number.`;

/** Why the hook is not written; undefined when it may be. CTDB runs it as root, and so what it starts has to be root's alone. */
function mayBeLaidDown({ component, directory, path }: Place, needed: readonly string[]): [string, ...string[]] | undefined {
  const found = lstatSync(directory, { throwIfNoEntry: false });
  if (!found)
    return [
      `There is no component ${component}: ${directory} does not exist. --ctdb-base says where CTDB has its configuration.`,
    ];
  if (!statSync(directory).isDirectory()) return [`${directory} is no directory.`];
  const present = lstatSync(path, { throwIfNoEntry: false });
  if (present && (!present.isFile() || !isHook(readFileSync(path, 'utf8')))) return [notOurs(path)];
  for (const needs of [directory, ...needed]) {
    const writable = statSync(needs, { throwIfNoEntry: false }) ? writableByOthers(needs) : undefined;
    if (writable !== undefined)
      return [
        `${visibleLine(writable)} can be written by others than root, and who can change what CTDB starts is root on this machine.`,
        'Give it to root alone (chown root, chmod go-w), and try again.',
      ];
  }
  return undefined;
}

/** There whole or not at all, before CTDB finds it: its name while it is written is none of a script. */
function layDown(path: string, text: string): string | undefined {
  const fresh = join(dirname(path), '.fallover-hook.new');
  try {
    rmSync(fresh, { force: true });
    const fd = openSync(fresh, 'wx', 0o755);
    try {
      writeSync(fd, text);
      fchmodSync(fd, 0o755);
      fsyncSync(fd);
    } finally {
      closeSync(fd);
    }
    if (process.geteuid?.() === 0) chownSync(fresh, 0, 0);
    renameSync(fresh, path);
    return undefined;
  } catch (error) {
    return cannotWrite(path, error);
  }
}

function cannotWrite(path: string, error: unknown): string {
  const { code, message } = error as NodeJS.ErrnoException;
  return code === 'EACCES' || code === 'EPERM' || code === 'EROFS'
    ? `${path} cannot be written by this user. Do it as root.`
    : `${path} cannot be written (${code ?? message}).`;
}

function textOf(path: string): string | undefined {
  try {
    return readFileSync(path, 'utf8');
  } catch {
    return undefined;
  }
}
