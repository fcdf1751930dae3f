import './timeline.css';
import type { RunView } from '@fallover/contract';
import { useQueries } from '@tanstack/react-query';
import { type KeyboardEvent, useRef } from 'react';
import { runQuery } from '../../live/queries.ts';
import { clockTime, duration } from '../../smit/times.ts';
import { ChildRun } from './ChildRun.tsx';
import { PlannedSteps } from './PlannedSteps.tsx';
import { type PipelineView, phasesOf } from './step-tree.ts';
import { TimelineStep } from './TimelineStep.tsx';
import { TimelineTrack } from './TimelineTrack.tsx';
import { type Axis, axisOf, marksOf, placeOf, type Span, ticksOf, tickWords } from './timeline.ts';

interface TimelineProps {
  run: RunView;
  now: number;
  open: string | undefined;
  choose: (step: string) => void;
}

/** The steps on one time axis, in the order in which they began; sub-events stand below the step that called them. */
export function Timeline({ run, now, open, choose }: TimelineProps) {
  const box = useRef<HTMLElement>(null);
  const children = useQueries({ queries: run.children.map((child) => runQuery(child.run)) }).map(({ data }) => data);
  const axis = axisOf(run, now, children.flatMap((child) => (child ? [child] : [])) as Span[]);
  const phases = phasesOf(run);
  const move = (event: KeyboardEvent): void => {
    const by = STEPS_BY_KEY[event.key];
    if (by === undefined || event.ctrlKey || event.metaKey || event.altKey) return;
    const steps = [...(box.current?.querySelectorAll<HTMLButtonElement>('button.step') ?? [])];
    const at = steps.indexOf(document.activeElement as HTMLButtonElement);
    if (at < 0) return;
    event.preventDefault();
    steps[Math.min(steps.length - 1, Math.max(0, at + by))]?.focus();
  };
  if (run.steps.length + run.toRun.length + run.skipped.length + run.children.length === 0) return null;
  return (
    <section ref={box} className="steps" aria-label="Steps" onKeyDown={move}>
      <TimeAxis axis={axis} run={run} />
      {phases.map(({ phase, pipelines }) => (
        <div key={phase}>
          {phases.length > 1 ? <h2 className="steps-phase">Phase {phase}</h2> : null}
          {pipelines.map((pipeline) => (
            <Pipeline key={pipeline.scope} {...{ pipeline, run, axis, now, open, choose }} depth={0} />
          ))}
        </div>
      ))}
      <PlannedSteps title="Still to run" kind="to-run" steps={run.toRun} />
      <PlannedSteps title="Skipped steps: to do by hand" kind="skipped" steps={run.skipped} />
      {run.children.length > 0 ? (
        <section aria-label="Child runs">
          <h2 className="steps-phase">Child runs, beside the queue</h2>
          <ul className="timeline-rows">
            {run.children.map((child, index) => (
              <ChildRun key={child.run} child={child} view={children[index]} axis={axis} now={now} />
            ))}
          </ul>
        </section>
      ) : null}
    </section>
  );
}

const STEPS_BY_KEY: Record<string, number> = { j: 1, ArrowDown: 1, k: -1, ArrowUp: -1 };

function TimeAxis({ axis, run }: { axis: Axis | undefined; run: RunView }) {
  if (!axis) return null;
  return (
    <div className="timeline-row timeline-axis" aria-hidden="true">
      <span className="timeline-name smit-quiet">from {clockTime(new Date(axis.from).toISOString())}</span>
      <span className="timeline-ticks">
        {ticksOf(axis).map((at) => (
          <span key={at} style={{ left: `${placeOf(axis, axis.from + at)}%` }}>
            {tickWords(at)}
          </span>
        ))}
      </span>
      <span className="smit-quiet timeline-end">{run.steps.length === 1 ? '1 step' : `${run.steps.length} steps`}</span>
    </div>
  );
}

interface PipelineProps extends TimelineProps {
  pipeline: PipelineView;
  axis: Axis | undefined;
  depth: number;
}

function Pipeline({ pipeline, depth, ...rest }: PipelineProps) {
  const { event, node, steps, warnings } = pipeline;
  const { axis, run, now } = rest;
  const limit = depth === 0 ? run.timeUntilWarning : undefined;
  const begun = steps.map(({ step }) => step);
  const marks = axis ? marksOf(axis, begun, warnings, limit, (seconds) => duration(seconds * 1000)) : [];
  return (
    <div className="pipeline">
      <div className="timeline-row timeline-pipeline" style={{ '--depth': depth } as React.CSSProperties}>
        <span className="timeline-name">
          <strong className="smit-event-name">{event}</strong> <span className="smit-quiet">on {node}</span>
        </span>
        <TimelineTrack axis={axis} marks={marks} now={now} />
        <span className="timeline-end">
          {warnings.map(({ seconds, at }) => (
            <span key={at} className="smit-warning" title={`config_too_long at ${clockTime(at)}`}>
              warned after {duration(seconds * 1000)}
            </span>
          ))}
        </span>
      </div>
      <ol className="timeline-rows">
        {steps.map((line) => (
          <li key={line.step.id}>
            <TimelineStep step={line.step} marks={marks} depth={depth} {...rest} />
            {line.called.map((called) => (
              <Pipeline key={called.scope} pipeline={called} depth={depth + 1} {...rest} />
            ))}
          </li>
        ))}
      </ol>
    </div>
  );
}
