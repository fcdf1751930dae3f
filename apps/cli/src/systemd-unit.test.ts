import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { isUnedited, unitText, unitWord } from './systemd-unit.ts';

const settings = {
  program: '/opt/fallover/apps/cli/bin/fallover',
  options: ['--listen', '[::]:8770'],
  stateDirectory: '/var/lib/fallover',
  logDirectory: '/var/log/fallover',
};

describe('the unit of systemd', () => {
  it('starts the cluster manager, and leaves its commands alone when that ends', () => {
    const lines = unitText(settings).split('\n');
    expect(lines[0]).toMatch(/^# Written by "fallover install-service"; sha256 of what is below: [0-9a-f]{64}$/);
    expect(lines.slice(lines.indexOf('[Service]')).filter((line) => line !== '' && !line.startsWith('#'))).toEqual([
      '[Service]',
      'Type=notify',
      'NotifyAccess=main',
      'EnvironmentFile=-/etc/default/fallover',
      'ExecStart=/opt/fallover/apps/cli/bin/fallover start --state /var/lib/fallover --log-directory /var/log/fallover --listen [::]:8770',
      'KillMode=process',
      'Restart=on-failure',
      'RestartSec=2',
      'RestartPreventExitStatus=2',
      'TimeoutStartSec=300',
      'TimeoutStopSec=60',
      'StateDirectory=fallover',
      'StateDirectoryMode=0700',
      'LogsDirectory=fallover',
      'LogsDirectoryMode=0700',
      '[Install]',
      'WantedBy=multi-user.target',
    ]);
  });

  it('is tried again however long that takes: nobody is there to start it after a power cut', () => {
    const text = unitText(settings);
    expect(text.slice(text.indexOf('[Unit]'), text.indexOf('[Service]'))).toContain('\nStartLimitIntervalSec=0\n');
  });

  it('has systemd make directories below its own only', () => {
    const text = unitText({ ...settings, stateDirectory: '/srv/fallover', logDirectory: '/var/log/ha/fallover' });
    expect(text).not.toContain('StateDirectory=');
    expect(text).toContain('LogsDirectory=ha/fallover\n');
  });

  it('is told from one that somebody has edited', () => {
    const text = unitText(settings);
    expect(isUnedited(text)).toBe(true);
    expect(isUnedited(text.replace('RestartSec=2', 'RestartSec=5'))).toBe(false);
    expect(isUnedited('[Service]\nExecStart=/bin/true\n')).toBe(false);
    expect(isUnedited('')).toBe(false);
    fc.assert(
      fc.property(fc.nat(text.length - 1), fc.string({ minLength: 1, maxLength: 3 }), (place, put) => {
        const edited = text.slice(0, place) + put + text.slice(place + 1);
        expect(isUnedited(edited)).toBe(edited === text);
      }),
    );
  });

  it.each([
    ['--listen=[::1]:0', '--listen=[::1]:0'],
    ['/etc/a b', '"/etc/a b"'],
    ['50%', '50%%'],
    ['$HOME', '$$HOME'],
    ['a"b\\c', '"a\\"b\\\\c"'],
    ["it's", '"it\'s"'],
    ['', '""'],
    [';', '";"'],
  ])('holds the word %s as %s', (word, held) => expect(unitWord(word)).toBe(held));
});
