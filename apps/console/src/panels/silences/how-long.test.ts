import { LONGEST_SILENCE_MINUTES } from '@fallover/contract';
import { expect, it } from 'vitest';
import { choicesAt } from './how-long.ts';

const morningAt = (hour: number, minute: number) =>
  choicesAt(new Date(2026, 10, 25, hour, minute)).find(({ label }) => label.includes('morning'));

it('offers the next morning as somebody says it', () => {
  expect(morningAt(22, 30)).toEqual({ label: 'until tomorrow morning, 08:00', minutes: 9 * 60 + 30 });
  expect(morningAt(3, 0)).toEqual({ label: 'until this morning, 08:00', minutes: 300 });
  expect(morningAt(8, 0)).toEqual({ label: 'until tomorrow morning, 08:00', minutes: 24 * 60 });
});

it('offers nothing that is longer than may be', () => {
  expect(choicesAt(new Date()).filter(({ minutes }) => minutes > LONGEST_SILENCE_MINUTES || minutes < 1)).toEqual([]);
});
