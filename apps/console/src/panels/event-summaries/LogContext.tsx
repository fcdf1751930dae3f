import { Button } from '@patternfly/react-core/dist/dynamic/components/Button';
import { useQuery } from '@tanstack/react-query';
import { useEffect, useRef, useState } from 'react';
import { visible } from '../../smit/ansi.ts';
import { Known } from '../../smit/Known.tsx';
import { linesQuery, placeQuery } from './queries.ts';

interface Place {
  /** Whose log; undefined: of the node that answers. */
  node: string | undefined;
  file: string;
  offset: number;
}

/** A place in hacmp.out with what stands around it. */
export function LogContext({
  node,
  file,
  searchOn,
  offset,
  close,
}: {
  node: string | undefined;
  file: string;
  searchOn?: string | undefined;
  offset: number;
  close: () => void;
}) {
  const place = useQuery({ ...placeQuery(node, searchOn ?? '', file), enabled: searchOn !== undefined });
  const found: Place | null | undefined = searchOn === undefined ? { node, file, offset } : place.data;
  const whose = node === undefined ? '' : ` of node ${node}`;
  return (
    <section aria-label="In hacmp.out" className="log-context">
      <h2>{searchOn === undefined ? `In ${file}${whose}` : `Search on: ${searchOn}`}</h2>
      {found ? (
        <Lines key={`${found.file} ${found.offset}`} place={found} />
      ) : (
        <Known query={place}>
          {() => (
            <p className="smit-empty">
              It no longer stands in {file}: the log has been rotated. Widen the days and open the summary anew.
            </p>
          )}
        </Known>
      )}
      <p>
        <Button variant="secondary" size="sm" onClick={close}>
          Back to the summaries
        </Button>
      </p>
    </section>
  );
}

const BEFORE = 15;
const LENGTH = 8192;

function Lines({ place }: { place: Place }) {
  const [before, setBefore] = useState(BEFORE);
  const [length, setLength] = useState(LENGTH);
  const query = useQuery(linesQuery(place, before, length));
  const here = useRef<HTMLSpanElement>(null);
  const known = query.data !== undefined;
  useEffect(() => {
    if (known) here.current?.scrollIntoView?.({ block: 'center' });
  }, [known]);
  return (
    <Known query={query}>
      {({ lines, next, size }) => (
        <>
          <p className="log-context-more">
            <Button
              variant="link"
              isInline
              isDisabled={lines[0]?.offset === 0 || before >= 1000}
              onClick={() => setBefore(Math.min(1000, before * 4))}
            >
              Earlier lines
            </Button>
          </p>
          {/* biome-ignore lint/a11y/noNoninteractiveTabindex: what scrolls must be reached by keyboard */}
          <section className="log-context-scroll" tabIndex={0} aria-label={`Lines of ${place.file}`}>
            <pre className="smit-command">
              {lines.map((line) => (
                <span
                  key={line.offset}
                  {...(line.offset === place.offset
                    ? { className: 'log-context-here', ref: here, 'aria-current': 'location' as const }
                    : {})}
                >
                  {visible(line.text)}
                  {'\n'}
                </span>
              ))}
            </pre>
          </section>
          <p className="log-context-more">
            <Button
              variant="link"
              isInline
              isDisabled={next >= size || length >= 1_048_576}
              onClick={() => setLength(Math.min(1_048_576, length * 4))}
            >
              Later lines
            </Button>
            <span className="smit-count">
              {place.node === undefined ? '' : `${place.node}: `}
              {place.file}
            </span>
          </p>
        </>
      )}
    </Known>
  );
}
