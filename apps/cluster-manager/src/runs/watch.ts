import type { RunView } from '@fallover/contract';
import { ok, type Result } from '@fallover/events';
import type { Refusal, UseCases } from '../http/use-cases.ts';
import type { OutputOfRun } from './run-output.ts';
import { type Viewers, viewersOf } from './viewers.ts';

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

/**
 * The run as it goes on: `run` with its view whenever that changes, `output` with what each step has written, from its first
 * byte for whoever comes late (P6). `from` counts bytes; a gap says that the part between is to be read in ranges.
 */
export function watchRun(parts: {
  watchers: RunWatchers;
  output: OutputOfRun;
  view(run: string): Promise<Result<RunView, Refusal>>;
}): UseCases['watchRun'] {
  const watched = new Map<string, Viewers>();
  return async ({ parameters: { run } }, _, stream) => {
    const first = await parts.view(run);
    if (!first.ok) return first;
    const viewers =
      watched.get(run) ??
      viewersOf({
        first: first.value,
        async view() {
          const view = await parts.view(run);
          return view.ok ? view.value : undefined;
        },
        watch: (wake) => parts.watchers.watch(run, wake),
        output: (wake) => parts.output(run, wake),
        over: () => watched.delete(run),
      });
    watched.set(run, viewers);
    await viewers.show(stream);
    return ok(undefined);
  };
}
