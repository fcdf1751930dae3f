import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import type { Entry } from '../definition/types.ts';
import { checkQuorum, type EtcdMember, etcdHosts, majorityWithout, mayBeLost } from './quorum.ts';
import { verifyDefinition } from './verify-definition.ts';

const members = (...addresses: string[]): EtcdMember[] =>
  addresses.map((address, index) => ({ name: `etcd${index + 1}`, addresses: [address] }));

const entries: Entry[] = [
  { class: 'node', name: 'nodea', fields: { communicationPath: { cluster: 'nodea.example.com' } } },
  { class: 'interface', name: 'nodeb_en0', fields: { onNode: { cluster: 'nodeb' }, ipAddress: { cluster: '10.0.0.2' } } },
];

/** Ids of what is found. */
const found = (nodes: string[], addresses: string[]): string[] =>
  checkQuorum(members(...addresses), entries, nodes).map(({ severity, id }) => `${severity} ${id}`);

describe('where the members of etcd run', () => {
  it('is told by the names, communication paths and interfaces of the nodes', () => {
    const three = members('NODEA.example.com.', '10.0.0.2', '10.0.0.9');
    expect(etcdHosts(three, entries, ['nodea', 'nodeb'])).toEqual([
      { host: '10.0.0.9', members: ['etcd3'] },
      { host: 'nodea', node: 'nodea', members: ['etcd1'] },
      { host: 'nodeb', node: 'nodeb', members: ['etcd2'] },
    ]);
  });

  it('is one machine for addresses of one node, for the same address, and for loopback', () => {
    expect(etcdHosts(members('nodea', 'nodea.example.com'), entries, [])).toEqual([
      { host: 'nodea', node: 'nodea', members: ['etcd1', 'etcd2'] },
    ]);
    expect(etcdHosts(members('[fd00::9]', 'fd00::9'), [], [])).toEqual([{ host: 'fd00::9', members: ['etcd1', 'etcd2'] }]);
    expect(etcdHosts(members('127.0.0.1', '127.0.0.2', 'localhost', '[::1]'), [], [])).toHaveLength(1);
  });

  it('is one machine where a third member has the addresses of both', () => {
    const joined: EtcdMember[] = [
      { name: 'a', addresses: ['10.0.0.7'] },
      { name: 'b', addresses: ['10.0.0.8'] },
      { name: 'c', addresses: ['10.0.0.7', '10.0.0.8'] },
    ];
    expect(etcdHosts(joined, [], [])).toEqual([{ host: '10.0.0.7', members: ['a', 'b', 'c'] }]);
  });
});

