import { soleMembership } from '../membership/membership.ts';
import { eventQueue, planQueued, programAmongMany } from '../queue/event-queue.ts';
import { type Engine, runEngine } from '../runs/engine.ts';
import { resume } from '../runs/resume.ts';
import { journalLog } from '../runs/run-log.ts';
import type { Processing, ProcessingParts } from './processing.ts';

/** One node: its journal has its runs, its store the queue, and cluster services are there as long as the daemon is. */
export function soleProcessing(parts: ProcessingParts): Processing {
  const { node, store, stopped } = parts;
  const { promise: takenUp, resolve: isTakenUp } = Promise.withResolvers<void>();
  const membership = soleMembership(node);
  const engine: Engine = runEngine({
    ...parts,
    membership,
    log: journalLog({ ...parts, told: (entries) => engine.told(entries) }),
    async ended({ id, state }) {
      if (state.plan.parent !== undefined) return;
      await store.end(id);
      void queue.process();
    },
    retry: (error) => Promise.reject(error),
  });
  const queue = eventQueue({
    store,
    engine,
    nodes: () => [node],
    active: parts.active,
    takenUp,
    failed: (error) => {
      if (stopped.aborted) return;
      parts.failed(error);
      parts.trouble('queue_stopped', (error as Error).message);
    },
  });
  return {
    engine,
    queue,
    membership,
    // Several nodes are never here: somebody asks what an event would do among them.
    plan(event, participants, definition) {
      const nodes = participants.map((one) => one.node);
      return planQueued(event, nodes, definition, nodes.length > 1 ? programAmongMany : undefined);
    },
    async begin() {
      await resume({ ...parts, engine });
      isTakenUp();
      await queue.process();
    },
  };
}
