import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { PREDEFINED_EVENTS } from '../catalogue/catalogue.ts';
import type { DefinitionDocument, Entry } from '../definition/types.ts';
import type { BoundCommand } from '../runs/plan.ts';
import { planProgram } from './plan-program.ts';

const site = (name: string, ...siteNodes: string[]): Entry => ({
  class: 'site',
  name,
  fields: { siteNodes: { cluster: siteNodes } },
});
const replacing = (event: string, recoveryProgram: string): Entry => ({
  class: 'event',
  name: event,
  fields: { recoveryProgram: { cluster: recoveryProgram } },
});
const documentOf = (...entries: Entry[]): DefinitionDocument => ({ format: 1, cluster: 'payroll', entries });

/** Each phase in a line: where, what, with which arguments, and the status that means success. */
const told = (phases: BoundCommand[][]): string[] =>
  phases.map((phase) =>
    phase
      .map(
        ({ node, event, named, args, expectedStatus }) =>
          `${node}: ${[named?.path ?? event, ...args].join(' ')} = ${expectedStatus}`,
      )
      .join(' | '),
  );
const planned = (line: string, participants: string[], ...entries: Entry[]): string[] => {
  const [event = '', ...args] = line.split(' ');
  return told(planProgram({ event, args, participants, document: documentOf(...entries) }));
};

describe('what runs when an event happens', () => {
  it('is its predefined program, without the phases that nobody has a part in', () => {
    expect(planned('node_up c', ['a', 'b', 'c'])).toEqual([
      'a: node_up c = 0 | b: node_up c = 0',
      'c: node_up c = 0',
      'a: node_up_complete c = X | b: node_up_complete c = X | c: node_up_complete c = X',
    ]);
    expect(planned('node_up a', ['a'])).toEqual(['a: node_up a = 0', 'a: node_up_complete a = X']);
  });

  it('is told to all nodes when it happened on none that takes part, and there is nothing else to do', () => {
    expect(planned('fail_standby z l1', ['a', 'b'])).toEqual(['a: fail_standby z l1 = 0 | b: fail_standby z l1 = 0']);
  });

  it('goes by a program that replaces the predefined one: a full pathname is a command by itself', () => {
    const own = replacing('network_down', 'event "/opt/ha/route" 3 NULL\nbarrier\nother "network_down" X NULL');
    expect(planned('network_down a net1', ['a', 'b'], own)).toEqual([
      'a: /opt/ha/route a net1 = 3',
      'b: network_down a net1 = X',
    ]);
  });

  it('of a global event happens on every node', () => {
    const own = replacing('network_down', 'event "/opt/ha/route" 0 NULL\nbarrier\nother "network_down" X NULL');
    expect(planned('network_down -1 net1', ['a', 'b'], own)).toEqual([
      'a: /opt/ha/route -1 net1 = 0 | b: /opt/ha/route -1 net1 = 0',
    ]);
  });

  it('is nothing where a program of one’s own has nothing for the nodes that take part', () => {
    expect(planned('fail_standby z l1', ['a', 'b'], replacing('fail_standby', 'event "/opt/ha/x" 0 NULL'))).toEqual([]);
  });

  it('is the predefined program where what replaces it cannot be read', () => {
    expect(planned('swap_adapter b net1 l1 l2', ['a', 'b'], replacing('swap_adapter', 'event swap_adapter'))).toEqual([
      'b: swap_adapter b net1 l1 l2 = 0',
      'b: swap_adapter_complete b net1 l1 l2 = X',
    ]);
  });
});

describe('the events of a site', () => {
  const sites = [site('north', 'a', 'b'), site('south', 'c')];

  it('stand around those of its first and of its last node', () => {
    expect(planned('node_up a', ['a', 'c'], ...sites)).toEqual([
      'a: check_for_site_up a = 0 | c: check_for_site_up a = 0',
      'a: site_up north = 0',
      'c: site_up_remote north = 0',
      'c: node_up a = 0',
      'a: node_up a = 0',
      'a: node_up_complete a = X | c: node_up_complete a = X',
      'a: site_up_complete north = X',
      'c: site_up_remote_complete north = X',
    ]);
    expect(planned('node_down c takeover', ['a', 'b', 'c'], ...sites)).toEqual([
      'a: check_for_site_down c = 0 | b: check_for_site_down c = 0 | c: check_for_site_down c = 0',
      'c: site_down south = 0',
      'a: site_down_remote south = 0 | b: site_down_remote south = 0',
      'c: node_down c takeover = 0',
      'a: node_down c takeover = 0 | b: node_down c takeover = 0',
      'a: node_down_complete c takeover = X | b: node_down_complete c takeover = X | c: node_down_complete c takeover = X',
      'c: site_down_complete south = X',
      'a: site_down_remote_complete south = X | b: site_down_remote_complete south = X',
    ]);
  });

  it('are not there while the site has another node, and run on the other sites alone when the last node has failed', () => {
    expect(planned('node_up a', ['a', 'b', 'c'], ...sites).map((phase) => phase.split(' ')[1])).toEqual([
      'check_for_site_up',
      'node_up',
      'node_up',
      'node_up_complete',
    ]);
    expect(planned('node_down c', ['a'], ...sites)).toEqual([
      'a: check_for_site_down c = 0',
      'a: site_down_remote south = 0',
      'a: node_down c = 0',
      'a: node_down_complete c = X',
      'a: site_down_remote_complete south = X',
    ]);
  });

  it('are not there for a node of no site, but for the look whether it has one', () => {
    expect(planned('node_up z', ['z'], ...sites)).toEqual([
      'z: check_for_site_up z = 0',
      'z: node_up z = 0',
      'z: node_up_complete z = X',
    ]);
  });

  it('have programs of one’s own too: what comes before the end of the site event stands before the node', () => {
    const own = replacing('site_up', 'all "/opt/ha/dns" 0 NULL\nbarrier\nall "site_up_complete" 0 NULL');
    expect(planned('node_up c', ['c'], ...sites, own)).toEqual([
      'c: check_for_site_up c = 0',
      'c: /opt/ha/dns south = 0',
      'c: node_up c = 0',
      'c: node_up_complete c = X',
      'c: site_up_complete south = 0',
    ]);
  });
});

describe('every plan', () => {
  it('gives work to participants only, and none of its phases is empty', () => {
    const nodes = ['a', 'b', 'c', 'd'];
    fc.assert(
      fc.property(
        fc.constantFrom(...PREDEFINED_EVENTS.map(({ name }) => name)),
        fc.constantFrom(...nodes, 'north', '-1', 'z'),
        fc.subarray(nodes, { minLength: 1 }),
        fc.constantFrom(documentOf(), documentOf(site('north', 'a', 'b'), site('south', 'c', 'd'))),
        (event, first, participants, document) => {
          const phases = planProgram({ event, args: [first], participants, document });
          expect(phases.length).toBeGreaterThan(0);
          for (const phase of phases) {
            expect(phase.length).toBeGreaterThan(0);
            for (const { node } of phase) expect(participants).toContain(node);
          }
        },
      ),
    );
  });
});
