import './runs.css';
import type { RunSummary } from '@fallover/contract';
import { OUTCOMES } from '@fallover/events';
import { Button } from '@patternfly/react-core/dist/dynamic/components/Button';
import { useQuery } from '@tanstack/react-query';
import { useDeferredValue, useState } from 'react';
import { Link, useNavigate, useSearchParams } from 'react-router';
import { Known } from '../../smit/Known.tsx';
import { PanelFrame } from '../../smit/PanelFrame.tsx';
import { RunTable } from '../../smit/RunTable.tsx';
import { useFilter } from '../../smit/use-filter.ts';
import { useNow } from '../../smit/use-now.ts';
import { localTime } from './local-time.ts';
import { type RunFilter, runsQuery } from './queries.ts';
import { RunFilters } from './RunFilters.tsx';
import { useHeld } from './use-held.ts';

const NAMES = ['event', 'outcome', 'since', 'until', 'text', 'before'] as const;

export default function Runs() {
  const [given, change] = useFilter(NAMES);
  const filter: RunFilter = {
    ...given,
    outcome: OUTCOMES.find((one) => one === given.outcome),
    // What stands in the URL and is no moment filters nothing.
    since: localTime(given.since) === '' ? undefined : given.since,
    until: localTime(given.until) === '' ? undefined : given.until,
  };
  const text = useDeferredValue(filter.text);
  const query = useQuery(runsQuery({ ...filter, text }));
  const { before, ...conditions } = filter;
  const filtered = Object.values(conditions).some((value) => value !== undefined);
  return (
    <PanelFrame
      title="Runs"
      lead="Events that were processed, run now or wait in the queue; newest first."
      commands={['fallover query run']}
      reset={filtered ? () => change(Object.fromEntries(NAMES.map((name) => [name, '']))) : undefined}
    >
      <RunFilters filter={filter} change={(changes) => change({ before: '', ...changes })} />
      <Known query={query}>
        {({ runs, more }) => (
          <>
            {runs.length === 0 ? (
              <Nothing filtered={filtered} paged={before !== undefined} />
            ) : (
              <RunList key={before} runs={runs} />
            )}
            <Pages before={before} last={more ? runs.at(-1)?.id : undefined} />
          </>
        )}
      </Known>
    </PanelFrame>
  );
}

function RunList({ runs }: { runs: RunSummary[] }) {
  const now = useNow(runs.some(({ state }) => state === 'running'));
  const [inUse, setInUse] = useState(false);
  const { shown, newer, show } = useHeld(runs, inUse);
  return (
    <section
      aria-label="Found runs"
      onPointerEnter={() => setInUse(true)}
      onPointerLeave={({ currentTarget }) => setInUse(currentTarget.contains(document.activeElement))}
      onFocus={() => setInUse(true)}
      onBlur={({ currentTarget, relatedTarget }) => setInUse(currentTarget.contains(relatedTarget))}
    >
      <div role="status" className="runs-newer">
        {newer > 0 ? (
          <Button variant="link" size="sm" onClick={show}>
            {newer === 1 ? 'Show 1 newer run' : `Show ${newer} newer runs`}
          </Button>
        ) : null}
      </div>
      <RunTable runs={shown} label="Runs" now={now} />
    </section>
  );
}

function Nothing({ filtered, paged }: { filtered: boolean; paged: boolean }) {
  return (
    <p className="smit-empty">
      {filtered ? (
        'No run matches. Change the filter, or clear it with F5.'
      ) : paged ? (
        'There are no earlier runs.'
      ) : (
        <>
          No event has been processed yet. <Link to="/smit/cm_run_event">Run an event</Link>
        </>
      )}
    </p>
  );
}

/** A page is a place in the URL, so that Back leads to the one before. */
function Pages({ before, last }: { before: string | undefined; last: string | undefined }) {
  const [search] = useSearchParams();
  const navigate = useNavigate();
  const to = (run: string | undefined): string => {
    const next = new URLSearchParams(search);
    if (run === undefined) next.delete('before');
    else next.set('before', run);
    return `/runs?${next}`;
  };
  if (before === undefined && last === undefined) return null;
  return (
    <nav className="run-pages" aria-label="Pages">
      {before === undefined ? null : (
        <>
          <Link to={to(undefined)}>Newest runs</Link>
          <Button variant="link" isInline onClick={() => void navigate(-1)}>
            Back
          </Button>
        </>
      )}
      {last === undefined ? null : <Link to={to(last)}>Earlier runs</Link>}
    </nav>
  );
}
