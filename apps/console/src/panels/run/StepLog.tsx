import { downloadOutput, getOutputLines, type StepView, searchOutput } from '@fallover/contract';
import { useMemo } from 'react';
import { ask, urlOf } from '../../api.ts';
import { Log } from '../../smit/log/Log.tsx';
import type { LogSource } from '../../smit/log/log-source.ts';
import { keyWords } from '../../smit/step-words.ts';
import { outputKey } from './queries.ts';
import { shortId } from './step-tree.ts';

/** What one step wrote. */
export function StepLog({ run, step }: { run: string; step: StepView }) {
  const source = useMemo(() => outputOf(run, step.id), [run, step.id]);
  const here = useMemo(() => ({ step: shortId(step.id) }), [step.id]);
  const running = step.state === 'running';
  return (
    <Log
      source={source}
      title="Output"
      heading="h3"
      name="output"
      label={`Output of ${keyWords(step)}`}
      live={running}
      bytes={step.outputBytes ?? 0}
      timed
      empty={running ? 'It has written nothing yet.' : 'It has written nothing.'}
      here={here}
    />
  );
}

function outputOf(run: string, step: string): LogSource {
  const parameters = { run };
  return {
    key: outputKey(run, step),
    lines: (asked, signal) => ask(getOutputLines, { parameters, query: { step, ...asked } }, { signal }),
    find: (asked, signal) => ask(searchOutput, { parameters, query: { step, ...asked } }, { signal }),
    download: (gzip) => urlOf(downloadOutput, { parameters, query: { step, ...(gzip ? { gzip: 'true' } : {}) } }),
  };
}
