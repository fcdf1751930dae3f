import type { PipelineStep, RunState } from './types.ts';

export interface LostStep {
  run: string;
  step: string;
  event: string;
  args: string[];
  key: string;
  customEvent?: string;
}

/** The steps that were open on a node when that was lost: neither success nor failure. */
export const lostSteps = (run: RunState, node: string): LostStep[] =>
  Object.values(run.pipelines).flatMap(({ lost, running, planned }) =>
    lost && running && planned.node === node
      ? [{ run: run.plan.id, step: running.id, event: planned.event, args: planned.args, ...named(running.step) }]
      : [],
  );

const named = ({ key, customEvent }: PipelineStep): { key: string; customEvent?: string } => ({
  key,
  ...(customEvent === undefined ? {} : { customEvent }),
});
