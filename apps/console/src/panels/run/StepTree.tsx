import type { RunView, StepView } from '@fallover/contract';
import BanIcon from '@patternfly/react-icons/dist/dynamic/icons/ban-icon';
import CheckCircleIcon from '@patternfly/react-icons/dist/dynamic/icons/check-circle-icon';
import ExclamationTriangleIcon from '@patternfly/react-icons/dist/dynamic/icons/exclamation-triangle-icon';
import InProgressIcon from '@patternfly/react-icons/dist/dynamic/icons/in-progress-icon';
import TimesCircleIcon from '@patternfly/react-icons/dist/dynamic/icons/times-circle-icon';
import { keyWords } from '../../smit/step-words.ts';
import { clockTime, duration } from '../../smit/times.ts';
import { outcomeOf, type PipelineView, phasesOf, type StepLine, type StepOutcome } from './step-tree.ts';

interface StepTreeProps {
  run: RunView;
  now: number;
  open: string | undefined;
  choose: (step: string) => void;
}

/** The steps in the order in which they began, sub-events below the step that called them. */
export function StepTree({ run, ...rest }: StepTreeProps) {
  const phases = phasesOf(run);
  return (
    <section className="steps" aria-label="Steps">
      {phases.map(({ phase, pipelines }) => (
        <div key={phase}>
          {phases.length > 1 ? <h2 className="steps-phase">Phase {phase}</h2> : null}
          {pipelines.map((pipeline) => (
            <Pipeline key={pipeline.scope} pipeline={pipeline} run={run} {...rest} />
          ))}
        </div>
      ))}
    </section>
  );
}

function Pipeline({ pipeline, ...rest }: StepTreeProps & { pipeline: PipelineView }) {
  const { event, node, steps, warnings } = pipeline;
  return (
    <div className="pipeline">
      <p className="pipeline-head">
        <strong className="smit-event-name">{event}</strong> on {node}
        {warnings.map(({ seconds, at }) => (
          <span key={at} className="smit-warning" title={`config_too_long at ${clockTime(at)}`}>
            {' '}
            warned after {duration(seconds * 1000)}
          </span>
        ))}
      </p>
      <ol>
        {steps.map((line) => (
          <Step key={line.step.id} line={line} {...rest} />
        ))}
      </ol>
    </div>
  );
}

const ICONS: Record<StepOutcome, { icon: React.ReactNode; says: string }> = {
  running: { icon: <InProgressIcon />, says: 'running' },
  succeeded: { icon: <CheckCircleIcon />, says: 'succeeded' },
  failed: { icon: <TimesCircleIcon />, says: 'failed' },
  interrupted: { icon: <ExclamationTriangleIcon />, says: 'interrupted' },
};

function Step({ line: { step, called }, ...rest }: StepTreeProps & { line: StepLine }) {
  const outcome = outcomeOf(step);
  const { icon, says } = step.fault ? { icon: <BanIcon />, says: 'not started' } : ICONS[outcome];
  return (
    <li>
      <button
        type="button"
        className={`step step-${outcome}`}
        aria-current={rest.open === step.id ? 'true' : undefined}
        onClick={() => rest.choose(step.id)}
      >
        <span className="step-icon" role="img" aria-label={says}>
          {icon}
        </span>
        <span className="step-what">
          <span>
            {keyWords(step)}
            {step.attempt > 1 ? <span className="smit-quiet"> attempt {step.attempt}</span> : null}
          </span>
          <code className="smit-path">{step.command ?? (step.fault ? step.fault.path : 'built-in')}</code>
        </span>
        <span className="step-end">
          <StepEnd step={step} />
          <span className="smit-quiet">{duration(stepMs(step, rest.now))}</span>
        </span>
      </button>
      {called.map((pipeline) => (
        <Pipeline key={pipeline.scope} pipeline={pipeline} {...rest} />
      ))}
    </li>
  );
}

function StepEnd({ step }: { step: StepView }) {
  if (step.state === 'running') return <span>running</span>;
  if (step.state === 'interrupted') return <span>interrupted</span>;
  return <span>{step.signal ? `${step.signal}, status ${step.status}` : `status ${step.status}`}</span>;
}

const stepMs = (step: StepView, now: number): number =>
  step.durationMs ?? Date.parse(step.endedAt ?? new Date(now).toISOString()) - Date.parse(step.startedAt);
