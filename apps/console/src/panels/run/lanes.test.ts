import type { RunView } from '@fallover/contract';
import { describe, expect, it } from 'vitest';
import { manyNodes } from '../../test/fixtures.ts';
import { commandsWords, lanesOf, phaseLine, waitsWords } from './lanes.ts';

const NOW = Date.parse('2026-11-23T14:22:24.000Z');

describe('the lanes of a run', () => {
  it('are one for each node, with its steps in each phase', () => {
    expect(
      lanesOf(manyNodes()).map(({ node, places }) => [node, ...places.map(({ state, steps }) => `${state} ${steps.length}`)]),
    ).toEqual([
      ['nodea', 'passed 1', 'waits 0', 'not_reached 0'],
      ['nodeb', 'passed 1', 'waits 0', 'not_reached 0'],
      ['nodec', 'passed 0', 'runs 1', 'not_reached 0'],
    ]);
  });

  it('are none where one node is alone, or the run waits in the queue', () => {
    const [phase] = manyNodes().phases;
    const alone = phase ? { ...phase, lanes: phase.lanes.slice(0, 1) } : [];
    expect(lanesOf(manyNodes({ phases: [alone].flat() }))).toEqual([]);
    expect(lanesOf(manyNodes({ phases: [] }))).toEqual([]);
  });
});

describe('whom a barrier waits for', () => {
  const waited = (node: string, more: Partial<RunView['waitingFor'][number]> = {}) => ({
    node,
    key: 'pre_event.1',
    event: 'node_up',
    customEvent: 'check_disks',
    ...more,
  });
  const since = '2026-11-23T14:22:12.000Z';
  it.each<[RunView['waitingFor'], string | undefined]>([
    [[waited('nodec', { since, step: 'x' })], 'The barrier behind phase 2 waits for nodec: pre-event check_disks since 12 s'],
    [[waited('nodec')], 'The barrier behind phase 2 waits for nodec: pre-event check_disks, not started yet'],
    [
      ['a', 'b', 'c', 'd', 'e'].map((node) => waited(node, { since })),
      'The barrier behind phase 2 waits for a: pre-event check_disks since 12 s, b: pre-event check_disks since 12 s, c: pre-event check_disks since 12 s and 2 more',
    ],
    [[], undefined],
  ])('%j', (waitingFor, words) => {
    expect(waitsWords(manyNodes({ waitingFor }), NOW)).toBe(words);
  });
});

describe('a phase in one line', () => {
  it('says what it runs where, and whom its barrier waits for', () => {
    const run = manyNodes();
    expect(run.phases.map((phase) => phaseLine(phase, run))).toEqual([
      'Phase 1: node_up on nodea, nodeb; barrier passed',
      'Phase 2: node_up on nodec; the barrier waits for nodec',
      'Phase 3: node_up_complete on all',
    ]);
  });

  it('says how the last one ends, and names no more than three nodes', () => {
    const run = manyNodes({ waitingFor: ['a', 'b', 'c', 'd', 'e'].map((node) => ({ node, key: 'event', event: 'node_up' })) });
    const ends = run.phases.map((phase) => ({
      ...phase,
      barrier: phase.index === 3 ? ('waits' as const) : ('not_reached' as const),
    }));
    expect(ends.map((phase) => phaseLine(phase, { ...run, phases: ends }))).toEqual([
      'Phase 1: node_up on nodea, nodeb, then the barrier',
      'Phase 2: node_up on nodec, then the barrier',
      'Phase 3: node_up_complete on all; the end waits for a, b, c and 2 more',
    ]);
    const [last] = ends.slice(-1).map((phase) => ({ ...phase, barrier: 'passed' as const }));
    expect(last && phaseLine(last, run)).toBe('Phase 3: node_up_complete on all; ended');
  });
});

describe('what a phase runs', () => {
  it('is said with its nodes, or that they are all', () => {
    const { phases } = manyNodes();
    expect(phases.flatMap(commandsWords)).toEqual([
      'node_up nodec on nodea, nodeb',
      'node_up nodec on nodec',
      'node_up_complete nodec on all',
    ]);
    const [first] = phases;
    const pathname = first && { ...first, commands: first.commands.map((command) => ({ ...command, path: '/opt/ha/route' })) };
    expect(pathname && commandsWords(pathname)).toEqual(['/opt/ha/route nodec on nodea, nodeb']);
  });
});
