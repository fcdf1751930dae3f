import { expect, it } from 'vitest';
import { silentMembersSentence } from './silent-members.ts';

const WAY_OUT = 'Start etcd there again, or restore the network to it.';

it.each([
  [
    { members: [{ name: 'witness', host: '10.0.0.3' }], of: 3, more: 0 },
    `Of the 3 members of etcd witness on 10.0.0.3 does not answer: event processing stops when one more is lost. ${WAY_OUT}`,
  ],
  [
    { members: [{ name: 'nodea', host: 'nodea' }], of: 5, more: 1 },
    `Of the 5 members of etcd nodea does not answer: one more may be lost. ${WAY_OUT}`,
  ],
  [
    {
      members: [
        { name: 'etcd1', host: 'nodea' },
        { name: 'etcd2', host: 'nodeb' },
      ],
      of: 5,
      more: 0,
    },
    `Of the 5 members of etcd etcd1 on nodea and etcd2 on nodeb do not answer: event processing stops when one more is lost. ${WAY_OUT}`,
  ],
])('says which members of etcd do not answer, where they are, and what the next loss means: %j', (silent, sentence) =>
  expect(silentMembersSentence(silent)).toBe(sentence),
);
