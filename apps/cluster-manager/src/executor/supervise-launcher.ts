import { setTimeout as wait } from 'node:timers/promises';
import type { Executor, NodeDeadline, StartEvents, StartRequest } from './executor.ts';
import { type StartLauncherSettings, startLauncher } from './executor-client.ts';

export interface SupervisionSettings extends StartLauncherSettings {
  /** How long to wait before another launcher is started: doubled each time, from the first to the longest. */
  backOff?: { firstMs: number; longestMs: number };
}

/** A launcher that lived this long was sound; the next one is started without delay. */
const SOUND_AFTER_MS = 60_000;

/** An executor that outlives its launcher: when that dies its open steps are lost, and another one does what comes after. */
export async function superviseLauncher(settings: SupervisionSettings): Promise<Executor> {
  const { firstMs, longestMs } = settings.backOff ?? { firstMs: 100, longestMs: 10_000 };
  const closing = new AbortController();
  /** Asked for while there is no launcher: not started yet, for certain. */
  const waiting = new Map<string, { request: StartRequest; events: StartEvents }>();
  /** What every launcher is told before anything else, once it has been told to one. */
  let told: { deadline: NodeDeadline | undefined } | undefined;
  let current: Executor | undefined;
  let pid = 0;
  let startedAt = 0;
  let delayMs = firstMs;

  const launch = async (): Promise<void> => {
    const executor: Executor = await startLauncher({
      ...settings,
      onGone: () => {
        settings.onGone?.();
        if (current === executor) void replace();
      },
      onExit: (how) => {
        settings.log(`The launcher of commands (process ${executor.pid}) ended: ${how.signal ?? `exit status ${how.code}`}.`);
        settings.onExit?.(how);
      },
    });
    if (closing.signal.aborted) return executor.close();
    startedAt = performance.now();
    current = executor;
    pid = executor.pid;
    if (told) executor.deadline(told.deadline);
    const asked = [...waiting.values()];
    waiting.clear();
    for (const { request, events } of asked) executor.start(request, events);
  };

  const replace = async (): Promise<void> => {
    current = undefined;
    if (performance.now() - startedAt > SOUND_AFTER_MS) delayMs = firstMs;
    while (!closing.signal.aborted && current === undefined) {
      await wait(delayMs, undefined, { signal: closing.signal }).catch(() => {});
      delayMs = Math.min(delayMs * 2, longestMs);
      if (closing.signal.aborted) return;
      try {
        await launch();
      } catch (error) {
        settings.log((error as Error).message);
      }
    }
  };

  await launch();
  return {
    get pid() {
      return pid;
    },
    start(request, events) {
      if (closing.signal.aborted) queueMicrotask(() => events.lost());
      else if (current) current.start(request, events);
      else waiting.set(request.step, { request, events });
    },
    abort(step, graceMs) {
      const asked = waiting.get(step);
      if (!asked) return current?.abort(step, graceMs) ?? false;
      waiting.delete(step);
      queueMicrotask(() => asked.events.finished({ status: 143, signal: 'SIGTERM', durationMs: 0, outputBytes: 0 }));
      return true;
    },
    deadline(deadline) {
      told = { deadline };
      current?.deadline(deadline);
    },
    async fence(request) {
      return current?.fence(request) ?? 'lost';
    },
    async script(request) {
      return current?.script(request) ?? 'lost';
    },
    endScript(id) {
      current?.endScript(id);
    },
    acknowledgeScript(id) {
      current?.acknowledgeScript(id);
    },
    acknowledge(step) {
      current?.acknowledge(step);
    },
    async close() {
      closing.abort();
      const asked = [...waiting.values()];
      waiting.clear();
      await current?.close();
      for (const { events } of asked) events.lost();
    },
  };
}
