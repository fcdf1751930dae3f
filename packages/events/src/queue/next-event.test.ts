import { describe, expect, it } from 'vitest';
import type { EventClass } from '../catalogue/types.ts';
import { nextEvent } from './next-event.ts';

const CLASSES: Record<string, EventClass> = {
  site_down: 'site',
  node_down: 'node',
  network_down: 'network',
  rg_move: 'resource_group',
};
const next = (...events: string[]) =>
  nextEvent(
    events.map((event, at) => ({ event, at })),
    (event) => CLASSES[event] as EventClass,
  );

describe('the next event of the queue', () => {
  it('is the one of the highest class', () => {
    expect(next('rg_move', 'network_down', 'node_down')).toEqual({ event: 'node_down', at: 2 });
    expect(next('rg_move', 'node_down', 'site_down')).toEqual({ event: 'site_down', at: 2 });
  });

  it('is the first accepted within a class', () => {
    expect(next('network_down', 'network_down')).toEqual({ event: 'network_down', at: 0 });
  });

  it('is none when nothing waits', () => {
    expect(next()).toBeUndefined();
  });
});
