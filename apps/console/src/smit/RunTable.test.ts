import { expect, it } from 'vitest';
import { originWords } from './RunTable.tsx';

it.each([
  [{ kind: 'person', name: 'ada' } as const, 'ada'],
  [{ kind: 'cluster_manager', name: '0199' } as const, 'cluster manager'],
  [{ kind: 'cluster_manager', name: 'membership', by: 'ada' } as const, 'ada (cluster services)'],
  [{ kind: 'report', name: 'pacemaker', id: '17' } as const, 'pacemaker (report 17)'],
])('says who asked for a run: %j', (origin, words) => expect(originWords({ origin })).toBe(words));
