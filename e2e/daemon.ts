import { type ChildProcess, spawn } from 'node:child_process';
import { once } from 'node:events';
import { readFileSync } from 'node:fs';
import { join } from 'node:path';

const FALLOVER = join(import.meta.dirname, '../apps/cli/bin/fallover');
const READY = /^Fallover serves cluster (\S+), node (\S+), on (http:\/\/\S+)$/m;
const SET_UP = /^Create the administrator once at (http:\/\/\S+)$/m;
const START_MS = 20_000;
const STOP_MS = 10_000;

export interface Daemon {
  url: string;
  /** Where the administrator is created; printed by the first start on a state directory. */
  setUpUrl: string;
  state: string;
  pid: number;
  /** The event log of the node, its times replaced by the words of STYLE.md. */
  hacmpOut: () => string;
  stop: () => Promise<void>;
}

/** Starts a cluster manager of its own on this state directory, on a port that is free. */
export async function startDaemon(state: string): Promise<Daemon> {
  const args = ['start', '--listen', '127.0.0.1:0', '--state', state, '--node', 'nodea', '--cluster', 'payroll'];
  const child = spawn(FALLOVER, args, { env: ownEnvironment(), stdio: ['ignore', 'pipe', 'pipe'] });
  const stop = () => end(child);
  try {
    const { url, setUpUrl } = await firstWords(child);
    return { url, setUpUrl, state, pid: child.pid ?? 0, hacmpOut: () => hacmpOut(state), stop };
  } catch (error) {
    await stop();
    throw error;
  }
}

/** What a first start prints. Its output is read on afterwards, so that the daemon never writes into a closed pipe. */
function firstWords(child: ChildProcess): Promise<{ url: string; setUpUrl: string }> {
  return new Promise((resolve, reject) => {
    let said = '';
    const giveUp = (why: string) => reject(new Error(`fallover start ${why}:\n${said}`));
    const late = setTimeout(() => giveUp(`did not serve within ${START_MS / 1000} s`), START_MS);
    const listen = (text: Buffer) => {
      said += text;
      const [url, setUpUrl] = [READY.exec(said)?.[3], SET_UP.exec(said)?.[1]];
      if (url && setUpUrl) {
        clearTimeout(late);
        resolve({ url, setUpUrl });
      }
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

async function end(child: ChildProcess): Promise<void> {
  if (child.exitCode !== null || child.signalCode !== null) return;
  const exited = once(child, 'exit');
  const hard = setTimeout(() => child.kill('SIGKILL'), STOP_MS);
  child.kill('SIGTERM');
  await exited;
  clearTimeout(hard);
}

const hacmpOut = (state: string): string =>
  readFileSync(join(state, 'log/hacmp.out'), 'utf8').replaceAll(/\b[A-Z][a-z]{2} [ \d]\d \d{4} \d\d:\d\d:\d\d\b/g, 'TIME');
