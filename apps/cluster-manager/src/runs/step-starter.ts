import { type DueStep, isSlow, type RunRecord } from '@fallover/events';
import type { Executor } from '../executor/executor.ts';
import { type BuiltInContext, builtIn } from './built-in.ts';
import type { Clock } from './clock.ts';
import type { StepTools } from './engine.ts';
import type { LiveRun } from './live-run.ts';
import type { StepOutput } from './step-output.ts';

/** Starts what is claimed, and ends it on a person's word. */
export interface StepStarter {
  /** `token`: of two claims in the cluster the later one has the higher number. */
  start(run: LiveRun, step: DueStep, token: string): void;
  abort(run: LiveRun, step: string): void;
}

export interface StepStarterParts {
  node: string;
  executor: Executor;
  clock: Clock;
  output: StepOutput;
  automaticFindings: BuiltInContext['automaticFindings'];
  /** Ends a step that a launcher of an earlier daemon still runs, with its processes. */
  abortLeftover(step: string): void;
  defect(error: unknown): void;
}

/** Between TERM and KILL. */
const ABORT_GRACE_MS = 5_000;

export function stepStarter(parts: StepStarterParts, { tell, mention, callEvent }: StepTools): StepStarter {
  const { node, executor, clock, output } = parts;
  const ended = (run: LiveRun, record: RunRecord): Promise<void> => tell(run.id, [record]).catch(parts.defect);

  async function runBuiltIn(run: LiveRun, { id, pipeline }: DueStep): Promise<void> {
    const began = clock.reading();
    const abort = new AbortController();
    run.builtIns.set(id, abort);
    let status = 1;
    try {
      status = await builtIn({
        event: pipeline.event,
        args: pipeline.args,
        node,
        failedNode: run.state.plan.failedNode,
        say: (line) => output.append(id, `${line}\n`),
        automaticFindings: parts.automaticFindings,
        call: async (event, args) => {
          const called = await callEvent({ step: id, event, args: [...args] });
          return called.ok ? called.value : 126;
        },
        signal: abort.signal,
      });
    } catch (error) {
      parts.defect(error);
    }
    run.builtIns.delete(id);
    if (abort.signal.aborted) status ||= 128 + 15;
    const durationMs = clock.reading().ms - began.ms;
    await ended(run, {
      kind: 'finished',
      at: clock.now(),
      step: id,
      result: { status, durationMs, outputBytes: output.size(id) },
    });
  }

  return {
    start(run, due, token) {
      const { plan } = run.state;
      const { id: step } = due;
      if (due.step.kind === 'event' && due.step.command === undefined) {
        void runBuiltIn(run, due);
        return;
      }
      executor.start(
        {
          step,
          kind: due.step.kind,
          event: due.pipeline.event,
          args: due.pipeline.args,
          ...(due.step.customEvent === undefined ? {} : { customEvent: due.step.customEvent }),
          status: due.status,
          revision: plan.revision.hash,
          membership: plan.membership,
          ...(plan.failedNode === undefined ? {} : { failedNode: plan.failedNode }),
          drill: plan.drill,
          token,
          // The sub-events of a slow event are as slow as it is.
          slow: isSlow(plan.event) || isSlow(due.pipeline.event),
        },
        {
          command: (command) => mention(run.id, { kind: 'command', at: clock.now(), step, command }),
          finished: (result) =>
            void tell(run.id, [{ kind: 'finished', at: clock.now(), step, result }]).then(
              () => executor.acknowledge(step),
              parts.defect,
            ),
          lost: () => void ended(run, { kind: 'interrupted', at: clock.now(), step, reason: 'launcher_died' }),
        },
      );
    },

    abort(run, step) {
      const builtInStep = run.builtIns.get(step);
      if (builtInStep) builtInStep.abort();
      else if (!executor.abort(step, ABORT_GRACE_MS)) parts.abortLeftover(step);
    },
  };
}
