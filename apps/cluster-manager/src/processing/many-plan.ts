import { planQueued, programAmongMany } from '../queue/event-queue.ts';
import type { Processing } from './processing.ts';

/** The run of an event among many nodes, by its recovery program unless a person runs it. */
export const manyPlan: Processing['plan'] = (event, participants, definition) => ({
  ...planQueued(
    event,
    participants.map(({ node }) => node),
    definition,
    programAmongMany,
  ),
  participants: [...participants],
});
