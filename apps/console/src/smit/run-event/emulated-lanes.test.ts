import { describe, expect, it } from 'vitest';
import { emulation } from '../../test/emulation-fixtures.ts';
import { emulatedLanes, emulatedPhases } from './emulated-lanes.ts';

describe('the lanes of an emulation', () => {
  const { phases, steps } = emulation();

  it('are one for each node, with its steps in each phase', () => {
    const lanes = emulatedLanes(phases, steps);
    expect(lanes.map(({ node, places }) => [node, ...places.map((place) => place.steps.map(({ step }) => step.key))])).toEqual([
      ['nodea', ['notify_start', 'event', 'event'], ['event']],
      ['nodeb', [], ['event']],
    ]);
    expect(lanes[0]?.places[0]?.steps.map(({ isSubEvent }) => isSubEvent)).toEqual([false, false, true]);
    expect(lanes[0]?.places[0]?.warned).toEqual(['config_too_long after 360 s of node_down']);
  });

  it('say whom each barrier waits for', () => {
    expect(emulatedPhases(phases).map(({ barrierWords, commands, narrow }) => [barrierWords, commands, narrow])).toEqual([
      ['barrier: waits for nodea', ['node_down nodec on nodea (status 0 is success)'], 'Phase 1: node_down, then the barrier'],
      ['the end waits for all', ['node_down_complete nodec on all (any status is success)'], 'Phase 2: node_down_complete'],
    ]);
  });
});
