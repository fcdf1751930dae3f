import { z } from 'zod';

/** Nodes that could not be asked: why, what to do, and since when they have been asked in vain. */
export const unansweredNodes = z.array(z.object({ node: z.string(), sentence: z.string(), since: z.iso.datetime().optional() }));
export type UnansweredNode = z.infer<typeof unansweredNodes>[number];
