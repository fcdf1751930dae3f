import { describe, expect, it } from 'vitest';
import { parseEtcdUrl, parseKeyPrefix } from './store-address.ts';

describe('the address of an etcd', () => {
  it.each([
    ['etcd://h:2379', { addresses: ['h:2379'], tls: false }],
    ['etcds://a.example:2379,[::1]:2,192.0.2.1:3/', { addresses: ['a.example:2379', '[::1]:2', '192.0.2.1:3'], tls: true }],
    ['etcd://', undefined],
    ['etcd://h', undefined],
    ['etcd://h:0', undefined],
    ['etcd://h:65536', undefined],
    ['etcd://h:1,', undefined],
    ['etcd://h:1,h:1', undefined],
    ['etcd://user:pw@h:1', undefined],
    ['etcd://h:1/prefix', undefined],
    ['https://h:1', undefined],
  ])('%s', (url, expected) => expect(parseEtcdUrl(url)).toEqual(expected));
});

describe('a key prefix', () => {
  it.each([
    ['fallover', 'fallover/'],
    ['/fallover/prod/', '/fallover/prod/'],
    ['', undefined],
    ['/', undefined],
    ['a//b', undefined],
    ['../a', undefined],
    ['a b', undefined],
    ['x'.repeat(129), undefined],
  ])('%j', (text, expected) => expect(parseKeyPrefix(text)).toBe(expected));
});
