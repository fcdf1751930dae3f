import { describe, expect, it } from 'vitest';
import type { Fields } from '../../smit/definition/values.ts';
import { nodeDown, stopApp } from '../../test/fixtures.ts';
import { callsOf, sampleArguments, withoutRefused } from './calls.ts';

const called = (fields: Fields, event = 'node_down', args = ['nodea']): string[] =>
  callsOf({ event, args, node: 'nodea', cluster: 'payroll', fields, customEvents: [stopApp()] }).map(
    ({ key, argv, runs, atMost }) =>
      `${key}: ${argv.join(' ')}${runs === 'command' ? '' : ` (${runs})`}${atMost ? ` ${atMost}x` : ''}`,
  );

const FULL: Fields = {
  eventCommand: { cluster: '/opt/ha/down' },
  notifyCommand: { cluster: '/opt/ha/notify', nodes: { nodea: '/opt/ha/notify-a' } },
  preEventCommand: { cluster: ['stop_app', 'gone'] },
  postEventCommand: { cluster: ['stop_app'] },
  recoveryCommand: { cluster: '/opt/ha/recover' },
  recoveryCounter: { cluster: 2 },
};

describe('how an event will be called', () => {
  it('is every step in order, with all its arguments and the values of the node', () => {
    expect(called(FULL)).toEqual([
      'notify_start: /opt/ha/notify-a node_down start nodea',
      'pre_event.1: /opt/ha/stop_app node_down nodea',
      'pre_event.2: gone node_down nodea (nothing)',
      'event: /opt/ha/down nodea',
      'recovery: /opt/ha/recover node_down nodea 2x',
      'post_event.1: /opt/ha/stop_app node_down STATUS nodea',
      'notify_complete: /opt/ha/notify-a node_down complete STATUS nodea',
    ]);
  });

  it('is the event’s own command when nothing is customised', () => {
    expect(called({})).toEqual(['event: node_down nodea (built_in)']);
  });

  it('has no recovery while it is never tried, and none for what runs beside another event', () => {
    expect(called({ recoveryCommand: { cluster: '/opt/ha/recover' } })).toEqual(['event: node_down nodea (built_in)']);
    const recovered = { recoveryCommand: { cluster: '/opt/ha/recover' }, recoveryCounter: { cluster: 3 } };
    expect(called(recovered, 'event_error', ['1', 'node_up'])).toEqual(['event: event_error 1 node_up (built_in)']);
  });

  it('is the event command alone when a node is forced down', () => {
    expect(called(FULL, 'node_down', ['nodea', 'forced'])).toEqual(['event: /opt/ha/down nodea forced']);
  });
});

describe('what is typed and refused', () => {
  it('is left out where it stands, and named', () => {
    const faults = [
      { field: 'notifyCommand', node: 'nodea', sentence: '' },
      { field: 'recoveryCounter', sentence: '' },
    ];
    const { fields, refused } = withoutRefused(FULL, faults);
    expect(fields).toMatchObject({ notifyCommand: { cluster: '/opt/ha/notify', nodes: {} }, recoveryCounter: {} });
    expect(refused).toEqual(['Notify Command', 'Recovery Command Retry']);
    expect(FULL.recoveryCounter).toEqual({ cluster: 2 });
  });
});

describe('sample arguments', () => {
  const list = [
    ...nodeDown().arguments,
    { name: 'NETWORK', kind: 'network', required: true, help: '' },
    { name: 'ACTION', kind: 'choice', required: true, choices: ['ACQUIRE', 'RELEASE'], help: '' },
  ];

  it('are the node, the first choice or the name of the argument; what may be left out is', () => {
    expect(sampleArguments(list, {}, 'nodeb')).toEqual({ NODE: 'nodeb', HOW: '', NETWORK: 'NETWORK', ACTION: 'ACQUIRE' });
  });

  it('are those that are chosen', () => {
    expect(sampleArguments(list, { HOW: 'forced', NETWORK: 'net1' }, 'nodeb')).toMatchObject({ HOW: 'forced', NETWORK: 'net1' });
  });
});
