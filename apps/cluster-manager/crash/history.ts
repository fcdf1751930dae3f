import type { PipelineStep, PlannedPipeline, RunRecord } from '@fallover/events';
import { parseStepId } from '@fallover/events';
import type { Evidence, JournalledRun } from './evidence.ts';

export const recordsOf = <Kind extends RunRecord['kind']>(
  { records }: Pick<JournalledRun, 'records'>,
  kind: Kind,
): Extract<RunRecord, { kind: Kind }>[] =>
  records.filter((record) => record.kind === kind) as Extract<RunRecord, { kind: Kind }>[];

/** The pipelines of a run by their scope, as planned: those of its program and those of the sub-events that were called. */
export function pipelinesOf(run: JournalledRun): Map<string, { planned: PlannedPipeline; caller?: string }> {
  const program = recordsOf(run, 'planned').flatMap(({ plan }) => plan.program.flat());
  return new Map([
    ...program.map((planned) => [planned.scope, { planned }] as const),
    ...recordsOf(run, 'sub_event').map(({ pipeline, caller }) => [pipeline.scope, { planned: pipeline, caller }] as const),
  ]);
}

export const keyOf = (step: string): string => parseStepId(step)?.steps.at(-1)?.key ?? '';
export const attemptOf = (step: string): number => parseStepId(step)?.steps.at(-1)?.attempt ?? 0;

export const plannedStep = ({ steps, recovery }: PlannedPipeline, key: string): PipelineStep | undefined =>
  key === 'recovery' ? recovery : steps.find((step) => step.key === key);

/** Where in the witness each step started first and ended first, and how many lines it has printed. */
export interface Witnessed {
  start?: { place: number; at: number };
  end?: { place: number; status: number };
  starts: number;
  printed: number;
}

export function witnessed({ witness }: Pick<Evidence, 'witness'>): Map<string, Witnessed> {
  const seen = new Map<string, Witnessed>();
  for (const [place, line] of witness.entries()) {
    const step = seen.get(line.step) ?? { starts: 0, printed: 0 };
    seen.set(line.step, step);
    if (line.kind === 'start') {
      step.starts += 1;
      step.start ??= { place, at: line.at };
    } else if (line.kind === 'end') step.end ??= { place, status: line.status };
    else if (line.kind === 'print') step.printed = line.line;
  }
  return seen;
}
