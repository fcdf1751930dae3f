import { expect, it } from 'vitest';
import { untilWarningWords } from './times.ts';

it('says of how much time until warning an event has taken its time, and that it is past it', () => {
  expect(`2.1 s${untilWarningWords(360, false)}`).toBe('2.1 s of 6 min until warning');
  expect(`14 s${untilWarningWords(4, true)}`).toBe('14 s, past the 4.0 s until warning');
});
