import { chmodSync, lstatSync, readFileSync, renameSync, writeFileSync } from 'node:fs';
import { hostname } from 'node:os';
import { dirname, join, resolve } from 'node:path';
import { EXIT, type Io } from '../io.ts';
import { printLines } from '../print.ts';
import { refuse } from '../report.ts';
import type { RunVerb } from '../shell.ts';
import { readStartSettings, settingsSentence } from '../start-settings.ts';
import { CHECKOUT, stateDirectory } from '../state-directory.ts';
import { ENVIRONMENT_FILE, isUnedited, UNIT_NAME, unitText } from '../systemd-unit.ts';
import { visibleLine } from '../visible.ts';
import { writableByOthers } from '../writable-by-others.ts';

const STATE = '/var/lib/fallover';
const LOGS = '/var/log/fallover';
const UNITS = '/etc/systemd/system';
const OWN_OPTIONS = ['--print', '--force', '--directory', '--log-directory'];

/** As in etcd://user:password@host. */
const WITH_PASSWORD = /:\/\/[^/\s]*:[^/\s]*@/;

/** Takes its own options out; every other is one of `fallover start`, and goes into the unit. */
function ownOptions(args: readonly string[]) {
  const own = new Map<string, string>();
  const start: string[] = [];
  const left = [...args];
  for (let word = left.shift(); word !== undefined; word = left.shift()) {
    const [name = '', ...value] = word.split('=');
    if (!OWN_OPTIONS.includes(name)) start.push(word);
    else if (name === '--print' || name === '--force') own.set(name, 'yes');
    else own.set(name, value.length > 0 ? value.join('=') : (left.shift() ?? ''));
  }
  return { own, start };
}

export const installService: RunVerb = async (args, { io, state: given }) => {
  const { own, start } = ownOptions(args);
  const state = given === stateDirectory(undefined, {}) ? STATE : given;
  const logs = own.get('--log-directory') ?? LOGS;
  if (start.some((word) => WITH_PASSWORD.test(word)))
    return refuse(
      io,
      'A password stands in these options, and everybody may read a unit.',
      `Give it as a setting, such as FALLOVER_STORE=…, in ${ENVIRONMENT_FILE}, which only root may read (mode 0600).`,
    );
  const settings = readStartSettings([...start, '--log-directory', logs], {
    env: {},
    hostName: hostname(),
    stateDirectory: state,
  });
  if (!settings.ok) return refuse(io, settingsSentence(settings.error));

  const program = join(CHECKOUT, 'apps/cli/bin/fallover');
  const text = unitText({ program, options: start, stateDirectory: state, logDirectory: settings.value.logDirectory ?? LOGS });
  if (own.has('--print')) {
    io.out(text);
    return EXIT.done;
  }
  const writable = writableByOthers(program);
  if (writable !== undefined)
    return refuse(
      io,
      `${visibleLine(writable)} can be written by others than root, and who can change what ${UNIT_NAME} starts is root on this machine.`,
      'Move the checkout to a directory of root, such as /opt/fallover, and try again there.',
    );
  const unit = join(resolve(own.get('--directory') || UNITS), UNIT_NAME);
  const written = write(unit, text, own.has('--force'));
  if (written !== undefined) return refuse(io, ...written);
  tellNext(io, unit, state);
  return EXIT.done;
};

/** Undefined once the unit is there as it shall be. */
function write(unit: string, text: string, force: boolean): [string, ...string[]] | undefined {
  try {
    const before = textOf(unit);
    if (before !== undefined && !force && !isUnedited(before))
      return [
        `${unit} was edited, or is not from "fallover install-service", so it is left as it is.`,
        '"systemctl edit fallover" changes a unit without touching the file; --force writes over it.',
      ];
    writeFileSync(`${unit}.new`, text);
    chmodSync(`${unit}.new`, 0o644);
    renameSync(`${unit}.new`, unit);
    return undefined;
  } catch (error) {
    const { code, message } = error as NodeJS.ErrnoException;
    switch (code) {
      case 'EACCES':
      case 'EPERM':
        return [`${unit} cannot be written by this user. Do it as root, or let --print show the unit.`];
      case 'ENOENT':
      case 'ENOTDIR':
        return [`There is no directory ${dirname(unit)}: systemd is not what starts services here. --print shows the unit.`];
      default:
        return [`${unit} cannot be written (${code ?? message}).`];
    }
  }
}

function textOf(path: string): string | undefined {
  try {
    return readFileSync(path, 'utf8');
  } catch (error) {
    // A unit that is masked is a link to /dev/null, and one that leads nowhere is somebody's too.
    if ((error as NodeJS.ErrnoException).code === 'ENOENT' && !lstatSync(path, { throwIfNoEntry: false })) return undefined;
    throw error;
  }
}

const tellNext = (io: Io, unit: string, state: string): void =>
  printLines(io, [
    `${unit} is written. Next:`,
    '  systemctl daemon-reload',
    '  systemctl enable --now fallover   # where it runs already: systemctl restart fallover',
    '  systemctl status fallover',
    `  journalctl -u fallover | grep "Create the administrator"   # the first time: the address to open`,
    `  export FALLOVER_STATE=${state}   # so that the shell finds it; for good in /etc/profile.d/fallover.sh`,
    '  fallover query cluster',
    'Stopping the service leaves commands that run alone. In a cluster of several nodes stop the cluster services of this node first.',
  ]);
