import { type ChildProcess, spawn } from 'node:child_process';
import { randomUUID } from 'node:crypto';
import { once } from 'node:events';
import { existsSync } from 'node:fs';
import type { Socket } from 'node:net';
import { resolve } from 'node:path';
import { fileURLToPath } from 'node:url';
import type { FenceEnd, StartFault, StepResult } from '@fallover/events';
import { LONGEST_REPLY, LONGEST_REQUEST, splitLines } from './channel-lines.ts';
import type { Executor, LauncherSettings, ScriptProcessEnd, StartEvents } from './executor.ts';
import { parseFromLauncher, type ToLauncher } from './messages.ts';
import { launcherCache } from './state-files.ts';

export interface StartLauncherSettings extends LauncherSettings {
  /** The launcher cannot be asked any more although nobody closed it. Its open steps are told next that they are lost. */
  onGone?: () => void;
  /** How it ended. */
  onExit?: (how: { code: number | null; signal: string | null }) => void;
  /** One sentence for the daemon's log. */
  log: (sentence: string) => void;
}

const MAIN = fileURLToPath(new URL('./launcher/main.ts', import.meta.url));
const SMALL = ['--max-old-space-size=64', '--max-semi-space-size=1'];
const STDERR_KEPT = 4000;

/** Starts the process that starts commands. To be called early: starting it from a daemon that has grown takes long. */
export async function startLauncher(settings: StartLauncherSettings): Promise<Executor> {
  const { node, cluster, scriptLibrary, log } = settings;
  const stateDirectory = resolve(settings.stateDirectory);
  if (!existsSync(stateDirectory)) throw notStarted(`There is no directory ${stateDirectory}.`);
  const id = randomUUID();
  const child = spawn(
    process.execPath,
    [
      ...SMALL,
      MAIN,
      ...['--state', stateDirectory, '--node', node, '--cluster', cluster, '--id', id],
      ...(scriptLibrary === undefined ? [] : ['--script-library', scriptLibrary]),
    ],
    // In a session of its own, so that nothing meant for the daemon's terminal ends it; without the daemon's environment.
    {
      stdio: ['ignore', 'ignore', 'pipe', 'pipe'],
      detached: true,
      cwd: '/',
      env: { NODE_COMPILE_CACHE: launcherCache(stateDirectory) },
    },
  );
  const channel = child.stdio[3] as Socket;
  const open = new Map<string, StartEvents>();
  const fences = new Map<string, (end: FenceEnd | 'lost') => void>();
  const scripts = new Map<string, (end: ScriptProcessEnd | 'lost') => void>();
  let serving = false;
  let closing = false;
  let gone = false;
  let ready: (() => void) | undefined;

  const finish = (step: string, result: StepResult): void => {
    const events = open.get(step);
    open.delete(step);
    events?.finished(result);
  };
  const receive = (line: string): void => {
    const message = parseFromLauncher(line);
    switch (message?.type) {
      case 'ready':
        ready?.();
        break;
      case 'command':
        open.get(message.step)?.command(message.command);
        break;
      case 'finished':
        finish(message.step, message.result);
        break;
      case 'fence_ended':
        fences.get(message.id)?.(message.end);
        fences.delete(message.id);
        break;
      case 'script_ended':
        scripts.get(message.id)?.(message.end);
        scripts.delete(message.id);
        break;
      case 'malformed':
        log(`The launcher refused a message: ${message.code}${message.step === undefined ? '' : `, step ${message.step}`}.`);
        if (message.step !== undefined && message.code !== 'already_started') finish(message.step, refused('', message.code));
        break;
      case undefined:
        log(`The launcher said something unreadable: ${line.slice(0, 200)}`);
    }
  };
  const send = (message: ToLauncher): void => {
    if (channel.writable) channel.write(`${JSON.stringify(message)}\n`);
  };

  channel.on('data', splitLines(LONGEST_REPLY, { line: receive, tooLong: () => log('The launcher sent too long a line.') }));
  channel.on('error', () => channel.destroy());
  channel.on('close', () => {
    gone = true;
    for (const ended of fences.values()) ended('lost');
    fences.clear();
    for (const ended of scripts.values()) ended('lost');
    scripts.clear();
    if (closing) return;
    const lost = [...open.values()];
    open.clear();
    if (serving) settings.onGone?.();
    // It ends by itself without its channel, but not before its commands have: these count as lost from here on.
    child.kill('SIGKILL');
    for (const events of lost) events.lost();
  });
  const errors = keepErrors(child, log);
  await new Promise<void>((started, reject) => {
    ready = started;
    child.once('error', reject);
    child.once('exit', () =>
      channel.destroyed ? reject(notStarted(errors())) : channel.once('close', () => reject(notStarted(errors()))),
    );
  });
  serving = true;
  child.once('exit', (code, signal) => {
    if (!closing) settings.onExit?.({ code, signal });
  });
  // The daemon may end while the launcher finishes what runs.
  child.unref();

  return {
    pid: child.pid as number,
    start(request, events) {
      if (open.has(request.step)) throw new Error(`The step ${request.step} has been started already.`);
      const message: ToLauncher = { type: 'start', ...request };
      if (gone || closing) queueMicrotask(() => events.lost());
      else if (Buffer.byteLength(JSON.stringify(message)) > LONGEST_REQUEST)
        queueMicrotask(() => events.finished(refused(request.event, 'E2BIG')));
      else {
        open.set(request.step, events);
        send(message);
      }
    },
    abort(step, graceMs) {
      if (!open.has(step)) return false;
      send({ type: 'abort', step, graceMs });
      return true;
    },
    deadline(deadline) {
      send({ type: 'deadline', deadline: deadline === undefined ? null : { ...deadline, at: String(deadline.at) } });
    },
    fence(request) {
      if (gone || closing) return Promise.resolve('lost');
      const id = randomUUID();
      return new Promise((resolve) => {
        fences.set(id, resolve);
        send({ type: 'fence', id, ...request });
      });
    },
    script(request) {
      if (gone || closing) return Promise.resolve('lost');
      const message: ToLauncher = { type: 'script', ...request };
      if (Buffer.byteLength(JSON.stringify(message)) > LONGEST_REQUEST) return Promise.resolve(tooLong(request.file));
      return new Promise((resolve) => {
        scripts.set(request.id, resolve);
        send(message);
      });
    },
    endScript(id) {
      if (scripts.has(id)) send({ type: 'end_script', id });
    },
    acknowledgeScript(id) {
      send({ type: 'acknowledge_script', id });
    },
    acknowledge(step) {
      send({ type: 'acknowledge', step });
    },
    async close() {
      closing = true;
      if (channel.destroyed) return;
      const closed = once(channel, 'close');
      // The launcher answers with its own end once what it has to leave is on disk.
      channel.end();
      await closed;
      child.stderr?.destroy();
    },
  };
}

function refused(path: string, reason: string): StepResult {
  const fault: StartFault = { code: 'cannot_start', path, reason };
  return { status: 126, fault, durationMs: 0, outputBytes: 0 };
}

const tooLong = (path: string): ScriptProcessEnd => ({
  status: 126,
  fault: { code: 'cannot_start', path, reason: 'E2BIG' },
  startedAt: Date.now(),
  durationMs: 0,
  output: '',
});

const notStarted = (errors: string): Error => new Error(`The launcher of commands could not be started. ${errors.trim()}`.trim());

function keepErrors(child: ChildProcess, log: (sentence: string) => void): () => string {
  let kept = '';
  child.stderr?.setEncoding('utf8').on('data', (text: string) => {
    kept = (kept + text).slice(-STDERR_KEPT);
    log(`The launcher writes: ${text.trim().slice(0, STDERR_KEPT)}`);
  });
  child.stderr?.on('error', () => {});
  (child.stderr as Socket | null)?.unref();
  return () => kept;
}
