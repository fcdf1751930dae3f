import { effectiveMethod } from '@fallover/events';
import { describe, expect, it } from 'vitest';
import { isSelfTestDue, isStale, selfTestDay, selfTests } from './self-test.ts';

const DAY = 86_400_000;
const NOW = Date.parse('2026-11-25T20:00:00.000Z');
const ago = (days: number) => ({ method: 'mail', delivered: new Date(NOW - days * DAY).toISOString() });
const method = (proveWithin: number, selfTest = true) =>
  effectiveMethod('mail', { proveWithin: { cluster: proveWithin }, selfTest: { cluster: selfTest } });

describe('a method', () => {
  it('is stale when it has delivered nothing within its time, or never', () => {
    expect([29.999, 30, 31].map((days) => isStale(method(30), ago(days), NOW))).toEqual([false, true, true]);
    expect(isStale(method(30), undefined, NOW)).toBe(true);
    expect(isStale(method(30), {}, NOW)).toBe(true);
  });

  it('that has no such time is never stale and never tested by itself', () => {
    expect([isStale(method(0), undefined, NOW), isSelfTestDue(method(0), undefined, NOW)]).toEqual([false, false]);
  });

  it('is tested by itself when four fifths of its time are over, if that is wanted', () => {
    expect([23.999, 24, 40].map((days) => isSelfTestDue(method(30), ago(days), NOW))).toEqual([false, true, true]);
    expect(isSelfTestDue(method(30), undefined, NOW)).toBe(true);
    expect(isSelfTestDue(method(30, false), undefined, NOW)).toBe(false);
  });

  it('is tested once a day at most: each self-test is one of its day', () => {
    expect(new Date(selfTestDay(NOW)).toISOString()).toBe('2026-11-25T00:00:00.000Z');
    const made: string[] = [];
    const make = ({ name }: { name: string }, day: number) => {
      made.push(`${name} ${new Date(day).toISOString()}`);
      return undefined;
    };
    const proofs = new Map([['proven', { method: 'proven', delivered: new Date(NOW).toISOString() }]]);
    const of = ['mail', 'proven'].map((name) => ({ ...method(30), name }));
    expect(selfTests(of, proofs, NOW, make)).toEqual([]);
    expect(made).toEqual(['mail 2026-11-25T00:00:00.000Z']);
  });
});
