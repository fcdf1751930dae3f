import type { RunView } from '@fallover/contract';
import { ok, type Result } from '@fallover/events';
import type { EventStream } from '../http/event-stream.ts';
import type { Refusal, UseCases } from '../http/use-cases.ts';
import type { StepOutput } from './step-output.ts';

/** Who watches which run; told by the engine whenever something about the run has changed. */
export interface RunWatchers {
  changed(run: string): void;
  watch(run: string, wake: () => void): () => void;
}

export function runWatchers(): RunWatchers {
  const watchers = new Map<string, Set<() => void>>();
  return {
    changed: (run) => {
      for (const wake of watchers.get(run) ?? []) wake();
    },
    watch(run, wake) {
      const ofRun = watchers.get(run) ?? new Set();
      watchers.set(run, ofRun.add(wake));
      return () => {
        ofRun.delete(wake);
        if (ofRun.size === 0) watchers.delete(run);
      };
    },
  };
}

/** How often a file that grows is looked at, and how many views a second a watcher gets at most. */
const TICK_MS = 150;
const CHUNK = 64 * 1024;
/** A watcher that is further behind gets the newest part; the rest is read in ranges. */
const MOST_BEHIND = 8 * 1024 * 1024;
const NEWEST_PART = 1024 * 1024;

/**
 * The run as it goes on: `run` with its view whenever that changes, `output` with what each step has written, from its first
 * byte for whoever comes late (P6). `from` counts bytes; a gap says that the part between is to be read in ranges.
 */
export function watchRun(parts: {
  watchers: RunWatchers;
  output: StepOutput;
  view(run: string): Promise<Result<RunView, Refusal>>;
}): UseCases['watchRun'] {
  return async ({ parameters: { run } }, _, stream) => {
    const first = await parts.view(run);
    if (!first.ok) return first;
    let view = first.value;
    let isNews = false;
    let wakeUp: (() => void) | undefined;
    const unwatch = parts.watchers.watch(run, () => {
      isNews = true;
      wakeUp?.();
    });
    stream.signal.addEventListener('abort', () => wakeUp?.(), { once: true });
    const sent = new Map<string, number>();
    stream.send({ event: 'run', data: view });
    try {
      while (!stream.signal.aborted) {
        const behind = await sendOutput(stream, view, sent, parts.output);
        if (!behind && !isNews)
          await nextTick(
            view.steps.some(({ state }) => state === 'running'),
            (wake) => (wakeUp = wake),
          );
        wakeUp = undefined;
        if (!isNews) continue;
        isNews = false;
        const next = await parts.view(run);
        if (next.ok) view = next.value;
        // The output that a step has written comes before the word that it has ended.
        while (await sendOutput(stream, view, sent, parts.output));
        stream.send({ event: 'run', data: view });
        await new Promise((resolve) => setTimeout(resolve, TICK_MS));
      }
    } finally {
      unwatch();
    }
    return ok(undefined);
  };
}

/** Until something changes, or for a tick while a step runs. */
function nextTick(isRunning: boolean, listen: (wake: () => void) => void): Promise<void> {
  return new Promise((resolve) => {
    const timer = isRunning ? setTimeout(resolve, TICK_MS) : undefined;
    listen(() => {
      clearTimeout(timer);
      resolve();
    });
  });
}

/** One chunk of each step that has more; true while there is still more. */
async function sendOutput(stream: EventStream, view: RunView, sent: Map<string, number>, output: StepOutput): Promise<boolean> {
  let isBehind = false;
  for (const { id, state } of view.steps) {
    const size = output.size(id);
    let from = sent.get(id) ?? 0;
    if (stream.signal.aborted || from >= size) continue;
    if (size - from > MOST_BEHIND) from = size - NEWEST_PART;
    const bytes = await output.read(id, from, CHUNK);
    const whole = bytes.subarray(0, state === 'running' || from + bytes.length < size ? wholeCharacters(bytes) : bytes.length);
    if (whole.length === 0) continue;
    sent.set(id, from + whole.length);
    const more = from + whole.length < size;
    isBehind ||= more;
    if (!stream.send({ event: 'output', data: { step: id, from, bytes: whole.length, text: whole.toString('utf8'), more } }))
      await stream.drained();
  }
  return isBehind && !stream.signal.aborted;
}

/** The length without an unfinished UTF-8 character at the end; all of it when that is no UTF-8. */
function wholeCharacters(bytes: Buffer): number {
  for (let back = 1; back <= Math.min(3, bytes.length); back += 1) {
    const byte = bytes[bytes.length - back] as number;
    if (byte < 0x80) return bytes.length;
    if (byte < 0xc0) continue;
    const length = byte >= 0xf0 ? 4 : byte >= 0xe0 ? 3 : 2;
    return back < length && bytes.length > back ? bytes.length - back : bytes.length;
  }
  return bytes.length;
}
