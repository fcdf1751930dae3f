import type { RunSummary } from '@fallover/contract';
import { Label } from '@patternfly/react-core/dist/dynamic/components/Label';

type Said = { says: string; status?: 'success' | 'warning' | 'danger' | 'info' };

function outcomeWords({ state, outcome }: Pick<RunSummary, 'state' | 'outcome'>): Said {
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
        says: outcome ?? 'ended',
        status: outcome === 'succeeded' ? 'success' : outcome === 'failed' ? 'danger' : 'warning',
      };
  }
}

export function RunOutcome({ run }: { run: Pick<RunSummary, 'state' | 'outcome' | 'status'> }) {
  const { says, status } = outcomeWords(run);
  const number = run.status !== undefined && run.status !== 0 && (run.state === 'ended' || run.state === 'awaiting_decision');
  return (
    <Label isCompact {...(status ? { status } : {})}>
      {says}
      {number ? ` · status ${run.status}` : ''}
    </Label>
  );
}
