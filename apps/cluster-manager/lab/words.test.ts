import { describe, expect, it } from 'vitest';
import { readCommand, wordSentence } from './words.ts';

const read = (line: string) => {
  const command = readCommand(line.split(' ').filter((word) => word !== ''));
  return command.ok ? command.value : wordSentence(command.error);
};

describe('a command of the laboratory', () => {
  it.each([
    ['kill n2', { kind: 'act', action: 'kill', node: 'n2' }],
    ['heal n3', { kind: 'act', action: 'heal', node: 'n3' }],
    ['report network_down -1 net1', { kind: 'report', event: 'network_down', args: ['-1', 'net1'] }],
    ['nodes', { kind: 'nodes' }],
    ['quit', { kind: 'quit' }],
    ['kill', 'No node is named; write kill and one of n1, n2, n3.'],
    ['cut nodea', '"nodea" is no node of the laboratory; write cut and one of n1, n2, n3.'],
    ['start n1 n2', '"n2" is one word too many; help shows what each command takes.'],
    ['help me', '"me" is one word too many; help shows what each command takes.'],
    ['report', 'No event is named; write for example: report network_down -1 net1'],
    ['reboot n1', '"reboot" is nothing that the laboratory does; help shows what it does.'],
  ])('%s', (line, expected) => {
    expect(read(line)).toEqual(expected);
  });
});
