import { describe, expect, it } from 'vitest';
import {
  argumentsFrom,
  emulateWords,
  eventSearch,
  missingArguments,
  nodeDiesWords,
  runWords,
  typedFrom,
  valuesUsedBefore,
} from './arguments.ts';

const NODE = { name: 'NODE', kind: 'node', required: true, help: '' };
const HOW = { name: 'HOW', kind: 'choice', required: false, choices: ['graceful', 'takeover'], help: '' };
const SERVERS = { name: 'SERVER', kind: 'application_server', required: false, several: true as const, help: '' };

describe('the arguments of an event', () => {
  it('are the entries in order, up to the first empty one', () => {
    expect(argumentsFrom([NODE, HOW], { NODE: ' nodea ', HOW: 'graceful' })).toEqual(['nodea', 'graceful']);
    expect(argumentsFrom([NODE, HOW], { NODE: 'nodea', HOW: '' })).toEqual(['nodea']);
  });

  it('take one word from each line where several are allowed', () => {
    expect(argumentsFrom([SERVERS], { SERVER: 'db\n\n web server \n' })).toEqual(['db', 'web server']);
  });

  it('say which required one is missing', () => {
    expect(missingArguments([NODE, HOW], { NODE: ' ', HOW: '' })).toEqual(['NODE']);
  });
});

describe('arguments that are known already', () => {
  it('are put into the entries that they belong to', () => {
    expect(typedFrom([NODE, HOW], ['nodea'])).toEqual({ NODE: 'nodea' });
    expect(typedFrom([NODE, SERVERS], ['nodea', 'db', 'web'])).toEqual({ NODE: 'nodea', SERVER: 'db\nweb' });
    expect(eventSearch('start_server', ['db', 'web server'])).toBe('event=start_server&arg=db&arg=web+server');
  });

  it('are suggested by their kind, the latest first; nodes and choices have lists of their own', () => {
    const network = { name: 'NETWORK', kind: 'network', required: true, help: '' };
    const events = [
      { name: 'network_down', arguments: [NODE, network] },
      { name: 'start_server', arguments: [SERVERS] },
    ];
    const runs = [
      { event: 'network_down', args: ['nodea', 'net2'] },
      { event: 'start_server', args: ['db', 'web'] },
      { event: 'network_down', args: ['nodea', 'net1'] },
      { event: 'network_down', args: ['nodea', 'net2'] },
    ];
    expect(valuesUsedBefore(events, runs)).toEqual({ network: ['net2', 'net1'], application_server: ['db', 'web'] });
  });
});

describe('the line that emulates an event in a shell', () => {
  it('says which configuration, as whom and on which nodes', () => {
    expect(emulateWords('network_down', ['-1', 'net1'], {})).toEqual(['fallover', 'emulate', 'network_down', '-1', 'net1']);
    expect(emulateWords('x', ['--a'], { draft: true, byHand: true, nodes: ['a', 'b'] }).join(' ')).toBe(
      'fallover emulate x --by-hand --nodes a,b --draft -- --a',
    );
    expect(nodeDiesWords('nodec', { nodes: ['nodea', 'nodec'] }).join(' ')).toBe(
      'fallover emulate --node-dies nodec --nodes nodea,nodec',
    );
  });
});

describe('the line that runs an event in a shell', () => {
  it('has options before the arguments, and -- before an argument that looks like one', () => {
    expect(runWords('network_down', ['-1', 'net1'], { drill: false })).toEqual(['fallover', 'run', 'network_down', '-1', 'net1']);
    expect(runWords('x', ['--json'], { node: 'nodea', drill: true })).toEqual([
      'fallover',
      'run',
      'x',
      '--node',
      'nodea',
      '--drill',
      '--',
      '--json',
    ]);
  });
});
