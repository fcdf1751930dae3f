import type { RunView } from '@fallover/contract';
import { keyWords } from '../../smit/step-words.ts';

export function PlannedSteps({ title, steps }: { title: string; steps: RunView['toRun'] }) {
  if (steps.length === 0) return null;
  return (
    <section aria-label={title} className="run-planned">
      <h2>{title}</h2>
      <ol className="planned">
        {steps.map((step) => (
          <li key={`${step.node} ${step.event} ${step.key}`}>
            <span className="planned-node">{step.node}</span> <code>{step.event}</code> <span>{keyWords(step)}</span>{' '}
            <code className="smit-path smit-quiet">{step.command ?? (step.customEvent ? 'not defined' : 'built-in')}</code>
          </li>
        ))}
      </ol>
    </section>
  );
}
