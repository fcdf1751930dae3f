import { expect, it } from 'vitest';
import { scrolledByKey } from './panel-scroll.ts';

const box = { top: 1_000, seen: 400, all: 2_000 };
const press = (key: string, shiftKey = false) => scrolledByKey({ key, shiftKey }, box);

it('scrolls a panel by the keys by which a page is scrolled, and not beyond its ends', () => {
  expect(press('PageDown')).toBe(1_360);
  expect(press('PageUp')).toBe(640);
  expect(press(' ')).toBe(1_360);
  expect(press(' ', true)).toBe(640);
  expect(press('ArrowDown')).toBe(1_040);
  expect(press('ArrowUp')).toBe(960);
  expect(press('Home')).toBe(0);
  expect(press('End')).toBe(1_600);
  expect(scrolledByKey({ key: 'PageUp', shiftKey: false }, { ...box, top: 30 })).toBe(0);
});

it('leaves other keys alone', () => {
  expect(press('a')).toBeUndefined();
  expect(press('Enter')).toBeUndefined();
});
