import { hostname } from 'node:os';
import { expect, it } from 'vitest';
import { hostPort, isWildcard } from './host-port.ts';
import { peerAddress, peerPlace } from './place.ts';

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

it.each([
  [{ listen: '10.0.0.1:8770' }, '10.0.0.1:9770'],
  [{ listen: '0.0.0.0:8770' }, `${hostname()}:9770`],
  [{ listen: '127.0.0.1:8770', peerListen: '[fd00::1]:9000' }, '[fd00::1]:9000'],
  [{ listen: '127.0.0.1:0' }, undefined],
])('it says of itself that with %o it is reached at %s', (settings, address) => {
  expect(peerAddress(settings)).toBe(address);
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
