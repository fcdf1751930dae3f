import { describe, expect, it } from 'vitest';
import type { RunRow } from '../journal/run-row.ts';
import { unhealthyElsewhere } from './health-elsewhere.ts';

const run = (id: string, event: string, node: string, kind: 'cluster_manager' | 'person' = 'cluster_manager'): RunRow => ({
  ...{ id, event, args: [node, 'legacy'], eventClass: 'node', drill: false, revision: 1, state: 'ended', warnings: 0 },
  origin: { kind, name: 'monitor' },
  acceptedAt: `2026-11-26T03:00:0${id}.000Z`,
});
const told = (...rows: RunRow[]) =>
  unhealthyElsewhere({ list: ({ event }) => rows.filter((row) => row.event === event) }, ['nodeb', 'nodec']).map(
    ({ node, since }) => `${node} ${since}`,
  );

describe('the health of other nodes', () => {
  it('is what they have told the cluster last', () => {
    expect(
      told(run('1', 'node_unhealthy', 'nodeb'), run('2', 'node_unhealthy', 'nodec'), run('3', 'node_healthy', 'nodec')),
    ).toEqual(['nodeb 2026-11-26T03:00:01.000Z']);
    expect(told(run('1', 'node_healthy', 'nodeb'), run('2', 'node_unhealthy', 'nodeb'))).toEqual([
      'nodeb 2026-11-26T03:00:02.000Z',
    ]);
  });

  it('is not that of this node, nor what a person has run', () => {
    expect(told(run('1', 'node_unhealthy', 'nodea'), run('2', 'node_unhealthy', 'nodeb', 'person'))).toEqual([]);
  });
});
