import type { RunView, StepView } from '@fallover/contract';
import { ToggleGroup, ToggleGroupItem } from '@patternfly/react-core/dist/dynamic/components/ToggleGroup';
import { useQuery, useQueryClient } from '@tanstack/react-query';
import { useEffect, useState } from 'react';
import { Known } from '../../smit/Known.tsx';
import { commandLine } from '../../smit/shell-words.ts';
import { keyWords } from '../../smit/step-words.ts';
import { size } from '../../smit/times.ts';
import { AbortRun } from './AbortRun.tsx';
import { InterruptedStep } from './InterruptedStep.tsx';
import { OutputView } from './OutputView.tsx';
import { MOST_BYTES, outputQuery, type ReadFrom } from './queries.ts';
import { WhatRan } from './WhatRan.tsx';

/** One step: what exactly ran, how it ended, what it wrote. */
export function StepDetails({ run, step }: { run: RunView; step: StepView; now: number }) {
  const running = step.state === 'running';
  return (
    <section className="step-details" aria-label={`Step ${keyWords(step)}`}>
      <div className="step-details-head">
        <h2>
          {keyWords(step)}{' '}
          <span className="smit-quiet">
            of {step.event} on {step.node}
          </span>
        </h2>
        {running ? <AbortRun run={run} step={step} /> : null}
      </div>
      {step.argv || step.command ? <pre className="smit-command">{commandLine(step.argv ?? [step.command ?? ''])}</pre> : null}
      {step.fault ? <p className="smit-fault">{step.fault.sentence}</p> : null}
      {step.state === 'interrupted' ? <InterruptedStep run={run.id} step={step} /> : null}
      {step.outputLostFrom === undefined ? null : (
        <p className="smit-fault">
          The output could not be written from byte {step.outputLostFrom} on (is the disk full?): what followed is lost.
        </p>
      )}
      <StepOutput run={run.id} step={step} />
      <WhatRan run={run} step={step} />
    </section>
  );
}

function StepOutput({ run, step }: { run: string; step: StepView }) {
  const queries = useQueryClient();
  const [from, setFrom] = useState<ReadFrom>('end');
  const running = step.state === 'running';
  const query = useQuery({
    ...outputQuery(queries, run, step.id, from),
    // Beside the stream: what a step wrote while the stream was away is not missed for long.
    refetchInterval: running ? 5_000 : false,
  });
  const ended = step.endedAt;
  const { refetch } = query;
  // Once more when the step has ended, for its last words.
  useEffect(() => {
    if (ended) void refetch();
  }, [ended, refetch]);
  const large = (step.outputBytes ?? query.data?.next ?? 0) > MOST_BYTES;
  return (
    <div className="step-output">
      <div className="step-output-head">
        <h3>Output</h3>
        <span className="smit-quiet">{size(Math.max(step.outputBytes ?? 0, query.data?.next ?? 0))}</span>
        {large ? (
          <ToggleGroup isCompact aria-label="Which part">
            <ToggleGroupItem text="Beginning" isSelected={from === 'start'} onChange={() => setFrom('start')} />
            <ToggleGroupItem text="End" isSelected={from === 'end'} onChange={() => setFrom('end')} />
          </ToggleGroup>
        ) : null}
      </div>
      <Known query={query}>
        {(output) =>
          output.lines.length === 0 ? (
            <p className="smit-empty">{running ? 'It has written nothing yet.' : 'It has written nothing.'}</p>
          ) : (
            <OutputView key={from} output={output} label={`Output of ${keyWords(step)}`} live={running} />
          )
        }
      </Known>
    </div>
  );
}
