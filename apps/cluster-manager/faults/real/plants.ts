import type { Plant } from '../../crash/plants.ts';
import type { Violation } from '../check.ts';
import type { TakeoverViolation } from './check-takeover.ts';

/** Bugs that only real processes on real hosts can show, planted in the sources while they are loaded. */
export const REAL_PLANTS = {
  'launcher not told of the deadline': {
    changes: [
      {
        module: 'apps/cluster-manager/src/executor/supervise-launcher.ts',
        text: 'current?.deadline(deadline);',
        by: 'void deadline;',
      },
      {
        module: 'apps/cluster-manager/src/executor/supervise-launcher.ts',
        text: 'if (told) executor.deadline(told.deadline);',
        by: 'void told;',
      },
    ],
    caughtAs: ['slow_step_overlaps_takeover'],
  },
  'deadline beyond the lease': {
    changes: [
      {
        module: 'apps/cluster-manager/src/membership/lease-keeper.ts',
        text: 'Math.floor(lease.ttlMs * 1e6)',
        by: 'Math.floor(lease.ttlMs * 2e6)',
      },
    ],
    caughtAs: ['deadline_too_late'],
  },
} satisfies Record<
  string,
  { changes: readonly Plant['changes'][number][]; caughtAs: readonly (Violation | TakeoverViolation)['code'][] }
>;
