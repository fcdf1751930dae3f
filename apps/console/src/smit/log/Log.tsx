import './log.css';
import { FormSelect, FormSelectOption } from '@patternfly/react-core/dist/dynamic/components/FormSelect';
import { Switch } from '@patternfly/react-core/dist/dynamic/components/Switch';
import { type ReactNode, useCallback, useMemo, useState } from 'react';
import { useSearchParams } from 'react-router';
import { Known } from '../Known.tsx';
import { size } from '../times.ts';
import { LogSearch } from './LogSearch.tsx';
import { LogView } from './LogView.tsx';
import type { LogSource } from './log-source.ts';
import { TIMES_SHOWN, type TimeShown } from './log-times.ts';
import type { LogPart } from './queries.ts';
import { useLines, useTail } from './use-log.ts';

interface LogProps {
  source: LogSource;
  /** What stands above it, and at which level of headings. */
  title: string;
  heading: 'h2' | 'h3';
  /** What it is in a sentence: `output`, `log`. */
  name: string;
  /** What its lines are called for who does not see them. */
  label: string;
  /** More may come. */
  live: boolean;
  /** Bytes that are known of besides. */
  bytes?: number;
  /** It is known when its lines came. */
  timed: boolean;
  empty: string;
  /** What the address of a line says besides the line. */
  here: Readonly<Record<string, string>>;
  tools?: ReactNode;
}

/** A log of any size: read, searched and linked to by line, followed while it goes on, and downloaded. */
export function Log(props: LogProps) {
  const { source, title, heading: Heading, live, bytes: known = 0, timed, empty, tools } = props;
  const tail = useTail(source, live);
  const bytes = Math.max(known, tail.data?.size ?? 0);
  const [wrap, setWrap] = useKept('fallover.log-wrap', ['off', 'on']);
  const [times, setTimes] = useKept('fallover.log-times', TIMES_SHOWN);
  return (
    <div className="log">
      <div className="log-head">
        <Heading>{title}</Heading>
        <span className="smit-quiet">
          {size(bytes)}
          {tail.data && !tail.data.indexing ? `, ${lineCount(tail.data.total)}` : ''}
          {tail.data?.indexing ? ', lines are being counted …' : ''}
        </span>
        {bytes > 0 ? (
          <span className="log-tools">
            {tools}
            {timed ? (
              <FormSelect
                className="log-times"
                aria-label="Time of each line"
                value={times}
                onChange={(_, next) => setTimes(next as TimeShown)}
              >
                <FormSelectOption value="off" label="without times" />
                <FormSelectOption value="local" label="local time" />
                <FormSelectOption value="utc" label="UTC" />
              </FormSelect>
            ) : null}
            <Switch id="log-wrap" label="Wrap" isChecked={wrap === 'on'} onChange={(_, on) => setWrap(on ? 'on' : 'off')} />
            <a href={source.download(false)} download>
              Download
            </a>
            <a href={source.download(true)} download>
              Download as gzip
            </a>
          </span>
        ) : null}
      </div>
      <Known query={tail}>
        {(part) =>
          part.lines.length === 0 ? (
            <p className="smit-empty">{empty}</p>
          ) : (
            // Lines get their numbers once all of them are counted; until then the end is shown without.
            <Lines
              key={`${part.identity} ${part.first === undefined ? 'end' : 'all'}`}
              {...props}
              tail={part}
              wrap={wrap === 'on'}
              times={timed ? times : 'off'}
            />
          )
        }
      </Known>
    </div>
  );
}

/** A choice that this browser keeps. */
function useKept<Value extends string>(key: string, values: readonly [Value, ...Value[]]): [Value, (value: Value) => void] {
  const [value, setValue] = useState(() => values.find((one) => one === localStorage.getItem(key)) ?? values[0]);
  const keep = (next: Value): void => {
    setValue(next);
    localStorage.setItem(key, next);
  };
  return [value, keep];
}

const lineCount = (lines: number): string => (lines === 1 ? '1 line' : `${lines.toLocaleString('en-GB')} lines`);

interface LinesProps extends LogProps {
  tail: LogPart;
  wrap: boolean;
  times: TimeShown;
}

function Lines({ source, name, label, live, here, tail, wrap, times }: LinesProps) {
  const [search, setSearch] = useSearchParams();
  const { lines, lineAt, looksAt } = useLines(source, tail);
  const counted = tail.first !== undefined;
  const asked = Number(search.get('line'));
  const marked = counted && Number.isInteger(asked) && asked > 0 ? asked : undefined;
  const text = search.get('find') ?? '';
  const at = useCallback(
    (line: number | undefined, find: string): URLSearchParams => {
      const next = new URLSearchParams(here);
      if (line !== undefined) next.set('line', String(line));
      if (find !== '') next.set('find', find);
      return next;
    },
    [here],
  );
  const hrefOf = useMemo(() => (counted ? (line: number) => `?${at(line, text)}` : undefined), [counted, at, text]);
  return (
    <>
      {counted ? (
        <LogSearch
          source={source}
          name={name}
          lines={lines}
          text={text}
          marked={marked}
          enter={(find) => setSearch(at(marked, find), { replace: true, preventScrollReset: true })}
          show={(line) => setSearch(at(line, text), { preventScrollReset: true })}
        />
      ) : null}
      {marked !== undefined && marked > lines ? (
        <p className="smit-help" role="status">
          The link leads to line {marked.toLocaleString('en-GB')}; the {name} has {lineCount(lines)} so far.
        </p>
      ) : null}
      <LogView
        label={label}
        lines={lines}
        lineAt={lineAt}
        looksAt={looksAt}
        live={live}
        wrap={wrap}
        times={times}
        marked={marked}
        find={text}
        hrefOf={hrefOf}
      />
    </>
  );
}
