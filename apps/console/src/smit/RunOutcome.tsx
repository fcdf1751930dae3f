import type { RunSummary } from '@fallover/contract';
import { Label } from '@patternfly/react-core/dist/dynamic/components/Label';

type Said = { says: string; status?: 'success' | 'warning' | 'danger' | 'info' };

function outcomeWords({ state, outcome, without = [] }: Pick<RunSummary, 'state' | 'outcome' | 'without'>): Said {
  switch (state) {
    case 'queued':
      return { says: 'queued' };
    case 'running':
      return { says: 'running', status: 'info' };
    case 'awaiting_decision':
      return { says: `${outcome ?? 'failed'}, waits for you`, status: 'danger' };
    case 'cancelled':
      return { says: 'cancelled' };
    case 'ended':
      return {
        // What the steps of a lost node did is not known: that is no plain success.
        says: without.length === 0 ? (outcome ?? 'ended') : `${outcome ?? 'ended'} without ${without.join(', ')}`,
        status: outcome === 'failed' ? 'danger' : outcome === 'succeeded' && without.length === 0 ? 'success' : 'warning',
      };
  }
}

export function RunOutcome({ run }: { run: Pick<RunSummary, 'state' | 'outcome' | 'status' | 'without'> }) {
  const { says, status } = outcomeWords(run);
  const number = run.status !== undefined && run.status !== 0 && (run.state === 'ended' || run.state === 'awaiting_decision');
  return (
    <Label isCompact {...(status ? { status } : {})} {...(run.without?.length ? { className: 'smit-label-long' } : {})}>
      {says}
      {number ? ` · status ${run.status}` : ''}
    </Label>
  );
}
