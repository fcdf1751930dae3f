import type { Decision, RunRecord } from '@fallover/events';
import type { AuditVerdict } from '../src/access/audit.ts';
import type { RunRow } from '../src/journal/run-row.ts';
import type { WitnessLine } from './witness.ts';

/** Everything that is known at the end: what the commands saw, what clients were answered, and what the product has kept. */
export interface Evidence {
  witness: WitnessLine[];
  /** As the journal has them, oldest first. */
  runs: JournalledRun[];
  store: { queue: string[]; current?: string };
  requests: AskedRequest[];
  /** The runs as screens show them. */
  views: ShownRun[];
  /** Lines, oldest first. */
  hacmpOut: string[];
  /** Of each step that has a log of its own. */
  output: Record<string, string>;
  audit: AuditVerdict;
  /** Processes of steps that the daemon did not tell of. */
  unaccounted: { step: string; pid: number }[];
  /** What the daemon said was wrong, and what kept it from going on. */
  troubles: string[];
}

export interface JournalledRun {
  row: RunRow;
  records: RunRecord[];
}

/** A write request: asked once or several times with the same id and content. */
export interface AskedRequest {
  id: string;
  asked:
    | { kind: 'run'; event: string; args: string[] }
    | { kind: 'recover'; run: string; as: Decision; cancelQueue: boolean }
    | { kind: 'abort'; run: string };
  /** The answers that came; none where the connection broke each time. */
  answers: { status: number; run?: string; cancelled?: string[]; code?: string }[];
}

export interface ShownRun {
  run: string;
  state: string;
  steps: { id: string; state: string; status?: number }[];
}

export const VIOLATIONS = [
  // steps
  'claimed_twice',
  'started_twice',
  'started_without_claim',
  'started_before_its_claim',
  'refused_to_start',
  'finished_without_start',
  'finished_without_end',
  'other_status',
  'ended_by_nobody',
  'interrupted_and_finished',
  'left_open',
  'shown_otherwise',
  'run_again_without_decision',
  'unaccounted_process',
  // output
  'output_differs',
  // order
  'not_in_the_plan',
  'attempt_out_of_order',
  'order_of_the_pipeline',
  'started_before_the_one_before_ended',
  'sub_event_without_caller',
  'root_runs_overlap',
  'pipeline_cut_short',
  // runs
  'accepted_run_lost',
  'run_not_over',
  'run_nobody_asked_for',
  'run_twice',
  'repeat_answered_otherwise',
  'cancelled_by_nobody',
  'decision_lost',
  'decision_twice',
  'queue_not_empty',
  'request_failed',
  // children
  'event_error_missing',
  'event_error_twice',
  'child_raised_a_child',
  'child_nobody_raised',
  // log, audit, daemon
  'marker_missing',
  'marker_twice',
  'audit_chain_broken',
  'trouble',
] as const;

/** A promise that was not kept, in a sentence. */
export interface Violation {
  code: (typeof VIOLATIONS)[number];
  sentence: string;
}
