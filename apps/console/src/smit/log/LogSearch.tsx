import { Button } from '@patternfly/react-core/dist/dynamic/components/Button';
import { SearchInput } from '@patternfly/react-core/dist/dynamic/components/SearchInput';
import { useMutation } from '@tanstack/react-query';
import { useEffect, useRef } from 'react';
import { ProblemDisplay } from '../ProblemDisplay.tsx';
import type { LogSource } from './log-source.ts';
import { type Find, findLine } from './queries.ts';

interface LogSearchProps {
  source: LogSource;
  /** What is searched, as in "Find in the output". */
  name: string;
  lines: number;
  text: string;
  /** The line at which one is, counted from 1. */
  marked: number | undefined;
  enter: (text: string) => void;
  show: (line: number) => void;
}

type Found = { line: number; around: boolean } | 'none';

/** Searches the whole log on the server: forward from the marked line, and around the end. Upper and lower case are alike. */
export function LogSearch({ source, name, lines, text, marked, enter, show }: LogSearchProps) {
  // A log of 1 GB is searched for a while: who types on, or goes elsewhere, has given the search up.
  const going = useRef<AbortController>(undefined);
  useEffect(() => () => going.current?.abort(), []);
  const search = useMutation<Found | 'given up', Error, Find['direction']>({
    async mutationFn(direction) {
      going.current?.abort();
      const controller = new AbortController();
      going.current = controller;
      const { signal } = controller;
      const forward = direction === 'forward';
      const start = forward ? (marked ?? 0) : marked === undefined ? lines : marked - 1;
      const found = await findLine(source, { text, direction, from: start }, signal);
      const again = found ?? (await findLine(source, { text, direction, from: forward ? 0 : lines }, signal));
      if (signal.aborted) return 'given up';
      if (again === undefined) return 'none';
      return { line: again + 1, around: found === undefined };
    },
    onSuccess(found) {
      if (found !== 'none' && found !== 'given up') show(found.line);
    },
  });
  const giveUp = (): void => {
    going.current?.abort();
    search.reset();
  };
  const find = (direction: Find['direction']): void => {
    if (text !== '') search.mutate(direction);
  };
  return (
    <search className="log-search" aria-label={`Find in the ${name}`}>
      <SearchInput
        className="log-search-text"
        aria-label={`Find in the ${name}`}
        placeholder={`Find in the ${name}`}
        value={text}
        onChange={(_, next) => {
          giveUp();
          enter(next.slice(0, 200));
        }}
        onClear={() => {
          giveUp();
          enter('');
        }}
        onKeyDown={(event) => {
          if (event.key === 'Enter') find(event.shiftKey ? 'backward' : 'forward');
        }}
      />
      <Button variant="secondary" size="sm" isDisabled={text === ''} onClick={() => find('backward')}>
        Previous
      </Button>
      <Button variant="secondary" size="sm" isDisabled={text === ''} onClick={() => find('forward')}>
        Next
      </Button>
      <span role="status" className="smit-quiet">
        {search.isPending ? 'Searching …' : search.data ? saying(search.data, marked, search.variables) : ''}
      </span>
      {search.error && !going.current?.signal.aborted ? <ProblemDisplay error={search.error} /> : null}
    </search>
  );
}

function saying(found: Found | 'given up', marked: number | undefined, direction: Find['direction']): string {
  if (found === 'given up') return '';
  if (found === 'none') return 'No line has this text.';
  if (found.line !== marked) return '';
  const line = `Line ${found.line.toLocaleString('en-GB')}`;
  return found.around ? `${line}, from the ${direction === 'forward' ? 'beginning' : 'end'} again` : line;
}
