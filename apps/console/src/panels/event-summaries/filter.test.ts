import { describe, expect, it } from 'vitest';
import { dateAndTime, durationOf, isAskedFor, isWithin, type ShownSummary } from './filter.ts';

const summary: ShownSummary = {
  file: 'hacmp.out',
  offset: 0,
  event: 'node_down nodea',
  name: 'node_down',
  outcome: 'failed',
  startTime: '2026-11-23T14:22:10',
  endTime: '2026-11-23T14:22:12',
  actions: [],
  text: 'HACMP Event Summary\nEvent: node_down nodea',
};

describe('a summary', () => {
  it('is within a time of the wall, to the minute', () => {
    expect(isWithin({ since: '2026-11-23T14:22', until: '2026-11-23T14:22' })(summary)).toBe(true);
    expect(isWithin({ since: '2026-11-23T14:23' })(summary)).toBe(false);
    expect(isWithin({ until: '2026-11-23T14:21' })(summary)).toBe(false);
    expect(isWithin({ since: '2026-11-23T14:23' })({})).toBe(true);
  });

  it('of a file is asked for by event, node, outcome and text', () => {
    expect(isAskedFor({ event: 'node_down', node: 'nodea', outcome: 'failed', text: 'hacmp event' })(summary)).toBe(true);
    expect(isAskedFor({ node: 'nodeb' })(summary)).toBe(false);
    expect(isAskedFor({ event: 'node' })(summary)).toBe(false);
  });

  it('has a date, a time and a duration', () => {
    expect(dateAndTime('2026-11-03T04:02:10')).toBe('2026-11-03 04:02:10');
    expect(dateAndTime('not known')).toBe('not known');
    expect(durationOf(summary)).toBe(2000);
    expect(durationOf({ startTime: '' })).toBeUndefined();
  });
});
