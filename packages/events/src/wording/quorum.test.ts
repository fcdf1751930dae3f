import { describe, expect, it } from 'vitest';
import { quorumSentence } from './quorum.ts';

const host = (name: string, ...members: string[]) => ({ host: name, members });

it.each([
  [
    [host('nodea', 'etcd1'), host('nodeb', 'etcd2'), host('10.0.0.9', 'etcd3')],
    'etcd has 3 members: etcd1 on nodea, etcd2 on nodeb and etcd3 on 10.0.0.9. One of them may be lost.',
  ],
  [
    ['a', 'b', 'c', 'd', 'e'].map((name) => host(name, `etcd-${name}`)),
    'etcd has 5 members: etcd-a on a, etcd-b on b, etcd-c on c, etcd-d on d and etcd-e on e. Any 2 of them may be lost.',
  ],
  [
    [host('nodea', 'etcd1'), host('nodeb', 'etcd2')],
    'etcd has 2 members: etcd1 on nodea and etcd2 on nodeb. Event processing stops when nodea or nodeb is lost.',
  ],
  [[host('nodea', 'etcd1')], 'etcd has one member: etcd1 on nodea. Event processing stops when nodea is lost.'],
])('says where etcd runs, and what may be lost: %j', (hosts, sentence) => expect(quorumSentence(hosts)).toBe(sentence));

describe('members that do not answer', () => {
  it.each([
    [3, ['etcd2'], 'etcd2 does not answer: event processing stops when one more is lost.'],
    [5, ['etcd2'], 'etcd2 does not answer: one more may be lost.'],
    [5, ['etcd2', 'etcd3'], 'etcd2 and etcd3 do not answer: event processing stops when one more is lost.'],
    [7, ['etcd2'], 'etcd2 does not answer: 2 more may be lost.'],
  ])('are lost already: of %i members %j', (count, silent, sentence) => {
    const hosts = Array.from({ length: count }, (_, index) => host(`m${index + 1}`, `etcd${index + 1}`));
    expect(quorumSentence(hosts, silent).slice(-sentence.length - 1)).toBe(` ${sentence}`);
  });
});
