import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { PREDEFINED_EVENTS } from '../catalogue/catalogue.ts';
import type { Origin } from '../runs/types.ts';
import { rollUpSentence } from '../wording/roll-up.ts';
import { rollUp, type WaitingEvent } from './roll-up.ts';

/** Events in the order of the queue; `!` before one that a person asked for. */
const queueOf = (...lines: string[]): WaitingEvent[] =>
  lines.map((line, index) => {
    const [event = '', ...args] = line.replace('!', '').split(' ');
    return { run: `${index + 1}`, event, args, origin: { kind: line.startsWith('!') ? 'person' : 'cluster_manager' } };
  });
const rolledUp = (...lines: string[]): string[] => rollUp(queueOf(...lines)).map(({ run, by }) => `${run} by ${by}`);

describe('roll-up', () => {
  it.each<[string, string[], string[]]>([
    ['a network event of the node', ['network_down a net1', 'node_down a'], ['1 by 2']],
    ['an interface event of the node', ['fail_interface a l1 net1', 'node_down a graceful'], ['1 by 2']],
    ['a resource group event of the node', ['rg_move a rg1 ACQUIRE', 'node_down a'], ['1 by 2']],
    [
      'several, by the first node_down behind them',
      ['network_up a n', 'join_standby a l', 'node_down a', 'node_down a'],
      ['1 by 3', '2 by 3'],
    ],
    ['none that came after the node_down', ['node_down a', 'network_down a net1'], []],
    ['none of another node', ['network_down b net1', 'node_down a'], []],
    ['none that is global', ['network_down -1 net1', 'node_down a', 'node_down -1'], []],
    ['none that a person asked for', ['!network_down a net1', 'node_down a'], []],
    ['none, by a node_down that a person runs', ['network_down a net1', '!node_down a'], []],
    ['none that is user-defined', ['E_page_space a', 'node_down a'], []],
    ['no cluster-wide or site event', ['cluster_notify a', 'site_down a', 'node_down a'], []],
    ['no node_down, by a node_up', ['node_down a', 'node_up a'], []],
    ['no node_up, by a node_down', ['node_up a', 'node_down a'], []],
    ['none that is about no node', ['resource_state_change', 'node_down a'], []],
  ])('takes %s', (_, lines, expected) => {
    expect(rolledUp(...lines)).toEqual(expected);
  });

  const events = fc.record({
    event: fc.constantFrom('node_down', 'node_up', 'E_page_space', ...PREDEFINED_EVENTS.map(({ name }) => name)),
    node: fc.constantFrom('a', 'b', '-1'),
    kind: fc.constantFrom<Origin['kind']>('person', 'cluster_manager', 'report'),
  });
  const queues = fc
    .array(
      fc.oneof(
        events,
        fc.record({
          event: fc.constant('node_down'),
          node: fc.constantFrom('a', 'b'),
          kind: fc.constant<Origin['kind']>('report'),
        }),
      ),
      {
        maxLength: 12,
      },
    )
    .map((all) => all.map(({ event, node, kind }, index) => ({ run: `${index}`, event, args: [node], origin: { kind } })));

  it('is always by a node_down of the same node that came later and stays, and spares what has to be processed', () => {
    fc.assert(
      fc.property(queues, (queue) => {
        const rolled = rollUp(queue);
        const at = (run: string) => queue.findIndex((waiting) => waiting.run === run);
        for (const { run, by } of rolled) {
          const [event, down] = [queue[at(run)], queue[at(by)]];
          expect(at(run)).toBeLessThan(at(by));
          expect(down?.event).toBe('node_down');
          expect(down?.args).toEqual(event?.args);
          expect([event?.origin.kind, down?.origin.kind]).not.toContain('person');
          expect(event?.args).not.toEqual(['-1']);
          expect(['node_down', 'node_up', 'E_page_space']).not.toContain(event?.event);
          expect(rolled.map((one) => one.run)).not.toContain(by);
        }
      }),
    );
  });

  it('takes the same events when what it took is gone already, and none twice', () => {
    fc.assert(
      fc.property(queues, (queue) => {
        const rolled = rollUp(queue).map(({ run }) => run);
        expect(new Set(rolled).size).toBe(rolled.length);
        expect(rollUp(queue.filter(({ run }) => !rolled.includes(run)))).toEqual([]);
      }),
    );
  });

  it('is told in a sentence', () => {
    expect(rollUpSentence({ event: 'network_down', by: 'node_down', why: { code: 'its_node_is_down', node: 'nodea' } })).toBe(
      'network_down was not processed: it was rolled up by a later node_down of node nodea, which deals with all that the node had. Look at it again when nodea is back.',
    );
  });
});
