import { expect, it } from 'vitest';
import { FURTHER, MENU } from '../menu.ts';
import { leafOf } from './leaf.ts';

const leaves = MENU.flatMap(({ items }) => items.map(({ path }) => path));

it('is marked for every panel, also for one that is reached from another', () => {
  const panels = [...leaves, ...FURTHER.map(({ path }) => path.replaceAll(/:\w+/g, 'x'))];
  expect(panels.filter((path) => !leaves.includes(leafOf(path)))).toEqual([]);
  expect(leafOf('/smit/cm_component_run/legacy/x')).toBe('/smit/cm_components');
  expect(leafOf('/smit/cm_run_component_event')).toBe('/smit/cm_run_component_event');
});
