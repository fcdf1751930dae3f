import type { RunView, StepView, UnansweredNode } from '@fallover/contract';
import type { StepOutput } from './step-output.ts';

/** What the steps of one run write, as those who watch it are shown it; on whichever node they run. */
export interface RunOutput {
  /** The run has come so far. */
  follows(run: Pick<RunView, 'steps'>): void;
  /** Bytes so far that can be read now. */
  size(step: StepView): number;
  read(step: string, from: number, length: number): Promise<Buffer>;
  /** Nodes whose steps write something that cannot be had now; another array when that has changed. */
  unanswered(): readonly UnansweredNode[];
  close(): void;
}

/** Of one run; `wake` when there is something new that nobody else tells of. */
export type OutputOfRun = (run: string, wake: () => void) => RunOutput;

/** Where all steps run on this node. */
export const outputHere =
  (output: StepOutput): OutputOfRun =>
  () => ({
    follows() {},
    size: ({ id }) => output.size(id),
    read: output.read,
    unanswered: () => NONE,
    close() {},
  });

const NONE: readonly UnansweredNode[] = [];
