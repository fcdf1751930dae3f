import type { RunView, StepView } from '@fallover/contract';
import { expectedWords } from '@fallover/events';
import { LaneTable } from '../../smit/lanes/LaneTable.tsx';
import { keyWords } from '../../smit/step-words.ts';
import { clockTime, duration } from '../../smit/times.ts';
import { commandsWords, type Lane, lanesOf, type Place, phaseLine, waitsWords } from './lanes.ts';
import { STEP_ICONS } from './step-icons.tsx';
import { outcomeOf } from './step-tree.ts';

interface LanesProps {
  run: RunView;
  now: number;
  open: string | undefined;
  choose: (step: string) => void;
}

/** A lane for each node, a column for each phase, and between the phases the barriers, as lines across all lanes. */
export function Lanes({ run, now, open, choose }: LanesProps) {
  const lanes = lanesOf(run);
  if (lanes.length === 0) return null;
  const waits = waitsWords(run, now);
  return (
    <section className="lanes" aria-label="Nodes and phases">
      {waits ? <p className="lanes-waits">{waits}</p> : null}
      <LaneTable
        label="Lanes"
        phases={run.phases.map((phase) => ({
          index: phase.index,
          barrier: phase.barrier,
          barrierWords: barrierWords(phase, run.phases.length),
          commands: commandsWords(phase),
          narrow: phaseLine(phase, run),
        }))}
        rows={lanes.map((lane) => ({
          node: lane.node,
          isLost: lane.lostAt !== undefined,
          name: <LaneName lane={lane} now={now} />,
          cells: lane.places.map((place) => (
            <PlaceCell key={place.phase.index} place={place} now={now} open={open} choose={choose} />
          )),
        }))}
      />
    </section>
  );
}

function barrierWords({ index, barrier }: RunView['phases'][number], phases: number): string {
  if (index === phases) return { not_reached: 'the end not reached', waits: 'the end waits', passed: 'ended' }[barrier];
  return { not_reached: 'barrier not reached', waits: 'barrier waits', passed: 'barrier passed' }[barrier];
}

function LaneName({ lane: { node, lostAt }, now }: { lane: Lane; now: number }) {
  return (
    <>
      {node}
      {lostAt ? <span className="lanes-lost">lost at {clockTime(lostAt, now)}</span> : null}
    </>
  );
}

type PlaceCellProps = Omit<LanesProps, 'run'> & { place: Place };

function PlaceCell({ place, now, open, choose }: PlaceCellProps) {
  const { steps } = place;
  const says = placeWords(place);
  return (
    <div className="lanes-place">
      {steps.map((step) => (
        <LaneStep key={step.id} step={step} now={now} isOpen={open === step.id} choose={choose} />
      ))}
      {says ? <span className={`lanes-says lanes-says-${place.state}`}>{says}</span> : null}
    </div>
  );
}

/** What the steps do not say. */
function placeWords({ state, isEmpty, isLast, steps, phase }: Place): string | undefined {
  switch (state) {
    case 'not_reached':
      return isEmpty ? 'nothing to do' : 'not reached';
    case 'waits':
      if (isLast) return isEmpty ? 'nothing to do' : 'done: waits for the others';
      return isEmpty ? 'nothing to do: at the barrier' : 'at the barrier';
    case 'runs':
      if (steps.every((step) => step.state !== 'running')) return 'about to start';
      return phase.lanes.some((lane) => lane.state === 'waits') ? 'the others wait for it' : undefined;
    case 'passed':
      return isEmpty ? 'nothing to do' : undefined;
    case 'stopped':
      return 'waits for a decision';
    case 'skipped':
      return 'skipped';
    case 'lost':
      return steps.some((step) => step.state === 'lost') ? undefined : 'lost';
  }
}

function LaneStep({ step, now, isOpen, choose }: { step: StepView; now: number; isOpen: boolean; choose: LanesProps['choose'] }) {
  const outcome = outcomeOf(step);
  const { icon, says } = STEP_ICONS[outcome];
  return (
    <button
      type="button"
      className={`lane-step step-${outcome}`}
      aria-current={isOpen ? 'true' : undefined}
      onClick={() => choose(step.id)}
    >
      <span className="step-icon" role="img" aria-label={says}>
        {icon}
      </span>
      <span>{keyWords(step)}</span>
      <span className="smit-quiet">
        {step.state === 'running'
          ? duration(Math.max(0, now - Date.parse(step.startedAt)))
          : step.state === 'finished' && (step.status !== 0 || outcome === 'failed')
            ? `status ${step.status}${expectedWords(step)}`
            : ''}
      </span>
    </button>
  );
}
