import type { StepView } from '@fallover/contract';
import { keyWords } from './step-words.ts';

/** Which step it is, of which event, and where. */
export function StepTitle({ step }: { step: StepView }) {
  return (
    <h2>
      {keyWords(step)}{' '}
      <span className="smit-quiet">
        of {step.event} on {step.node}
      </span>
    </h2>
  );
}
