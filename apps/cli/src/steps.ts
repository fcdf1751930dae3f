import { err, ok, type Result } from './result.ts';
import { visibleLine } from './visible.ts';

export type StepFault =
  | { code: 'no_such_step'; text: string; steps: string[] }
  | { code: 'several_steps'; text: string; steps: string[] };

/** A step's id without its run, which says the rest: `1/nodea/event/1`. */
export const shortStep = (step: string): string => step.slice(step.indexOf('/') + 1);

/** The step that a person means: its id, the id without the run, or an end of it such as `pre_event.2/1`. */
export function matchStep(text: string, steps: readonly string[]): Result<string, StepFault> {
  const same = steps.find((step) => step === text || shortStep(step) === text);
  if (same !== undefined) return ok(same);
  const found = steps.filter((step) => step.endsWith(`/${text}`) || step.slice(0, step.lastIndexOf('/')).endsWith(`/${text}`));
  const [only] = found;
  if (only === undefined) return err({ code: 'no_such_step', text, steps: [...steps] });
  return found.length === 1 ? ok(only) : err({ code: 'several_steps', text, steps: found });
}

export function stepSentence(fault: StepFault): string {
  const text = visibleLine(fault.text);
  const some = fault.steps.map(shortStep).join(', ');
  switch (fault.code) {
    case 'no_such_step':
      return fault.steps.length === 0
        ? `STEP: "${text}" is not a step of this run to which that can be done: there is none.`
        : `STEP: "${text}" is not a step of this run to which that can be done. These are: ${some}.`;
    case 'several_steps':
      return `STEP: "${text}" stands for several steps: ${some}. Give one of these.`;
  }
}
