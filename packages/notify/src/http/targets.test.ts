import { describe, expect, it } from 'vitest';
import { type TargetPolicy, targetRefusal } from './targets.ts';

const nothing: TargetPolicy = { allowedTargets: [], ownPorts: [8770], ownAddresses: ['10.1.1.2', 'fd00::2'] };
const to = (address: string, policy: Partial<TargetPolicy> = {}, host = 'hook.example.com', port = 80): string =>
  targetRefusal(host, port, address, { ...nothing, ...policy })?.code ?? 'may go';

describe('where a notification may go over HTTP', () => {
  it('is any address of a network', () => {
    for (const address of ['192.0.2.1', '10.1.1.9', '192.168.0.1', '2001:db8::1', 'fd00::9', '1.1.1.1'])
      expect(to(address)).toBe('may go');
  });

  it.each([
    ...[
      '127.0.0.1',
      '127.255.255.254',
      '0.0.0.0',
      '0.1.2.3',
      '169.254.169.254',
      '169.254.0.1',
      '224.0.0.1',
      '239.1.1.1',
      '255.255.255.255',
    ],
    ...['::1', '::', 'fe80::1', 'febf::1', 'fe80::1%eth0', 'ff02::1', 'fd00:ec2::254', '100.100.100.200', '168.63.129.16'],
    // IPv4 addresses inside of IPv6 addresses: mapped, compatible, translated (NAT64, SIIT) and tunnelled (6to4)
    ...['::ffff:127.0.0.1', '::ffff:a9fe:a9fe', '::ffff:0.0.0.0', '::127.0.0.1', '64:ff9b::7f00:1', '64:ff9b::169.254.169.254'],
    ...['::ffff:0:127.0.0.1', '2002:7f00:1::', '2002:a9fe:a9fe::1'],
    // what is no address was not checked
    ...['localhost', '', '2130706433', '0x7f000001', '127.1', '1.2.3.4.5'],
  ])('is never %s unless it is allowed', (address) => expect(to(address)).toBe('target_not_allowed'));

  it('is allowed by address, network, name, or one of these with a port', () => {
    const allowed = (target: string, address: string, host?: string, port?: number): string =>
      to(address, { allowedTargets: ['192.0.2.77', target] }, host, port);
    expect(allowed('127.0.0.1', '127.0.0.1')).toBe('may go');
    expect(allowed('127.0.0.1', '127.0.0.2')).toBe('target_not_allowed');
    expect(allowed('127.0.0.0/8', '127.9.9.9')).toBe('may go');
    expect(allowed('127.0.0.0/8', '::ffff:127.0.0.1')).toBe('may go');
    expect(allowed('127.0.0.0/8', '::1')).toBe('target_not_allowed');
    expect(allowed('::1', '::1')).toBe('may go');
    expect(allowed('[::1]', '0:0:0:0:0:0:0:1')).toBe('may go');
    expect(allowed('fe80::/10', 'fe80::1%eth0')).toBe('may go');
    expect(allowed('Hook.Example.com', '127.0.0.1')).toBe('may go');
    expect(allowed('hook.example.com', '127.0.0.1', 'HOOK.example.com.')).toBe('may go');
    expect(allowed('example.com', '127.0.0.1')).toBe('target_not_allowed');
    expect(allowed('hook.example.com:80', '127.0.0.1')).toBe('may go');
    expect(allowed('hook.example.com:81', '127.0.0.1')).toBe('target_not_allowed');
    expect(allowed('127.0.0.1:8080', '127.0.0.1', 'a', 8080)).toBe('may go');
    expect(allowed('127.0.0.1:8080', '127.0.0.1', 'a', 8081)).toBe('target_not_allowed');
    expect(allowed('[::1]:8080', '::1', 'a', 8080)).toBe('may go');
    expect(allowed('[::1]:8080', '::1', 'a', 80)).toBe('target_not_allowed');
    for (const nonsense of ['', '*', '0', '127', '127.0.0.0/99', '/', ':80', 'http://127.0.0.1/'])
      expect(allowed(nonsense, '127.0.0.1')).toBe('target_not_allowed');
  });

  it('is never this cluster manager, even where it is allowed', () => {
    const all = { allowedTargets: ['0.0.0.0/0', '::/0', 'hook.example.com'] };
    for (const address of [
      '127.0.0.1',
      '127.0.0.2',
      '0.0.0.0',
      '10.1.1.2',
      '::ffff:10.1.1.2',
      'fd00:0::2',
      '::1',
      '2002:a01:102::',
    ])
      expect(to(address, all, 'hook.example.com', 8770)).toBe('own_port');
    expect(to('10.1.1.9', all, 'hook.example.com', 8770)).toBe('may go');
    expect(to('10.1.1.2', all, 'hook.example.com', 8771)).toBe('may go');
  });
});
