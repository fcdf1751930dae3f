import { etcdHosts } from '@fallover/events';
import { describe, expect, it } from 'vitest';
import { etcdOnNodes } from './etcd-on-nodes.ts';

const etcd = (...addresses: string[]) => addresses.map((address, index) => ({ name: `etcd${index + 1}`, addresses: [address] }));

describe('the members of etcd on the nodes', () => {
  it('are those at whose address a cluster manager is reached, with an empty configuration', () => {
    const found = etcdOnNodes(etcd('10.0.0.1', '[fd00::2]', '10.0.0.3'), [
      { node: 'nodea', address: '10.0.0.1:9770' },
      { node: 'nodeb', address: '[FD00::2]:9770' },
    ]);
    expect(etcdHosts(found, [], ['nodea', 'nodeb'])).toEqual([
      { host: '10.0.0.3', members: ['etcd3'] },
      { host: 'nodea', node: 'nodea', members: ['etcd1'] },
      { host: 'nodeb', node: 'nodeb', members: ['etcd2'] },
    ]);
  });

  it('are not told by loopback addresses, nor by nodes that say none', () => {
    const three = etcd('127.0.0.1', '10.0.0.2');
    expect(etcdOnNodes(three, [{ node: 'nodea', address: '127.0.0.1:9770' }, { node: 'nodeb' }])).toEqual(three);
  });
});
