import type { Outcome, RunPlan } from '@fallover/events';

/** A run as lists show it; the truth is in its records. */
export interface RunRow {
  id: string;
  event: string;
  args: string[];
  eventClass: string;
  /** The one node that runs it, of a cluster that has others. */
  node?: string;
  origin: RunPlan['origin'];
  parent?: string;
  drill: boolean;
  revision: number;
  state: 'running' | 'awaiting_decision' | 'ended' | 'cancelled';
  outcome?: Outcome;
  status?: number;
  acceptedAt: string;
  startedAt?: string;
  endedAt?: string;
  /** From the claim of the first step to the end of the last; only of a run that has ended. */
  durationMs?: number;
  /** Of all its steps' output. */
  outputBytes?: number;
  warnings: number;
  /** Nodes that were lost meanwhile: what their steps did is not known. */
  without?: string[];
  /** It was taken out of the queue because a later event says more. */
  rolledUp?: { by: string; event: string; args: string[]; sentence: string };
}

/** What a list of runs is searched by. */
export const wordsOf = ({ event, args }: Pick<RunRow, 'event' | 'args'>): string => [event, ...args].join(' ').toLowerCase();

export const isOpen = ({ state }: RunRow): boolean => state === 'running' || state === 'awaiting_decision';
