import { type ChildProcess, execFile, spawn } from 'node:child_process';
import { once } from 'node:events';
import { chmodSync, mkdirSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { delimiter, dirname, join } from 'node:path';

const BIN = join(import.meta.dirname, '../apps/cli/bin');
const READY = /^Fallover serves cluster (\S+), node (\S+), on (http:\/\/\S+)$/m;
const SET_UP = /^Create the administrator once at (http:\/\/\S+)$/m;
const START_MS = 20_000;
const STOP_MS = 10_000;

export interface Daemon {
  readonly url: string;
  /** Where the administrator is created; printed by the first start on a state directory. */
  readonly setUpUrl: string;
  readonly state: string;
  /** The directory of the script library, if there is one. */
  readonly library: string;
  readonly pid: number;
  /** The event log of the node, its times replaced by the words of STYLE.md. */
  hacmpOut(): string;
  /** A line as a shell on the node would run it. */
  shell(line: string): Promise<{ status: number; out: string; err: string }>;
  /** The same, which has to succeed; what it printed. */
  must(line: string): Promise<string>;
  /** The full pathname of a new script that may be configured. */
  script(name: string, lines: readonly string[]): string;
  /** The CTDB base, if there is one. */
  readonly ctdbBase: string;
  /** The full pathname of a file below `events/COMPONENT` of the CTDB base, made or written anew. */
  eventScript(component: string, file: string, lines: readonly string[], mode?: number): string;
  /** A full pathname that nothing has yet: a script that `waits` goes on once `open` makes it, or when the test is over. */
  gate(name: string): { path: string; waits: string; open(): void };
  /** kill -9: nothing is said, nothing is put away. */
  kill(): Promise<void>;
  /** The same node again, on the same state directory and address. */
  startAgain(): Promise<void>;
  /** Ends it and removes what it kept. */
  remove(): Promise<void>;
}

interface DaemonOptions {
  directory?: string | undefined;
  /** With a script library: off unless a test is about it, as it is for everybody. */
  scriptLibrary?: boolean;
  /** With a CTDB base, in which nothing is yet. */
  ctdb?: boolean;
  node?: string;
  /** Further words of `fallover start`. */
  options?: readonly string[];
}

/** Starts a cluster manager with a state directory of its own, on a port that is free. */
export async function startDaemon({
  directory: given,
  scriptLibrary = false,
  ctdb = false,
  node = 'nodea',
  options = [],
}: DaemonOptions = {}): Promise<Daemon> {
  const directory = given ?? mkdtempSync(join(tmpdir(), 'fallover-e2e-'));
  const state = join(directory, 'state');
  const library = join(directory, 'library');
  const ctdbBase = join(directory, 'ctdb');
  if (ctdb) mkdirSync(join(ctdbBase, 'events'), { recursive: true, mode: 0o755 });
  if (scriptLibrary) {
    mkdirSync(library, { mode: 0o755 });
    // Scripts change to other users: the way to the library is not their own user's alone.
    chmodSync(directory, 0o711);
  }
  let child: ChildProcess | undefined;
  const start = async (listen: string, wanted: readonly RegExp[]): Promise<string[]> => {
    const args = ['start', '--listen', listen, '--state', state, '--node', node, '--cluster', 'payroll', ...options];
    if (scriptLibrary) args.push('--script-library', library);
    if (ctdb) args.push('--ctdb-base', ctdbBase);
    const starting = spawn(join(BIN, 'fallover'), args, { env: ownEnvironment(), stdio: ['ignore', 'pipe', 'pipe'] });
    child = starting;
    return firstWords(starting, wanted).catch(async (error: unknown) => {
      await end(starting, 'SIGTERM');
      throw error;
    });
  };
  const [url = '', setUpUrl = ''] = await start('127.0.0.1:0', [READY, SET_UP]);
  const shell: Daemon['shell'] = (line) =>
    new Promise((resolve) => {
      const env = { ...ownEnvironment(), FALLOVER_STATE: state, PATH: `${BIN}${delimiter}${process.env.PATH}` };
      execFile('/bin/sh', ['-c', line], { env }, (error, out, err) => {
        resolve({ status: typeof error?.code === 'number' ? error.code : error ? 1 : 0, out, err });
      });
    });
  return {
    url,
    setUpUrl,
    state,
    library,
    ctdbBase,
    shell,
    get pid() {
      return child?.pid ?? 0;
    },
    hacmpOut: () =>
      readFileSync(join(state, 'log/hacmp.out'), 'utf8').replaceAll(/\b[A-Z][a-z]{2} [ \d]\d \d{4} \d\d:\d\d:\d\d\b/g, 'TIME'),
    async must(line) {
      const { status, out, err } = await shell(line);
      if (status !== 0) throw new Error(`${line}\nended with status ${status}:\n${out}${err}`);
      return out;
    },
    script(name, lines) {
      const path = join(directory, 'scripts', name);
      mkdirSync(join(directory, 'scripts'), { recursive: true, mode: 0o755 });
      writeFileSync(path, `${['#!/bin/sh', ...lines].join('\n')}\n`, { mode: 0o755 });
      return path;
    },
    eventScript(component, file, lines, mode = 0o755) {
      const path = join(ctdbBase, 'events', component, file);
      mkdirSync(dirname(path), { recursive: true, mode: 0o755 });
      writeFileSync(path, lines.map((line) => `${line}\n`).join(''));
      chmodSync(path, mode);
      return path;
    },
    gate(name) {
      const path = join(directory, `gate-${name}`);
      const waits = `while [ -d ${directory} ] && [ ! -e ${path} ]; do sleep 0.1; done`;
      return { path, waits, open: () => writeFileSync(path, '') };
    },
    kill: () => end(child, 'SIGKILL'),
    async startAgain() {
      await start(new URL(url).host, [READY]);
    },
    async remove() {
      await end(child, 'SIGTERM');
      rmSync(directory, { recursive: true, force: true });
    },
  };
}

/** The last group of each wanted line. The output is read on afterwards, so that the daemon never writes into a closed pipe. */
function firstWords(child: ChildProcess, wanted: readonly RegExp[]): Promise<string[]> {
  return new Promise((resolve, reject) => {
    let said = '';
    const giveUp = (why: string) => reject(new Error(`fallover start ${why}:\n${said}`));
    const late = setTimeout(() => giveUp(`did not serve within ${START_MS / 1000} s`), START_MS);
    const listen = (text: Buffer) => {
      said += text;
      const found = wanted.flatMap((line) => line.exec(said)?.at(-1) ?? []);
      if (found.length < wanted.length) return;
      clearTimeout(late);
      resolve(found);
    };
    child.stdout?.on('data', listen);
    child.stderr?.on('data', listen);
    child.once('error', (error) => giveUp(error.message));
    child.once('exit', (status, signal) => {
      clearTimeout(late);
      giveUp(`ended with ${status ?? signal}`);
    });
  });
}

/** Nothing that the person at the keyboard has set for a daemon of their own. */
function ownEnvironment(): NodeJS.ProcessEnv {
  return Object.fromEntries(Object.entries(process.env).filter(([name]) => !name.startsWith('FALLOVER_')));
}

async function end(child: ChildProcess | undefined, signal: NodeJS.Signals): Promise<void> {
  if (!child || child.exitCode !== null || child.signalCode !== null) return;
  const exited = once(child, 'exit');
  const hard = setTimeout(() => child.kill('SIGKILL'), STOP_MS);
  child.kill(signal);
  await exited;
  clearTimeout(hard);
}
