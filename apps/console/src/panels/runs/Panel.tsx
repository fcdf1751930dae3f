import { OUTCOMES } from '@fallover/events';
import { Button } from '@patternfly/react-core/dist/dynamic/components/Button';
import { FormSelect, FormSelectOption } from '@patternfly/react-core/dist/dynamic/components/FormSelect';
import { SearchInput } from '@patternfly/react-core/dist/dynamic/components/SearchInput';
import { useInfiniteQuery } from '@tanstack/react-query';
import { Link } from 'react-router';
import { Known } from '../../smit/Known.tsx';
import { PanelFrame } from '../../smit/PanelFrame.tsx';
import { RunTable } from '../../smit/RunTable.tsx';
import { useFilter } from '../../smit/use-filter.ts';
import { useNow } from '../../smit/use-now.ts';
import { runsQuery } from './queries.ts';

export default function Runs() {
  const [filter, change] = useFilter(['event', 'outcome'] as const);
  const outcome = OUTCOMES.find((one) => one === filter.outcome);
  const query = useInfiniteQuery(runsQuery({ event: filter.event, outcome }));
  const now = useNow(true);
  const filtered = filter.event !== undefined || outcome !== undefined;
  return (
    <PanelFrame
      title="Runs"
      lead="Events that were processed, run now or wait in the queue; newest first."
      commands={['fallover query run']}
    >
      <div className="smit-filters">
        <SearchInput
          aria-label="Event"
          placeholder="Name of the event"
          value={filter.event ?? ''}
          onChange={(_, event) => change({ event })}
          onClear={() => change({ event: '' })}
        />
        <FormSelect aria-label="Outcome" value={outcome ?? ''} onChange={(_, value) => change({ outcome: value })}>
          <FormSelectOption value="" label="every outcome" />
          {OUTCOMES.map((one) => (
            <FormSelectOption key={one} value={one} label={one} />
          ))}
        </FormSelect>
      </div>
      <Known query={query}>
        {({ pages }) => {
          const runs = pages.flatMap((page) => page.runs);
          if (runs.length === 0)
            return (
              <p className="smit-empty">
                {filtered ? (
                  'No run matches. Give the whole name of the event, or clear the filter.'
                ) : (
                  <>
                    No event has been processed yet. <Link to="/smit/cm_run_event">Run an event</Link>
                  </>
                )}
              </p>
            );
          return <RunTable runs={runs} label="Runs" now={now} />;
        }}
      </Known>
      {query.hasNextPage ? (
        <Button variant="secondary" size="sm" isLoading={query.isFetchingNextPage} onClick={() => void query.fetchNextPage()}>
          Earlier runs
        </Button>
      ) : null}
    </PanelFrame>
  );
}
