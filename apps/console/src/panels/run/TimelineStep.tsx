import type { StepView } from '@fallover/contract';
import { expectedWords } from '@fallover/events';
import BanIcon from '@patternfly/react-icons/dist/dynamic/icons/ban-icon';
import { BreaksAtSlashes } from '../../smit/Pathname.tsx';
import { keyWords } from '../../smit/step-words.ts';
import { duration } from '../../smit/times.ts';
import { STEP_ICONS } from './step-icons.tsx';
import { outcomeOf } from './step-tree.ts';
import { TimelineTrack } from './TimelineTrack.tsx';
import type { Axis, Mark } from './timeline.ts';

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
  const { icon, says } = step.fault ? { icon: <BanIcon />, says: 'not started' } : STEP_ICONS[outcome];
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
            <bdi>
              <BreaksAtSlashes>{step.command ?? (step.fault ? step.fault.path : 'built-in')}</BreaksAtSlashes>
            </bdi>
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
  if (step.state === 'lost') return <span>lost with {step.node}</span>;
  if (step.late || step.expelled)
    return (
      <span>
        status {step.status}, {step.expelled ? `ended: ${step.node} was no member` : `told after ${step.node} was lost`}
      </span>
    );
  return (
    <span>
      {step.signal ? `${step.signal}, ` : ''}status {step.status}
      {expectedWords(step)}
    </span>
  );
}

const stepMs = (step: StepView, now: number): number =>
  step.durationMs ?? Date.parse(step.endedAt ?? new Date(now).toISOString()) - Date.parse(step.startedAt);
