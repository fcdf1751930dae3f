import { describe, expect, it } from 'vitest';
import { contestedValues, differingPlaces } from './draft-change.ts';

const read = { notifyCommand: { cluster: '/a', nodes: { nodea: '/n' } }, preEventCommand: { cluster: ['x'] } };

describe('a change to an entry that somebody else changed meanwhile', () => {
  it('is told by its places', () => {
    const mine = { notifyCommand: { cluster: '/a', nodes: { nodea: '/m' } }, recoveryCounter: { cluster: 3 } };
    expect(differingPlaces(read, mine)).toEqual([
      { field: 'notifyCommand', node: 'nodea' },
      { field: 'preEventCommand', node: undefined },
      { field: 'recoveryCounter', node: undefined },
    ]);
  });

  it.each([
    [
      'another field',
      { notifyCommand: { cluster: '/mine', nodes: { nodea: '/n' } } },
      { ...read, recoveryCounter: { cluster: 1 } },
      [],
    ],
    [
      'the same field on another node',
      { ...read, notifyCommand: { cluster: '/mine', nodes: { nodea: '/n' } } },
      { ...read, notifyCommand: { cluster: '/a', nodes: { nodea: '/theirs' } } },
      [],
    ],
    [
      'the same, to the same value',
      { ...read, preEventCommand: { cluster: ['y'] } },
      { ...read, preEventCommand: { cluster: ['y'] } },
      [],
    ],
    [
      'the same, to another value',
      { ...read, preEventCommand: { cluster: ['y'] } },
      { ...read, preEventCommand: { cluster: ['z'] } },
      [{ field: 'preEventCommand', mine: ['y'], theirs: ['z'] }],
    ],
    [
      'the whole entry away',
      { ...read, preEventCommand: { cluster: ['y'] } },
      {},
      [{ field: 'preEventCommand', mine: ['y'], theirs: undefined }],
    ],
  ])('is contested where both changed %s', (_, mine, theirs, fields) => {
    expect(contestedValues(read, mine, theirs)).toEqual(fields);
  });
});
