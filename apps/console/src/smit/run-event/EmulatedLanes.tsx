import '../lanes/lanes.css';
import './foreseen.css';
import type { Emulation, PlannedCommand } from '@fallover/contract';
import { useState } from 'react';
import { LaneTable } from '../lanes/LaneTable.tsx';
import { commandLine } from '../shell-words.ts';
import { keyWords } from '../step-words.ts';
import { type EmulatedPlace, emulatedLanes, emulatedPhases } from './emulated-lanes.ts';

/** The plan as the run view shows a run: a lane for each node, barriers across them; each step can be looked at. */
export function EmulatedLanes({ phases, steps }: Pick<Emulation, 'phases' | 'steps'>) {
  const [open, setOpen] = useState<number>();
  const step = open === undefined ? undefined : steps[open];
  return (
    <>
      <section className="lanes emulated-lanes" aria-label="Nodes and phases">
        <LaneTable
          label="Lanes"
          phases={emulatedPhases(phases)}
          rows={emulatedLanes(phases, steps).map(({ node, places }) => ({
            node,
            isLost: false,
            name: node,
            cells: places.map((place, at) => <Place key={at} place={place} open={open} choose={setOpen} />),
          }))}
        />
      </section>
      {step ? <PlannedStep step={step} /> : <p className="smit-quiet">Choose a step for its arguments and its environment.</p>}
    </>
  );
}

interface PlaceProps {
  place: EmulatedPlace;
  open: number | undefined;
  choose: (index: number) => void;
}

function Place({ place: { steps, warned }, open, choose }: PlaceProps) {
  return (
    <div className="lanes-place">
      {steps.map(({ index, step, isSubEvent }) => (
        <button
          key={index}
          type="button"
          className={isSubEvent ? 'lane-step lane-step-sub-event' : 'lane-step'}
          aria-current={open === index ? 'true' : undefined}
          onClick={() => choose(index)}
        >
          <span>{isSubEvent ? `${step.event}: ${keyWords(step)}` : keyWords(step)}</span>
          <span className="smit-quiet">{remarksOf(step)}</span>
        </button>
      ))}
      {steps.length === 0 ? <span className="lanes-says">nothing to do: at the barrier</span> : null}
      {warned.map((words) => (
        <span key={words} className="lanes-says">
          {words}
        </span>
      ))}
    </div>
  );
}

const remarksOf = ({ argv, builtIn, own, atMost }: PlannedCommand): string =>
  [
    builtIn ? 'built-in' : (argv[0]?.split('/').at(-1) ?? ''),
    ...(own ? ['a value of this node'] : []),
    ...(atMost === undefined ? [] : [`only after a failure, at most ${atMost}×`]),
  ].join(', ');

/** What exactly it would be called with. */
function PlannedStep({ step }: { step: PlannedCommand }) {
  const environment = Object.entries(step.environment ?? {}).map(([name, value]) => `${name}=${value}`);
  return (
    <section className="emulated-step" aria-label={`Step ${keyWords(step)}`} aria-live="polite">
      <h3>
        {keyWords(step)}{' '}
        <span className="smit-quiet">
          of {step.event} on {step.node}
        </span>
      </h3>
      <pre className="smit-command">{commandLine(step.argv)}</pre>
      {environment.length === 0 ? (
        <p className="smit-quiet">Built into the cluster manager: no program is started.</p>
      ) : (
        <>
          <figure aria-label="Environment">
            <pre className="smit-command">{environment.join('\n')}</pre>
          </figure>
          <p className="smit-quiet">STATUS, TOKEN and RUN are known once it runs; STATE is the state directory of {step.node}.</p>
        </>
      )}
    </section>
  );
}
