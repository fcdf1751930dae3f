import { describe, expect, it } from 'vitest';
import { clockTime, sentencePieces, untilWarningWords, withClockTimes } from './times.ts';

/** In the time zone of whoever runs the test, as the console shows it. */
const NOW = new Date(2026, 10, 23, 15, 0, 0).getTime();
const AT = new Date(2026, 10, 23, 14, 22, 10).toISOString();

describe('a moment', () => {
  it('is the time of day today, with its day on others, with its year in another year', () => {
    expect(clockTime(AT, NOW)).toBe('14:22:10');
    expect(clockTime(new Date(2026, 10, 22, 14, 22, 10).toISOString(), NOW)).toBe('Nov 22 14:22:10');
    expect(clockTime(new Date(2036, 10, 23, 14, 22, 10).toISOString(), NOW)).toBe('Nov 23 2036 14:22:10');
  });

  it('in a sentence is shown as all others are, whichever way the cluster manager writes it', () => {
    expect(withClockTimes(`pacemaker has reported another event, at ${AT} (run r1).`, NOW)).toBe(
      'pacemaker has reported another event, at 14:22:10 (run r1).',
    );
    expect(withClockTimes(`It expires at ${AT.replace('.000Z', 'Z')}.`, NOW)).toBe('It expires at 14:22:10.');
    const utc = `${AT.slice(0, 19).replace('T', ' ')} UTC`;
    expect(withClockTimes(`Asked in vain since ${utc}. Last reported at ${utc}.`, NOW)).toBe(
      'Asked in vain since 14:22:10. Last reported at 14:22:10.',
    );
  });

  it('in a sentence keeps its full words beside it', () => {
    expect(sentencePieces('Removed by 2026-11-23 13:22:10 UTC.')).toEqual([
      'Removed by ',
      { words: '2026-11-23 13:22:10 UTC', at: '2026-11-23T13:22:10Z' },
      '.',
    ]);
  });

  it('that stands in quotes is what somebody typed, and stays', () => {
    const typed = `"${AT}" is no number. Type "at=\\"${AT}\\"" instead.`;
    expect(withClockTimes(typed, NOW)).toBe(typed);
  });

  it('is not seen in what only looks like one', () => {
    const odd = 'At 2026-13-45T99:99:99Z, 2026-11-23 and 2026-11-23T14:22:10 in log-2026-11-23.txt.';
    expect(withClockTimes(odd, NOW)).toBe(odd);
    expect(sentencePieces('')).toEqual([]);
  });
});

it('says of how much time until warning an event has taken its time, and that it is past it', () => {
  expect(`2.1 s${untilWarningWords(360, false)}`).toBe('2.1 s of 6 min until warning');
  expect(`14 s${untilWarningWords(4, true)}`).toBe('14 s, past the 4.0 s until warning');
});
