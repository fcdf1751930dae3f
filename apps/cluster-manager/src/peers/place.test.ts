import { expect, it } from 'vitest';
import { hostPort, isWildcard } from './host-port.ts';
import { peerPlace } from './place.ts';

it.each([
  [{ listen: '127.0.0.1:8770' }, '127.0.0.1:9770'],
  [{ listen: '[::1]:8770' }, '[::1]:9770'],
  [{ listen: 'nodea.example.com:443' }, 'nodea.example.com:1443'],
  [{ listen: '127.0.0.1:0' }, '127.0.0.1:0'],
  [{ listen: '127.0.0.1:65000' }, '127.0.0.1:0'],
  [{ listen: '127.0.0.1:8770', peerListen: '10.0.0.1:9000' }, '10.0.0.1:9000'],
])('other nodes ask one of %o at %s', (settings, place) => {
  expect(hostPort(peerPlace(settings))).toBe(place);
});

it('nobody can connect to what stands for all addresses', () => {
  expect(['0.0.0.0', '::', '0:0:0:0:0:0:0:0', '127.0.0.1', '::1', 'nodea'].map(isWildcard)).toEqual([
    true,
    true,
    true,
    false,
    false,
    false,
  ]);
});
