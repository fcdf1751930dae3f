import type { RunView } from '@fallover/contract';
import { Pathname } from '../../smit/Pathname.tsx';
import { keyWords } from '../../smit/step-words.ts';

interface PlannedStepsProps {
  title: string;
  kind: 'to-run' | 'skipped';
  steps: RunView['toRun'];
}

/** Steps without a time: they are still to run, or never ran. */
export function PlannedSteps({ title, kind, steps }: PlannedStepsProps) {
  if (steps.length === 0) return null;
  return (
    <section aria-label={title} className={`run-planned planned-${kind}`}>
      <h2 className="steps-phase">{title}</h2>
      <ol className="planned">
        {steps.map((step) => (
          <li key={`${step.node} ${step.event} ${step.key}`}>
            <span className="planned-mark" aria-hidden="true" />
            <span>{keyWords(step)}</span>
            <span className="smit-quiet">
              <code>{step.event}</code> on {step.node}
            </span>
            <Pathname className="smit-quiet">{step.command ?? (step.customEvent ? 'not defined' : 'built-in')}</Pathname>
          </li>
        ))}
      </ol>
    </section>
  );
}
