import './event.css';
import { type EventSequence, type SequenceStep, sequenceStepWords, sequencesOf } from '@fallover/events';
import { useId } from 'react';
import { Link } from 'react-router';
import { layoutSequence } from './sequence-layout.ts';

/** What comes before and after an event, drawn and in words. */
export function Sequences({ event }: { event: string }) {
  const found = sequencesOf(event);
  return (
    <section aria-label="Sequence">
      <h2>{found.length > 1 ? 'Sequences that it belongs to' : 'Sequence that it belongs to'}</h2>
      {found.length === 0 ? <p className="smit-empty">It belongs to no sequence: it occurs by itself.</p> : null}
      {found.map((sequence) => (
        <Sequence key={sequence.name} sequence={sequence} about={event} />
      ))}
    </section>
  );
}

function Sequence({ sequence, about }: { sequence: EventSequence; about: string }) {
  return (
    <details className="sequence" open={sequence.name.startsWith(about.replace(/_complete$/, '')) || undefined}>
      <summary>{sequence.title}</summary>
      <div className="sequence-body">
        <Drawing sequence={sequence} about={about} />
        <ol className="sequence-words" aria-label={sequence.title}>
          {sequence.steps.map((step, index) => (
            <li key={index} className={step.event === about ? 'sequence-about' : ''}>
              <StepWords sequence={sequence} step={step} about={about} />
            </li>
          ))}
        </ol>
      </div>
    </details>
  );
}

/** The same words as `sequenceStepWords`, with the event as a link. */
function StepWords({ sequence, step, about }: { sequence: EventSequence; step: SequenceStep; about: string }) {
  const words = sequenceStepWords(sequence, step);
  const { event } = step;
  if (event === undefined) return words;
  const at = words.indexOf(event);
  return (
    <>
      {words.slice(0, at)}
      {event === about ? <strong>{event}</strong> : <Link to={`/smit/cm_event/${encodeURIComponent(event)}`}>{event}</Link>}
      {words.slice(at + event.length)}
    </>
  );
}

/** The list beside it says the same, so a screen reader is told only what it is. */
function Drawing({ sequence, about }: { sequence: EventSequence; about: string }) {
  const id = useId();
  const { width, height, lanes, steps, arrows } = layoutSequence(sequence, about);
  return (
    <svg className="sequence-drawing" viewBox={`0 0 ${width} ${height}`} role="img" aria-label={`Diagram: ${sequence.title}`}>
      <defs>
        <marker id={id} viewBox="0 0 8 8" refX="7" refY="4" markerWidth="7" markerHeight="7" orient="auto">
          <path d="M0 0 L8 4 L0 8 Z" className="sequence-arrow-head" />
        </marker>
      </defs>
      {lanes.map(({ x, text }) => (
        <text key={text} x={x} y={16} textAnchor="middle" className="sequence-lane">
          {text}
        </text>
      ))}
      {arrows.map(({ x1, y1, x2, y2 }, index) => {
        const half = (y1 + y2) / 2;
        return (
          <path
            key={index}
            className="sequence-arrow"
            d={x1 === x2 ? `M${x1} ${y1} V${y2}` : `M${x1} ${y1} V${half} H${x2} V${y2}`}
            markerEnd={`url(#${id})`}
          />
        );
      })}
      {steps.map((step, index) => (
        <g key={index} className={step.marked ? 'sequence-step sequence-step-marked' : 'sequence-step'}>
          <rect
            x={step.x + 1}
            y={step.y}
            width={step.width - 2}
            height={step.height}
            rx={step.isEvent ? 6 : 14}
            className={step.isEvent ? '' : 'sequence-words-only'}
          />
          {step.lines.map((line) => (
            <text
              key={line.y}
              x={step.x + step.width / 2}
              y={line.y}
              textAnchor="middle"
              className={line.marked ? `sequence-${line.kind} sequence-marked` : `sequence-${line.kind}`}
            >
              {line.text}
            </text>
          ))}
        </g>
      ))}
    </svg>
  );
}
