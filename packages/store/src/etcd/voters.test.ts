import { describe, expect, it } from 'vitest';
import { votersOf } from './voters.ts';

const member = (name: string, peerUrls: string[], clientUrls: string[] = [], isLearner = false) => ({
  name,
  peerUrls,
  clientUrls,
  isLearner,
});

describe('the members of etcd', () => {
  it.each([
    ['at one host', member('m0', ['https://10.0.0.1:2380'], ['https://10.0.0.1:2379']), [['m0', '10.0.0.1']]],
    ['by name and address', member('m0', ['http://nodea:2380'], ['http://10.0.0.1:2379']), [['m0', 'nodea', '10.0.0.1']]],
    ['by IPv6', member('m0', ['https://[fd00::9]:2380']), [['m0', '[fd00::9]']]],
    ['everywhere, which says nothing', member('m0', ['http://nodea:2380'], ['http://0.0.0.0:2379']), [['m0', 'nodea']]],
    ['over a socket', member('m0', ['unix://localhost:1'], ['http://nodea:2379']), [['m0', 'nodea']]],
    ['never started', member('', ['http://nodec:2380']), [['one that was never started (nodec)', 'nodec']]],
    ['without a vote', member('m3', ['http://noded:2380'], [], true), []],
  ])('%s', (_, given, expected) =>
    expect(votersOf([given]).map(({ name, addresses }) => [name, ...addresses])).toEqual(expected),
  );
});
