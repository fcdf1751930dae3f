import { describe, expect, it } from 'vitest';
import { nodeDown } from '../../test/fixtures.ts';
import { customised, eventLines } from './lines.ts';

const NODES = ['nodea', 'nodeb'];
const event = nodeDown({
  draft: {
    revision: 1,
    fields: {
      notifyCommand: { cluster: '/opt/ha/notify', nodes: { nodeb: '/opt/ha/notify-b' } },
      preEventCommand: { nodes: { nodea: ['stop_app', 'sync_logs'] } },
      failOnPrePost: { cluster: true },
    },
  },
});
const filledIn = (node: string | undefined): unknown[] =>
  eventLines(event, NODES, node).flatMap(({ number, value, nodeOnly, differsOn }) =>
    value === undefined && differsOn.length === 0 ? [] : [[number, value, nodeOnly, differsOn]],
  );

describe('the lines of an event', () => {
  it('are fields 5 to 13, and then what is not on the worksheet', () => {
    expect(eventLines(event, NODES, 'nodea').map(({ number }) => number)).toEqual([5, 6, 7, 8, 9, 10, 11, 12, 13, undefined]);
  });

  it('say what holds on a node and whether it is of that node only', () => {
    expect(filledIn('nodea')).toEqual([
      [6, '/opt/ha/notify', false, ['nodeb']],
      [9, 'stop_app, sync_logs', true, []],
      [undefined, 'yes', false, []],
    ]);
    expect(filledIn('nodeb')).toEqual([
      [6, '/opt/ha/notify-b', true, []],
      [9, undefined, false, ['nodea']],
      [undefined, 'yes', false, []],
    ]);
  });

  it('say for the whole cluster what holds where a node has nothing of its own', () => {
    expect(filledIn(undefined)).toEqual([
      [6, '/opt/ha/notify', false, ['nodeb']],
      [9, undefined, false, ['nodea']],
      [undefined, 'yes', false, []],
    ]);
  });
});

describe('the events on the worksheet', () => {
  it('are those that the draft customises', () => {
    const none = nodeDown({ draft: { revision: 2, fields: {} } });
    const deleted = nodeDown({ active: { recoveryCounter: { cluster: 1 } } });
    expect(customised([event, none, deleted, nodeDown()])).toEqual([event]);
  });
});
