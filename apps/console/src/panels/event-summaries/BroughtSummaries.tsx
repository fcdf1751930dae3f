import { Alert } from '@patternfly/react-core/dist/dynamic/components/Alert';
import { Button } from '@patternfly/react-core/dist/dynamic/components/Button';
import { useState } from 'react';
import { isAskedFor, isWithin, type SummaryFilter, type TimeFilter } from './filter.ts';
import { SaveShown } from './SaveShown.tsx';
import { Summary } from './Summary.tsx';
import type { BroughtFiles } from './use-brought-files.ts';

interface BroughtSummariesProps {
  brought: BroughtFiles;
  filter: SummaryFilter;
  times: TimeFilter;
  close: () => void;
}

const A_PAGE = 200;

/** The summaries of files that a person brought. */
export function BroughtSummaries({ brought, filter, times, close }: BroughtSummariesProps) {
  const [most, setMost] = useState(A_PAGE);
  const { names, share, compiled, failure } = brought;
  const matching = (compiled?.summaries ?? []).filter(isAskedFor(filter)).filter(isWithin(times));
  return (
    <section aria-label="Summaries of a file" className="brought">
      <h2>Summaries of {names}</h2>
      <p className="summaries-file">
        <span className="smit-count" aria-live="polite">
          {compiled ? counted(compiled.found, compiled.summaries.length, matching.length) : failure ? '' : 'Compiling …'}
        </span>
        {matching.length > 0 ? <SaveShown summaries={matching} /> : null}
        <Button variant="link" isInline onClick={close}>
          Back to this cluster
        </Button>
      </p>
      {failure ? <Alert component="p" isInline variant="danger" title={failure} /> : null}
      {compiled || failure ? null : (
        <progress className="brought-progress" max={1} value={share} aria-label={`Compiling ${names}`} />
      )}
      {compiled && matching.length === 0 ? (
        <p className="smit-empty">
          {compiled.found === 0
            ? 'There is no event summary in it. Is it a hacmp.out?'
            : 'No event summary of it matches. Widen the filter.'}
        </p>
      ) : null}
      {matching.slice(0, most).map((summary) => (
        <Summary key={`${summary.file} ${summary.offset} ${summary.event}`} summary={summary} />
      ))}
      {matching.length > most ? (
        <p>
          <Button variant="secondary" size="sm" onClick={() => setMost(most + A_PAGE)}>
            Show {Math.min(A_PAGE, matching.length - most)} more
          </Button>
        </p>
      ) : null}
    </section>
  );
}

function counted(found: number, kept: number, matching: number): string {
  const all = found === 1 ? '1 summary' : `${found} summaries`;
  const newest = kept < found ? `, of which the newest ${kept} are kept here` : '';
  return matching === kept ? `${all}${newest}` : `${matching} of ${all}${newest}`;
}
