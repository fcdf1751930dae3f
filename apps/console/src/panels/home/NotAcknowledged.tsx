import type { RunSummary } from '@fallover/contract';
import { Alert } from '@patternfly/react-core/dist/dynamic/components/Alert';
import { useQueries } from '@tanstack/react-query';
import { Link } from 'react-router';
import { runNotificationsQuery } from '../../smit/notification/queries.ts';
import { SilencesNow } from '../../smit/notification/SilencesNow.tsx';
import { untilWords } from '../../smit/notification/words.ts';
import { runTitle } from '../../smit/RunTable.tsx';
import { useNow } from '../../smit/use-now.ts';

/** An older one has been escalated to the end by now. */
const LOOKED_AT = 3;

/** What is silenced, and the runs of which somebody else is told unless it is said that they are known. */
export default function NotAcknowledged({ runs }: { runs: readonly RunSummary[] }) {
  const failed = runs.filter(({ state, outcome }) => state === 'awaiting_decision' || (outcome && outcome !== 'succeeded'));
  const looked = failed.slice(0, LOOKED_AT);
  const told = useQueries({ queries: looked.map(({ id }) => runNotificationsQuery(id)) });
  const now = useNow(true);
  return (
    <div className="smit-stack home-told">
      <SilencesNow />
      {looked.map((run, index) => {
        const { acknowledgement, escalations = [] } = told[index]?.data ?? {};
        const [next] = escalations;
        if (acknowledgement || !next) return null;
        return (
          <Alert
            key={run.id}
            component="p"
            isInline
            variant="warning"
            title={`Nobody has acknowledged ${runTitle(run)}: ${next.to} is told at ${untilWords(next.at, now)}.`}
          >
            <Link to={`/runs/${run.id}`}>Look at it, and acknowledge it</Link>
          </Alert>
        );
      })}
    </div>
  );
}
