import { manyNodes } from '../membership/many-nodes.ts';
import { planQueued, programAmongMany } from '../queue/event-queue.ts';
import { settleSteps, takeUpRuns } from '../runs/resume.ts';
import type { ManyNodesSettings, Processing, ProcessingParts } from './processing.ts';

/** One of many nodes: runs, queue and membership stand in the store that they share. */
export function manyProcessing(parts: ProcessingParts & ManyNodesSettings): Processing {
  let settled: Promise<void> | undefined;
  const nodes = manyNodes({
    ...parts,
    async plan(event, participants) {
      const names = participants.map((one) => one.node);
      const plan = planQueued(event, names, await parts.active(), programAmongMany);
      return { ...plan, participants: [...participants] };
    },
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
    shared: { view, part: membership },
    async begin() {
      takeUpRuns({ ...parts, engine });
      nodes.begin();
    },
  };
}
