import { manyNodes } from '../membership/many-nodes.ts';
import { settleSteps, takeUpRuns } from '../runs/resume.ts';
import { manyPlan } from './many-plan.ts';
import type { ManyNodesSettings, Processing, ProcessingParts } from './processing.ts';

/** One of many nodes: runs, queue and membership stand in the store that they share. */
export function manyProcessing(parts: ProcessingParts & ManyNodesSettings): Processing {
  let settled: Promise<void> | undefined;
  const nodes = manyNodes({
    ...parts,
    plan: async (event, participants) => manyPlan(event, participants, await parts.active()),
    settle: () => {
      settled ??= settleSteps({ ...parts, engine: nodes.engine }, nodes.engine.all());
      return settled;
    },
  });
  const { engine, membership, view } = nodes;
  return {
    engine,
    membership,
    queue: { process: nodes.tend },
    shared: { view, part: membership, leaseSeconds: parts.ttlMs / 1000 },
    plan: manyPlan,
    async begin() {
      takeUpRuns({ ...parts, engine });
      nodes.begin();
    },
  };
}
