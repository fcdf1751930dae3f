import { describe, expect, it } from 'vitest';
import { readOptions } from './options.ts';

const KINDS = { node: 'value', drill: 'flag', file: 'values' } as const;
const read = (line: string, argumentsAfter?: number) =>
  readOptions(line.split(' '), KINDS, argumentsAfter === undefined ? {} : { argumentsAfter });

describe('the options of a verb', () => {
  it.each([
    ['a --node n b', { options: { node: 'n' }, words: ['a', 'b'] }],
    ['--node=n --drill', { options: { node: 'n', drill: true }, words: [] }],
    ['--file a --file=b', { options: { file: ['a', 'b'] }, words: [] }],
    ['a -- --drill -1', { options: {}, words: ['a', '--drill', '-1'] }],
    ['a -', { options: {}, words: ['a', '-'] }],
  ])('%s', (line, value) => {
    expect(read(line)).toEqual({ ok: true, value });
  });

  it.each([
    ['--dril', { code: 'unknown_option', option: '--dril', known: ['node', 'drill', 'file'] }],
    ['a -1', { code: 'unknown_option', option: '-1', known: ['node', 'drill', 'file'] }],
    ['--constructor', { code: 'unknown_option', option: '--constructor', known: ['node', 'drill', 'file'] }],
    ['--node', { code: 'option_needs_value', option: 'node' }],
    ['--node --', { code: 'option_needs_value', option: 'node' }],
    ['--drill=yes', { code: 'option_takes_no_value', option: 'drill' }],
    ['--node a --node b', { code: 'option_twice', option: 'node' }],
  ])('%s is refused', (line, error) => {
    expect(read(line)).toEqual({ ok: false, error });
  });

  it('takes every other word behind the event as its argument', () => {
    expect(read('network_down -1 --node nodea --speed net_ether_01 -- --drill', 1)).toEqual({
      ok: true,
      value: { options: { node: 'nodea' }, words: ['network_down', '-1', '--speed', 'net_ether_01', '--drill'] },
    });
  });
});
