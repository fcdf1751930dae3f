import { describe, expect, it } from 'vitest';
import { ago, doneOf, proofWords, shownText, silenceSentence, untilWords } from './words.ts';

const NOW = new Date(2026, 10, 25, 12, 0).getTime();
const before = (hours: number): string => new Date(NOW - hours * 3_600_000).toISOString();
const at = (day: number, hour: number, minute = 0): string => new Date(2026, 10, day, hour, minute).toISOString();

describe('the words of notifications', () => {
  it('say how long ago something was', () => {
    expect([0, 0.1, 3, 47, 49, 24 * 41].map((hours) => ago(before(hours), NOW))).toEqual([
      'just now',
      '6 min ago',
      '3 h ago',
      '47 h ago',
      '2 days ago',
      '41 days ago',
    ]);
  });

  it('say of a method that is not proven that it is not, in red', () => {
    expect(proofWords({ stale: true }, NOW)).toEqual({ says: 'never proven', status: 'danger' });
    expect(proofWords({ stale: true, lastProven: before(24 * 41) }, NOW)).toEqual({
      says: 'not proven for 41 days',
      status: 'danger',
    });
    expect(proofWords({ stale: false, lastProven: before(1) }, NOW)).toEqual({ says: '1 h ago', status: 'success' });
    expect(proofWords({ stale: false }, NOW)).toEqual({ says: 'never' });
  });

  it('say until when as somebody says it', () => {
    expect([at(25, 14, 30), at(26, 7), at(27, 7), 'soon'].map((one) => untilWords(one, NOW))).toEqual([
      '14:30',
      'tomorrow 07:00',
      'Nov 27 07:00',
      'soon',
    ]);
  });

  it('say what a silence keeps back, until when, by whom and why', () => {
    const silence = { id: 's', reason: 'disk change', by: 'anna', at: at(25, 11), until: at(25, 14, 30), active: true, kept: 0 };
    expect(silenceSentence({ ...silence, event: 'node_down' }, NOW)).toBe(
      'Notifications about node_down are silenced until 14:30 by anna: disk change',
    );
    expect(silenceSentence(silence, NOW)).toBe('All notifications are silenced until 14:30 by anna: disk change');
    expect(silenceSentence({ ...silence, method: 'oncall', event: 'node_down', reason: '\u001b[2J' }, NOW)).toBe(
      'Notifications by oncall about node_down are silenced until 14:30 by anna: ␛[2J',
    );
  });

  it('make visible what an other side would have a terminal obey, line by line', () => {
    expect(shownText('250 OK\r\n\u001b[31mred\u202e')).toBe('250 OK\n␛[31mred<U+202E>');
  });

  it('count who has it', () => {
    const attempts: never[] = [];
    expect(
      doneOf({
        recipients: [
          { to: 'a', state: 'delivered', attempts },
          { to: 'b', state: 'failed', attempts },
        ],
      }),
    ).toBe('1 of 2');
  });
});
