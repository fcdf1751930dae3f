import { describe, expect, it } from 'vitest';
import { argumentsFrom, missingArguments, runWords } from './arguments.ts';

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
