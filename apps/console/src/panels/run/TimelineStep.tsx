import type { StepView } from '@fallover/contract';
import BanIcon from '@patternfly/react-icons/dist/dynamic/icons/ban-icon';
import CheckCircleIcon from '@patternfly/react-icons/dist/dynamic/icons/check-circle-icon';
import ExclamationTriangleIcon from '@patternfly/react-icons/dist/dynamic/icons/exclamation-triangle-icon';
import InProgressIcon from '@patternfly/react-icons/dist/dynamic/icons/in-progress-icon';
import TimesCircleIcon from '@patternfly/react-icons/dist/dynamic/icons/times-circle-icon';
import { keyWords } from '../../smit/step-words.ts';
import { duration } from '../../smit/times.ts';
import { outcomeOf, type StepOutcome } from './step-tree.ts';
import { TimelineTrack } from './TimelineTrack.tsx';
import type { Axis, Mark } from './timeline.ts';

const ICONS: Record<StepOutcome, { icon: React.ReactNode; says: string }> = {
  running: { icon: <InProgressIcon />, says: 'running' },
  succeeded: { icon: <CheckCircleIcon />, says: 'succeeded' },
  failed: { icon: <TimesCircleIcon />, says: 'failed' },
  interrupted: { icon: <ExclamationTriangleIcon />, says: 'interrupted' },
};

interface TimelineStepProps {
  step: StepView;
  axis: Axis | undefined;
  marks: readonly Mark[];
  depth: number;
  now: number;
  open: string | undefined;
  choose: (step: string) => void;
}

export function TimelineStep({ step, axis, marks, depth, now, open, choose }: TimelineStepProps) {
  const outcome = outcomeOf(step);
  const { icon, says } = step.fault ? { icon: <BanIcon />, says: 'not started' } : ICONS[outcome];
  return (
    <button
      type="button"
      className={`step timeline-row step-${outcome}`}
      style={{ '--depth': depth } as React.CSSProperties}
      aria-current={open === step.id ? 'true' : undefined}
      onClick={() => choose(step.id)}
    >
      <span className="timeline-name">
        <span className="step-icon" role="img" aria-label={says}>
          {icon}
        </span>
        <span className="step-what">
          <span>
            {keyWords(step)}
            {step.attempt > 1 ? <span className="smit-quiet"> attempt {step.attempt}</span> : null}
          </span>
          <code className="smit-path" title={step.command}>
            <bdi>{step.command ?? (step.fault ? step.fault.path : 'built-in')}</bdi>
          </code>
        </span>
      </span>
      <TimelineTrack axis={axis} marks={marks} now={now} span={step} outcome={outcome} />
      <span className="step-end timeline-end">
        <StepEnd step={step} />
        <span className="smit-quiet">{duration(stepMs(step, now))}</span>
      </span>
    </button>
  );
}

function StepEnd({ step }: { step: StepView }) {
  if (step.state === 'running') return <span>running</span>;
  if (step.state === 'interrupted') return <span>interrupted</span>;
  return <span>{step.signal ? `${step.signal}, status ${step.status}` : `status ${step.status}`}</span>;
}

const stepMs = (step: StepView, now: number): number =>
  step.durationMs ?? Date.parse(step.endedAt ?? new Date(now).toISOString()) - Date.parse(step.startedAt);
