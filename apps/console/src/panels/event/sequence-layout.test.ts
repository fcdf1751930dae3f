import { type EventSequence, sequencesOf } from '@fallover/events';
import { describe, expect, it } from 'vitest';
import { layoutSequence } from './sequence-layout.ts';

const sequence: EventSequence = {
  name: 'x',
  title: 'X',
  lanes: { event: 'the node that leaves', other: 'the other nodes', all: 'all nodes' },
  steps: [
    { event: 'node_down', lane: 'all', args: 'NODE' },
    {
      event: 'process_resources',
      lane: 'event',
      calls: ['stop_server'],
      says: 'its resource groups are released, one after the other',
    },
    { lane: 'other', says: 'Nothing happens.' },
  ],
};

describe('the drawing of a sequence', () => {
  it('has a lane for where it happened and one for the others; what concerns all stands over both', () => {
    const { steps, lanes, width } = layoutSequence(sequence, 'stop_server');
    expect(lanes.map(({ text }) => text)).toEqual(['the node that leaves', 'the other nodes']);
    expect(steps.map((step) => [step.x, step.width])).toEqual([
      [0, width],
      [0, 232],
      [248, 232],
    ]);
  });

  it('wraps what is said, and marks the event that it is about', () => {
    const [first, second, third] = layoutSequence(sequence, 'stop_server').steps;
    expect(second?.lines.map(({ text, kind, marked }) => [text, kind, marked])).toEqual([
      ['process_resources', 'name', false],
      ['its resource groups are released,', 'note', false],
      ['one after the other', 'note', false],
      ['→ stop_server', 'call', true],
    ]);
    expect([first?.marked, second?.marked, third?.isEvent]).toEqual([false, true, false]);
  });

  it('never lets a step reach into the next, and leads each arrow from edge to edge', () => {
    for (const one of sequencesOf('node_down')) {
      const { steps, arrows, height } = layoutSequence(one, 'node_down');
      expect(arrows).toHaveLength(steps.length - 1);
      for (const [index, arrow] of arrows.entries()) {
        const [from, to] = [steps[index], steps[index + 1]];
        expect(arrow.y1).toBe((from?.y ?? 0) + (from?.height ?? 0));
        expect(arrow.y2).toBe(to?.y);
        expect(arrow.y2).toBeGreaterThan(arrow.y1);
      }
      expect(height).toBeGreaterThan((steps.at(-1)?.y ?? 0) + (steps.at(-1)?.height ?? 0));
    }
  });
});
