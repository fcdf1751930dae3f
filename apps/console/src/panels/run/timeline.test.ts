import { describe, expect, it } from 'vitest';
import { step } from '../../test/fixtures.ts';
import { axisOf, barOf, marksOf, ticksOf, tickWords } from './timeline.ts';

const at = (seconds: number): string => new Date(Date.parse('2026-11-23T14:22:10.000Z') + seconds * 1000).toISOString();
const START = Date.parse(at(0));
const words = (seconds: number): string => `${seconds} s`;

describe('the time axis of a run', () => {
  it('begins with the run and ends a little after its last step', () => {
    const steps = [step('1/nodea/event/1', { startedAt: at(1), endedAt: at(100) })];
    expect(axisOf({ startedAt: at(0), steps, warnedAt: [] }, START)).toEqual({ from: START, to: START + 102_000, tick: 15_000 });
  });

  it('grows with the time while a step runs, and shows the time until warning once half of it is over', () => {
    const steps = [step('1/nodea/event/1', { state: 'running', startedAt: at(0), endedAt: undefined })];
    const run = { startedAt: at(0), steps, warnedAt: [], timeUntilWarning: 100 };
    expect(axisOf(run, START + 10_000)?.to).toBe(START + 10_200);
    expect(axisOf(run, START + 60_000)?.to).toBe(START + 102_000);
  });

  it('is missing while nothing has begun', () => {
    expect(axisOf({ steps: [], warnedAt: [] }, START)).toBeUndefined();
  });

  it('has at most eight marks, at round times', () => {
    expect(ticksOf({ from: 0, to: 700, tick: 100 }).map(tickWords)).toEqual([
      '0',
      '100 ms',
      '200 ms',
      '300 ms',
      '400 ms',
      '500 ms',
      '600 ms',
    ]);
    expect(ticksOf({ from: 0, to: 5_400_000, tick: 1_800_000 }).map(tickWords)).toEqual(['0', '30 min', '1 h']);
    expect([1500, 15_000, 90_000, 5_400_000].map(tickWords)).toEqual(['1.5 s', '15 s', '1 min 30 s', '1 h 30 min']);
  });

  it('places a step by its times, and one that runs up to now', () => {
    const axis = { from: START, to: START + 100_000, tick: 15_000 };
    expect(barOf(axis, { startedAt: at(25), endedAt: at(75) }, START)).toEqual({ left: 25, width: 50 });
    expect(barOf(axis, { startedAt: at(25) }, START + 35_000)).toEqual({ left: 25, width: 10 });
    expect(barOf(axis, {}, START)).toBeUndefined();
  });

  it('marks the time until warning, and instead of it each warning once there is one', () => {
    const axis = { from: START, to: START + 100_000, tick: 15_000 };
    const steps = [step('1/nodea/event/1', { startedAt: at(10) })];
    expect(marksOf(axis, steps, [], 60, words)).toEqual([
      { at: START + 70_000, kind: 'limit', says: 'time until warning: 60 s' },
    ]);
    expect(marksOf(axis, steps, [], 360, words)).toEqual([]);
    expect(marksOf(axis, steps, [{ scope: '', seconds: 60, at: at(70) }], 60, words)).toEqual([
      { at: START + 70_000, kind: 'warned', says: 'config_too_long after 60 s' },
    ]);
  });
});
