import { describe, expect, it } from 'vitest';
import { membershipAround } from './membership-around.ts';

describe('the membership around an event', () => {
  it.each<[string, string[], string[], string[], string[]]>([
    ['node_up', ['c'], ['a', 'c'], ['a'], ['a', 'c']],
    ['node_up', ['a'], ['a'], [], ['a']],
    ['node_down', ['a', 'graceful'], ['a', 'b'], ['a', 'b'], ['b']],
    ['node_down', ['a'], ['b', 'c'], ['a', 'b', 'c'], ['b', 'c']],
    ['network_down', ['a', 'net1'], ['a', 'b'], ['a', 'b'], ['a', 'b']],
  ])('of %s %j among %j is %j, then %j', (event, args, participants, before, after) => {
    expect(membershipAround(event, args, participants)).toEqual({ before, after });
  });
});
