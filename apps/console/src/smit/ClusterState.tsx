import type { CLUSTER_MANAGER_STATES } from '@fallover/contract';
import { Label } from '@patternfly/react-core/dist/dynamic/components/Label';

type State = (typeof CLUSTER_MANAGER_STATES)[number];

/** What each state of the cluster manager means, for whoever does not know the words by heart. */
const MEANINGS: Record<State, { says: string; status: 'success' | 'warning' | 'danger' | 'info' }> = {
  NOT_CONFIGURED: { says: 'no configuration is active yet', status: 'info' },
  ST_INIT: { says: 'no cluster services here', status: 'info' },
  ST_JOINING: { says: 'this node is joining', status: 'info' },
  ST_RP_RUNNING: { says: 'an event is processed', status: 'info' },
  ST_BARRIER: { says: 'waiting at a barrier', status: 'info' },
  ST_CBARRIER: { says: 'waiting at the last barrier', status: 'info' },
  ST_UNSTABLE: { says: 'an event is still to be processed', status: 'warning' },
  ST_STABLE: { says: 'nothing runs, nothing waits', status: 'success' },
  RP_FAILED: { says: 'a script failed: the cluster does not fail over', status: 'danger' },
};

/** Without the shared store nothing new is started, so that even a stable cluster does not fail over. */
const WITHOUT_STORE = { says: 'as it was last: without the store no event is started', status: 'danger' } as const;

export function ClusterState({ state, current, explained = false }: { state: State; current: boolean; explained?: boolean }) {
  const { says, status } = current ? MEANINGS[state] : WITHOUT_STORE;
  return (
    <span className="cluster-state">
      <Label isCompact status={status} title={says}>
        {state}
      </Label>
      {explained ? <span className="cluster-state-says">{says}</span> : null}
    </span>
  );
}
