import type { RunRow } from './run-row.ts';

/** A run that has ended well. */
export const endedRow = (id: string): RunRow => ({
  id,
  event: 'node_up',
  args: ['nodea'],
  eventClass: 'node',
  origin: { kind: 'person', name: 'ada' },
  drill: false,
  revision: 1,
  state: 'ended',
  outcome: 'succeeded',
  acceptedAt: '2026-11-26T12:00:00.000Z',
  warnings: 0,
});
