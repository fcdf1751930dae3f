import { findProcesses, killProcesses } from '../leftover-processes.ts';
import { slowStepsOfDeadLaunchers } from '../leftovers.ts';

/** Commands of slow events whose launcher has died: this one ends them at the node's deadline in its place. */
export interface SlowOrphans {
  /** Looks for such launchers, and whether what they left still runs. */
  look(): void;
  areAny(): boolean;
  /** Ends them, with their process groups; the steps whose processes were ended. */
  end(): string[];
}

export function slowOrphans(stateDirectory: string): SlowOrphans {
  const seen = new Set<string>();
  let steps: ReadonlySet<string> = new Set();
  return {
    look() {
      const more = slowStepsOfDeadLaunchers(stateDirectory, seen);
      const all = new Set([...steps, ...more]);
      // A look through all processes takes its time: only while there may be one.
      steps = all.size === 0 ? all : new Set(findProcesses(stateDirectory).flatMap(({ step }) => (all.has(step) ? [step] : [])));
    },
    areAny: () => steps.size > 0,
    end() {
      const ended = killProcesses(stateDirectory, steps);
      steps = new Set();
      return ended;
    },
  };
}
