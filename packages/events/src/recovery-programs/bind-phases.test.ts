import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { PREDEFINED_EVENTS } from '../catalogue/catalogue.ts';
import { type Binding, bindPhases, nodesConcerned } from './bind-phases.ts';
import { parseProgram } from './parse-program.ts';
import { predefinedProgram, predefinedPrograms, programText } from './predefined.ts';

/** Without the phases whose node sets are empty. */
const bindProgram = (binding: Binding) => bindPhases(binding).filter((phase) => phase.length > 0);

const SITES = new Map([
  ['east', ['a', 'b']],
  ['west', ['c']],
]);

/** A line for each phase: who runs what, with `!` where any status will do. */
const phases = (participants: string[], event: string, ...args: string[]): string[] =>
  bindProgram({
    program: predefinedProgram(event, args),
    event,
    args,
    participants,
    concerned: nodesConcerned(event, args, SITES),
  }).map((phase) =>
    phase
      .map(({ node, event: name, args: given, expectedStatus }) => {
        expect(given).toEqual(args);
        return `${node}:${name}${expectedStatus === 'X' ? '!' : ''}`;
      })
      .join(' '),
  );

describe('the predefined recovery programs', () => {
  it('have, for node_up, the program of the manual', () => {
    expect(programText('node_up', ['a'])).toBe(
      'other "node_up" 0 NULL\nbarrier\nevent "node_up" 0 NULL\nbarrier\nall "node_up_complete" X NULL\n',
    );
  });

  it('are there for every predefined event, and name the event itself', () => {
    for (const { name } of PREDEFINED_EVENTS)
      for (const { text } of predefinedPrograms(name)) {
        const read = parseProgram(text);
        expect(read.ok && read.value.flat().map(({ command }) => command), name).toContain(name);
      }
    expect(predefinedPrograms('frobnicate')).toEqual([]);
  });

  it.each<[string, string[], string[], string[]]>([
    [
      'node_up',
      ['c'],
      ['a', 'b', 'c'],
      ['a:node_up b:node_up', 'c:node_up', 'a:node_up_complete! b:node_up_complete! c:node_up_complete!'],
    ],
    ['node_up', ['a'], ['a'], ['a:node_up', 'a:node_up_complete!']],
    ['node_down', ['c'], ['a', 'b'], ['a:node_down b:node_down', 'a:node_down_complete! b:node_down_complete!']],
    ['node_down', ['c', 'graceful'], ['a', 'c'], ['a:node_down c:node_down', 'a:node_down_complete! c:node_down_complete!']],
    ['node_down', ['c', 'takeover'], ['a', 'c'], ['c:node_down', 'a:node_down', 'a:node_down_complete! c:node_down_complete!']],
    ['node_down', ['c', 'forced'], ['a', 'c'], ['a:node_down c:node_down', 'a:node_down_complete! c:node_down_complete!']],
    [
      'network_down',
      ['a', 'net1'],
      ['a', 'b'],
      ['a:network_down b:network_down', 'a:network_down_complete! b:network_down_complete!'],
    ],
    [
      'network_down',
      ['-1', 'net1'],
      ['a', 'b'],
      ['a:network_down b:network_down', 'a:network_down_complete! b:network_down_complete!'],
    ],
    ['network_up', ['-1', 'net1'], ['a', 'b'], ['a:network_up b:network_up', 'a:network_up_complete! b:network_up_complete!']],
    ['swap_adapter', ['b', 'net1', 'l1', 'l2'], ['a', 'b'], ['b:swap_adapter', 'b:swap_adapter_complete!']],
    ['fail_interface', ['b', 'l1', 'net1'], ['a', 'b'], ['b:fail_interface']],
    ['join_standby', ['z', 'l1'], ['a', 'b'], []],
    [
      'site_up',
      ['west'],
      ['a', 'b', 'c'],
      [
        'c:site_up',
        'a:site_up_remote b:site_up_remote',
        'c:site_up_complete!',
        'a:site_up_remote_complete! b:site_up_remote_complete!',
      ],
    ],
    ['site_down_complete', ['west'], ['a', 'b'], ['a:site_down_remote_complete b:site_down_remote_complete']],
    ['site_merge', [], ['a', 'c'], ['a:site_merge c:site_merge']],
    [
      'reconfig_resource_release',
      [],
      ['a', 'b'],
      [
        'a:reconfig_resource_release b:reconfig_resource_release',
        'a:reconfig_resource_acquire b:reconfig_resource_acquire',
        'a:reconfig_resource_complete! b:reconfig_resource_complete!',
      ],
    ],
    ['reconfig_topology_start', [], ['a'], ['a:reconfig_topology_start', 'a:reconfig_topology_complete!']],
    ['cluster_notify', ['text'], ['a', 'b'], ['a:cluster_notify b:cluster_notify']],
  ])('%s %j on %j', (event, args, participants, expected) => {
    expect(phases(participants, event, ...args)).toEqual(expected);
  });
});

describe('a program bound to nodes', () => {
  it('runs on participants only, has no empty phase, and takes all nodes for the event node and the others', () => {
    const names = fc.uniqueArray(fc.constantFrom<string[]>('a', 'b', 'c', 'd', 'e'), { maxLength: 5 });
    const events = fc.constantFrom(...PREDEFINED_EVENTS.map(({ name }) => name));
    fc.assert(
      fc.property(events, names, names, (event, participants, concerned) => {
        const bind = (nodeSet: 'all' | 'event' | 'other') =>
          bindProgram({ program: [[{ nodeSet, command: event, expectedStatus: 0 }]], event, args: [], participants, concerned })
            .flat()
            .map(({ node }) => node);
        expect([...bind('event'), ...bind('other')].sort()).toEqual(bind('all').sort());
        expect(bind('all')).toHaveLength(participants.length);
        const bound = bindProgram({ program: predefinedProgram(event, []), event, args: [], participants, concerned });
        expect(bound.every((phase) => phase.length > 0 && phase.every(({ node }) => participants.includes(node)))).toBe(true);
      }),
    );
  });

  it('names a full pathname by its place in the program, with the event whose program it is', () => {
    const program = [
      [{ nodeSet: 'all' as const, command: 'network_down', expectedStatus: 0 }],
      [{ nodeSet: 'event' as const, command: '/opt/route', expectedStatus: 3 }],
    ];
    expect(bindProgram({ program, event: 'network_down', args: ['a'], participants: ['a'], concerned: ['a'] })).toEqual([
      [{ node: 'a', event: 'network_down', args: ['a'], expectedStatus: 0 }],
      [{ node: 'a', event: 'network_down', args: ['a'], expectedStatus: 3, named: { path: '/opt/route', number: 2 } }],
    ]);
  });
});
