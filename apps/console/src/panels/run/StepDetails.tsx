import type { RunView, StepView } from '@fallover/contract';
import { AbortRun } from '../../smit/AbortRun.tsx';
import { LeftProcesses } from '../../smit/LeftProcesses.tsx';
import { commandLine } from '../../smit/shell-words.ts';
import { StepTitle } from '../../smit/StepTitle.tsx';
import { keyWords } from '../../smit/step-words.ts';
import { StepLog } from './StepLog.tsx';
import { WhatRan } from './WhatRan.tsx';

/** One step: what exactly ran, how it ended, what it wrote. */
export function StepDetails({ run, step }: { run: RunView; step: StepView; now: number }) {
  const running = step.state === 'running';
  return (
    <section className="step-details" aria-label={`Step ${keyWords(step)}`}>
      <div className="step-details-head">
        <StepTitle step={step} />
        {running ? <AbortRun run={run} step={step} /> : null}
      </div>
      {step.argv || step.command ? <pre className="smit-command">{commandLine(step.argv ?? [step.command ?? ''])}</pre> : null}
      {step.fault ? <p className="smit-fault">{step.fault.sentence}</p> : null}
      {step.state === 'interrupted' ? <LeftProcesses run={run.id} step={step} /> : null}
      {step.outputLostFrom === undefined ? null : (
        <p className="smit-fault">
          The output could not be written from byte {step.outputLostFrom} on (is the disk full?): what followed is lost.
        </p>
      )}
      <StepLog run={run.id} step={step} />
      <WhatRan run={run} step={step} />
    </section>
  );
}
