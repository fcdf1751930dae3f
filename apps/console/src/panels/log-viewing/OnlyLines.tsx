import { Button } from '@patternfly/react-core/dist/dynamic/components/Button';
import { SearchInput } from '@patternfly/react-core/dist/dynamic/components/SearchInput';
import { useInfiniteQuery } from '@tanstack/react-query';
import { type ReactNode, useState } from 'react';
import { Known } from '../../smit/Known.tsx';
import { LogLine } from '../../smit/log/LogLine.tsx';
import { addressed, foundQuery, type LogOfNode } from './queries.ts';

interface OnlyLinesProps {
  of: LogOfNode;
  text: string;
  enter: (text: string) => void;
  /** What is shown while there is no text. */
  whole: ReactNode;
}

/** A filter to the lines with a text, such as those of one event or of one run; each leads to its place in the whole log. */
export function OnlyLines({ of, text, enter, whole }: OnlyLinesProps) {
  const [typed, setTyped] = useState(text);
  const type = (next: string): void => {
    setTyped(next.slice(0, 200));
    if (next === '' && text !== '') enter('');
  };
  return (
    <>
      <search className="log-search" aria-label="Only lines with a text" data-smit-label="Only lines with">
        <SearchInput
          className="log-search-text"
          aria-label="Only lines with"
          placeholder="Only lines with, such as node_down"
          value={typed}
          onChange={(_, next) => type(next)}
          onClear={() => type('')}
          onKeyDown={({ key }) => {
            if (key === 'Enter') enter(typed);
          }}
        />
        <Button variant="secondary" size="sm" isDisabled={typed === ''} onClick={() => enter(typed)}>
          Show only these
        </Button>
        {text === '' ? null : (
          <Button variant="link" isInline onClick={() => type('')}>
            Show the whole log
          </Button>
        )}
      </search>
      {text === '' ? whole : <Found key={text} of={of} text={text} />}
    </>
  );
}

function Found({ of, text }: { of: LogOfNode; text: string }) {
  const query = useInfiniteQuery(foundQuery(of, text));
  const { log } = of;
  return (
    <Known query={query}>
      {({ pages }) => {
        const lines = pages.flatMap(({ found }) => found);
        if (lines.length === 0 && !query.hasNextPage)
          return <p className="smit-empty">No line of {log} has this text. The other logs are searched when you choose them.</p>;
        const count = lines.length.toLocaleString('en-GB');
        return (
          <>
            <p className="smit-count" role="status">
              {query.hasNextPage ? `The first ${count} lines` : lines.length === 1 ? '1 line' : `${count} lines`} of {log} with
              this text. The number of a line leads to its place.
            </p>
            {/* biome-ignore lint/a11y/noNoninteractiveTabindex: a scrolled region has to be reachable by keyboard */}
            <section className="output-box output-found" aria-label={`Lines of ${log} with "${text}"`} tabIndex={0}>
              {lines.map(({ number, offset, line }) => (
                <LogLine
                  key={offset}
                  number={(number ?? 0) + 1}
                  line={line}
                  href={
                    number === undefined ? undefined : `?${new URLSearchParams({ ...addressed(of), line: String(number + 1) })}`
                  }
                  marked={false}
                  hit={undefined}
                  times="off"
                />
              ))}
            </section>
            {query.hasNextPage ? (
              <Button
                variant="secondary"
                size="sm"
                isDisabled={query.isFetchingNextPage}
                onClick={() => void query.fetchNextPage()}
              >
                {query.isFetchingNextPage ? 'Searching …' : 'More lines'}
              </Button>
            ) : null}
          </>
        );
      }}
    </Known>
  );
}
