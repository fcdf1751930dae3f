import { downloadOutput, type StepView } from '@fallover/contract';
import { Switch } from '@patternfly/react-core/dist/dynamic/components/Switch';
import { useState } from 'react';
import { useSearchParams } from 'react-router';
import { urlOf } from '../../api.ts';
import { Known } from '../../smit/Known.tsx';
import { keyWords } from '../../smit/step-words.ts';
import { size } from '../../smit/times.ts';
import { LogSearch } from './LogSearch.tsx';
import { LogView } from './LogView.tsx';
import type { LogPart } from './queries.ts';
import { shortId } from './step-tree.ts';
import { useLines, useTail } from './use-log.ts';

const WRAP = 'fallover.log-wrap';

/** What one step wrote. */
export function StepLog({ run, step }: { run: string; step: StepView }) {
  const tail = useTail(run, step);
  const running = step.state === 'running';
  const bytes = Math.max(step.outputBytes ?? 0, tail.data?.size ?? 0);
  const [wrap, setWrap] = useState(() => localStorage.getItem(WRAP) === 'on');
  const download = (gzip: boolean): string =>
    urlOf(downloadOutput, { parameters: { run }, query: { step: step.id, ...(gzip ? { gzip: 'true' } : {}) } });
  return (
    <div className="step-output">
      <div className="step-output-head">
        <h3>Output</h3>
        <span className="smit-quiet">
          {size(bytes)}
          {tail.data && !tail.data.indexing ? `, ${lineCount(tail.data.total)}` : ''}
          {tail.data?.indexing ? ', lines are being counted …' : ''}
        </span>
        {bytes > 0 ? (
          <span className="step-output-tools">
            <Switch
              id="log-wrap"
              label="Wrap"
              isChecked={wrap}
              onChange={(_, on) => {
                setWrap(on);
                localStorage.setItem(WRAP, on ? 'on' : 'off');
              }}
            />
            <a href={download(false)} download>
              Download
            </a>
            <a href={download(true)} download>
              Download as gzip
            </a>
          </span>
        ) : null}
      </div>
      <Known query={tail}>
        {(part) =>
          part.lines.length === 0 ? (
            <p className="smit-empty">{running ? 'It has written nothing yet.' : 'It has written nothing.'}</p>
          ) : (
            // Lines get their numbers once all of them are counted; until then the end is shown without.
            <Lines key={part.first === undefined ? 'end' : 'all'} run={run} step={step} tail={part} wrap={wrap} />
          )
        }
      </Known>
    </div>
  );
}

const lineCount = (lines: number): string => (lines === 1 ? '1 line' : `${lines.toLocaleString('en-GB')} lines`);

interface LinesProps {
  run: string;
  step: StepView;
  tail: LogPart;
  wrap: boolean;
}

function Lines({ run, step, tail, wrap }: LinesProps) {
  const [search, setSearch] = useSearchParams();
  const { lines, lineAt, looksAt } = useLines(run, step.id, tail);
  const counted = tail.first !== undefined;
  const asked = Number(search.get('line'));
  const marked = counted && Number.isInteger(asked) && asked > 0 ? asked : undefined;
  const text = search.get('find') ?? '';
  const at = (line: number | undefined, find: string): URLSearchParams => {
    const next = new URLSearchParams({ step: shortId(step.id) });
    if (line !== undefined) next.set('line', String(line));
    if (find !== '') next.set('find', find);
    return next;
  };
  return (
    <>
      {counted ? (
        <LogSearch
          run={run}
          step={step.id}
          lines={lines}
          text={text}
          marked={marked}
          enter={(find) => setSearch(at(marked, find), { replace: true, preventScrollReset: true })}
          show={(line) => setSearch(at(line, text), { preventScrollReset: true })}
        />
      ) : null}
      {marked !== undefined && marked > lines ? (
        <p className="smit-help" role="status">
          The link leads to line {marked.toLocaleString('en-GB')}; the output has {lineCount(lines)} so far.
        </p>
      ) : null}
      <LogView
        label={`Output of ${keyWords(step)}`}
        lines={lines}
        lineAt={lineAt}
        looksAt={looksAt}
        live={step.state === 'running'}
        wrap={wrap}
        marked={marked}
        find={text}
        hrefOf={counted ? (line) => `?${at(line, text)}` : undefined}
      />
    </>
  );
}
