import type { RunRecord } from '@fallover/events';
import { describe, expect, it } from 'vitest';
import { durationOf } from './duration.ts';

const at = (second: number): string => new Date(Date.UTC(2026, 10, 23, 14, 0, second)).toISOString();
const started = (second: number): RunRecord => ({ kind: 'started', at: at(second), step: 's', clock: { bootId: 'b', ms: 0 } });
const finished = (second: number): RunRecord => ({
  kind: 'finished',
  at: at(second),
  step: 's',
  result: { status: 0, durationMs: 0, outputBytes: 0 },
});
const decided = (second: number): RunRecord => ({
  kind: 'decided',
  at: at(second),
  by: 'ada',
  as: 'again',
  cancelQueue: false,
  number: 1,
});

describe('how long a run has taken', () => {
  it.each<[string, RunRecord[], number | undefined]>([
    ['no step began', [], undefined],
    ['from the first step to the last', [started(1), finished(2), started(2), finished(5)], 4_000],
    ['on several nodes at once', [started(1), started(1), finished(3), finished(9)], 8_000],
    ['not the time in which a person decided', [started(1), finished(2), decided(101), started(101), finished(104)], 4_000],
    ['nor what was skipped behind a failure', [started(1), finished(2), decided(3600)], 1_000],
    ['a step that was interrupted', [started(1), { kind: 'interrupted', at: at(3), step: 's', reason: 'launcher_died' }], 2_000],
  ])('%s', (_, records, ms) => expect(durationOf(records)).toBe(ms));
});
