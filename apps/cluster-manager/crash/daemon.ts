import { type ChildProcess, spawn } from 'node:child_process';
import { once } from 'node:events';
import { fileURLToPath } from 'node:url';

const MAIN = fileURLToPath(new URL('../../cli/src/main.ts', import.meta.url));
const PLANT = fileURLToPath(new URL('./plant.ts', import.meta.url));
/** Where `fallover` keeps what it has compiled. */
const MODULES = fileURLToPath(new URL('../../../node_modules/.cache/fallover', import.meta.url));
const STARTS_WITHIN_MS = 60_000;
const STOPS_WITHIN_MS = 30_000;

/** A cluster manager as a process of its own, as `fallover start` runs it. */
export interface DaemonProcess {
  pid: number;
  /** True once it serves and has taken up what an earlier one left; false when it ended before. */
  ready: Promise<boolean>;
  /** When it has ended: what it had said on standard error, or undefined if it was killed by us. */
  ended: Promise<string | undefined>;
  /** On standard error so far. */
  said(): string;
  isAlive(): boolean;
  kill(): Promise<void>;
  stop(): Promise<void>;
}

export interface DaemonSettings {
  state: string;
  node?: string;
  cluster?: string;
  /** A free port of 127.0.0.1 unless said. */
  listen?: string;
  /** The name of a bug to plant. */
  plant?: string;
  /** Further options of `fallover start`; modules to load before it, and what they read in the environment. */
  options?: string[];
  imports?: string[];
  env?: Record<string, string>;
}

/** What to start, for whoever starts it. */
export function daemonCommand({
  state,
  node = 'nodea',
  cluster = 'payroll',
  listen = '127.0.0.1:0',
  plant,
  options = [],
  imports = [],
  env = {},
}: DaemonSettings): {
  command: string;
  args: string[];
  env: NodeJS.ProcessEnv;
} {
  const before = [...(plant === undefined ? [] : [PLANT]), ...imports].flatMap((module) => ['--import', module]);
  const start = ['start', '--listen', listen, '--state', state, '--node', node, '--cluster', cluster];
  return {
    command: process.execPath,
    args: [...before, MAIN, ...start, ...options],
    env: {
      PATH: process.env.PATH,
      NODE_COMPILE_CACHE: MODULES,
      ...(plant === undefined ? {} : { FALLOVER_PLANT: plant }),
      ...env,
    },
  };
}

export function startDaemon(settings: DaemonSettings): DaemonProcess {
  const { command, args, env } = daemonCommand(settings);
  const child = spawn(command, args, { stdio: ['ignore', 'pipe', 'pipe'], env });
  let said = '';
  child.stderr?.setEncoding('utf8').on('data', (text: string) => (said += text));
  let isKilled = false;
  const ended = once(child, 'close').then(() => (isKilled ? undefined : said || 'The daemon ended and said nothing.'));
  return {
    pid: child.pid as number,
    ready: serves(child),
    ended,
    said: () => said,
    isAlive: () => child.exitCode === null && child.signalCode === null,
    async kill() {
      isKilled = true;
      child.kill('SIGKILL');
      await ended;
    },
    async stop() {
      isKilled = true;
      child.kill('SIGTERM');
      const late = setTimeout(() => child.kill('SIGKILL'), STOPS_WITHIN_MS);
      await ended;
      clearTimeout(late);
    },
  };
}

function serves(child: ChildProcess): Promise<boolean> {
  return new Promise((resolve) => {
    let said = '';
    const late = setTimeout(() => resolve(false), STARTS_WITHIN_MS);
    const decide = (isReady: boolean): void => {
      clearTimeout(late);
      resolve(isReady);
    };
    child.stdout?.setEncoding('utf8').on('data', (text: string) => {
      said += text;
      if (said.includes('Fallover serves cluster')) decide(true);
    });
    child.once('close', () => decide(false));
  });
}
