import { expect, it } from 'vitest';
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