describe('what is lost with which machine', () => {
  it('warns of a member that does not answer: the witness may be down for months before the next loss', () => {
    const three = members('nodea', 'nodeb', '10.0.0.9').map((member, index) => ({ ...member, answers: index < 2 }));
    expect(checkQuorum(three, entries, ['nodea', 'nodeb'])).toMatchObject([
      { severity: 'warning', id: 'etcd_members_silent', sentence: expect.stringContaining('etcd3 on 10.0.0.9 does not answer') },
    ]);
  });

  it.each<[string, string[], string[], string[]]>([
    ['three members on three nodes', ['nodea', 'nodeb', 'nodec'], ['nodea', 'nodeb', 'nodec'], []],
    ['two nodes with a witness', ['nodea', 'nodeb'], ['nodea', 'nodeb', '10.0.0.9'], []],
    ['two nodes, three members elsewhere', ['nodea', 'nodeb'], ['x1', 'x2', 'x3'], []],
    ['two nodes without a witness', ['nodea', 'nodeb'], ['nodea', 'nodeb'], ['warning no_witness']],
    ['two nodes, one member', ['nodea', 'nodeb'], ['nodea'], ['warning no_witness']],
    [
      'two nodes, the witness on one of them',
      ['nodea', 'nodeb'],
      ['nodea', 'nodeb', '10.0.0.2'],
      ['warning etcd_members_on_one_host:node/nodeb@nodeb', 'warning no_witness'],
    ],
    ['two nodes, one member elsewhere', ['nodea', 'nodeb'], ['10.0.0.9'], ['warning events_stop_with_host']],
    ['three nodes, one member', ['nodea', 'nodeb', 'nodec'], ['nodea'], ['warning events_stop_with_host:node/nodea@nodea']],
    ['four members', ['nodea', 'nodeb', 'nodec', 'noded'], ['nodea', 'nodeb', 'nodec', 'noded'], ['warning etcd_members_even']],
    [
      'three members, two on one machine',
      ['nodea', 'nodeb', 'nodec'],
      ['10.0.0.9', '10.0.0.9', 'nodea'],
      ['warning etcd_members_on_one_host', 'warning events_stop_with_host'],
    ],
    ['no etcd', ['nodea'], [], []],
  ])('%s', (_, nodes, addresses, ids) => expect(found(nodes, addresses)).toEqual(ids));

  it('is a part of verification where the members are known', () => {
    const document = { format: 1 as const, cluster: 'payroll', entries: [] };
    const input = { document, liveNodes: [], seen: [], durations: new Map() };
    expect(verifyDefinition({ ...input, etcdMembers: members('nodea') }).map(({ code }) => code)).toEqual([
      'events_stop_with_host',
    ]);
    expect(verifyDefinition(input)).toEqual([]);
  });

  it('is right for any spread: a machine is named if and only if too few members are left without it', () => {
    const spread = fc.array(fc.constantFrom('nodea', 'nodeb', 'nodec', 'x', 'y', 'z', 'w'), { minLength: 1, maxLength: 9 });
    fc.assert(
      fc.property(spread, (addresses) => {
        const given = members(...addresses);
        const named = checkQuorum(given, [], ['nodea', 'nodeb', 'nodec'])
          .filter(({ code }) => code === 'events_stop_with_host')
          .map(({ sentence }) => sentence);
        const ending = [...new Set(addresses)].filter((host) => {
          const left = addresses.filter((address) => address !== host).length;
          return left <= addresses.length / 2;
        });
        expect(named).toHaveLength(ending.length);
        for (const host of ending) expect(named.some((sentence) => sentence.includes(` ${host} `))).toBe(true);
        expect(mayBeLost(addresses.length)).toBe(Math.floor((addresses.length - 1) / 2));
      }),
    );
  });
});

describe('the majority of etcd without a node', () => {
  const NODES = ['nodea', 'nodeb', 'nodec'];
  const without = (node: string, addresses: string[], silent: string[] = []) =>
    majorityWithout(
      node,
      members(...addresses).map((member) => ({ ...member, answers: !silent.includes(member.name) })),
      entries,
      NODES,
    );

  it.each<[string, string, string[], string[], ReturnType<typeof without>]>([
    ['one of three', 'nodea', NODES, [], { code: 'kept', left: 2, of: 3, needed: 2 }],
    ['with no member on it', 'nodec', ['nodea', '10.0.0.2', '10.0.0.9'], [], { code: 'kept', left: 3, of: 3, needed: 2 }],
    [
      'the second of three, after the witness',
      'nodea',
      ['nodea.example.com', 'nodeb', '10.0.0.9'],
      ['etcd3'],
      { code: 'lost', members: ['etcd1'], silent: ['etcd3'], left: 1, of: 3, needed: 2 },
    ],
    ['one that does not answer already', 'nodea', NODES, ['etcd1'], { code: 'kept', left: 2, of: 3, needed: 2 }],
    [
      'one of two nodes without a witness',
      'nodeb',
      ['nodea', '10.0.0.2'],
      [],
      { code: 'lost', members: ['etcd2'], silent: [], left: 1, of: 2, needed: 2 },
    ],
    ['the only one', 'nodea', ['nodea'], [], { code: 'lost', members: ['etcd1'], silent: [], left: 0, of: 1, needed: 1 }],
    ['the only one elsewhere, or here', 'nodec', ['10.0.0.9'], [], { code: 'not_known', hosts: ['10.0.0.9'] }],
    ['the only one elsewhere', 'nodec', ['nodea'], [], { code: 'kept', left: 1, of: 1, needed: 1 }],
    ['three on machines that are no node', 'nodea', ['x1', 'x2', 'x3'], [], { code: 'kept', left: 3, of: 3, needed: 2 }],
    [
      'three on machines that are no node, one of which is gone',
      'nodea',
      ['x1', 'x2', 'x3'],
      ['etcd2'],
      { code: 'not_known', hosts: ['x1', 'x3'] },
    ],
  ])('%s', (_, node, addresses, silent, expected) => expect(without(node, addresses, silent)).toEqual(expected));
});
