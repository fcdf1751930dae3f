import { describe, expect, it } from 'vitest';
import { type NodeCondition, whyNot } from './answers.ts';
import { ACTIONS } from './words.ts';

/** What may be done to n2 when it is so. */
const possible = (condition: NodeCondition, canPause = true) =>
  ACTIONS.filter((action) => whyNot(action, 'n2', condition, canPause) === undefined);

describe('what can be done to a node of the laboratory', () => {
  it.each<[NodeCondition, boolean, string[]]>([
    [{ is: 'running', isCut: false }, true, ['kill', 'pause', 'cut']],
    [{ is: 'running', isCut: false }, false, ['kill', 'cut']],
    [{ is: 'running', isCut: true }, true, ['kill', 'pause', 'heal']],
    [{ is: 'dead', isCut: false }, true, ['start', 'cut']],
    [{ is: 'dead', isCut: true }, false, ['start', 'heal']],
    [{ is: 'paused', isCut: false }, true, ['kill', 'resume', 'cut']],
  ])('%j, paused or not: %s', (condition, canPause, expected) => {
    expect(possible(condition, canPause)).toEqual(expected);
  });

  it('says why one of three nodes in one process cannot be paused, and what can be done instead', () => {
    expect(whyNot('pause', 'n2', { is: 'running', isCut: false }, false)).toBe(
      'n2 cannot be paused alone: the three nodes are one process here. Cut it off instead: cut n2. Or end this and use: npm run lab -- --store etcd',
    );
  });
});
