import { spawnSync } from 'node:child_process';
import { lstatSync, mkdtempSync, readdirSync, readFileSync, rmSync, statSync, symlinkSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { shell } from '../fixtures/small-daemon.ts';
import { CHECKOUT } from '../state-directory.ts';
import { writableByOthers } from '../writable-by-others.ts';

let units: string;
beforeEach(() => {
  units = mkdtempSync(join(tmpdir(), 'fallover-units-'));
});
afterEach(() => rmSync(units, { recursive: true, force: true }));

const unit = () => join(units, 'fallover.service');
/** As an administrator types it, without FALLOVER_STATE. */
const install = (...words: string[]) =>
  shell('', ['install-service', '--directory', units, ...words], { env: { FALLOVER_STATE: '' } });

/** A checkout that others can write to is refused. */
const isRefusedHere = writableByOthers(join(CHECKOUT, 'apps/cli/bin/fallover')) !== undefined;

describe.skipIf(isRefusedHere)('fallover install-service (skipped in a checkout that others can write to)', () => {
  it('writes the unit, readable by all, and says what to type next', async () => {
    const { status, out, err } = await install('--listen', '127.0.0.1:9000');
    expect([status, err]).toEqual([0, []]);
    expect(out).toEqual([
      `${unit()} is written. Next:`,
      '  systemctl daemon-reload',
      '  systemctl enable --now fallover   # where it runs already: systemctl restart fallover',
      '  systemctl status fallover',
      '  journalctl -u fallover | grep "Create the administrator"   # the first time: the address to open',
      '  export FALLOVER_STATE=/var/lib/fallover   # so that the shell finds it; for good in /etc/profile.d/fallover.sh',
      '  fallover query cluster',
      'Stopping the service leaves commands that run alone. In a cluster of several nodes stop the cluster services of this node first.',
    ]);
    const text = readFileSync(unit(), 'utf8');
    expect(text).toMatch(/^ExecStart=\/.*\/apps\/cli\/bin\/fallover start --state \/var\/lib\/fallover --log-directory /m);
    expect(text).toContain(' --listen 127.0.0.1:9000\n');
    expect(statSync(unit()).mode & 0o777).toBe(0o644);
    expect(readdirSync(units)).toEqual(['fallover.service']);
  });

  it.skipIf(spawnSync('systemd-analyze', ['--version']).status !== 0)(
    'writes what systemd understands (skipped where there is no systemd-analyze)',
    async () => {
      await install('--tls-cert', '/etc/a b%$x.pem', '--tls-key', '/k');
      const { stderr } = spawnSync('systemd-analyze', ['verify', unit()], { encoding: 'utf8' });
      expect(stderr.split('\n').filter((line) => line.includes('fallover.service'))).toEqual([]);
    },
  );

  it('shows it with --print, for any directories, and writes nothing', async () => {
    const { status, out } = await shell('', ['install-service', '--print', '--log-directory=/srv/log'], {
      env: { FALLOVER_STATE: '/srv/state' },
    });
    expect(status).toBe(0);
    expect(out.join('\n')).toContain(' start --state /srv/state --log-directory /srv/log\n');
  });

  it('writes over its own unit, and over an edited one only by force', async () => {
    await install('--listen', '127.0.0.1:9000');
    expect((await install()).status).toBe(0);
    const own = readFileSync(unit(), 'utf8');
    writeFileSync(unit(), own.replace('RestartSec=2', 'RestartSec=5'));
    expect(await install()).toEqual({
      status: 2,
      out: [],
      err: [
        `${unit()} was edited, or is not from "fallover install-service", so it is left as it is.`,
        '  "systemctl edit fallover" changes a unit without touching the file; --force writes over it.',
      ],
    });
    expect(readFileSync(unit(), 'utf8')).toContain('RestartSec=5');
    expect((await install('--force')).status).toBe(0);
    expect(readFileSync(unit(), 'utf8')).toBe(own);
  });

  it('leaves a masked unit alone', async () => {
    symlinkSync('/dev/null', unit());
    expect((await install()).status).toBe(2);
    expect(lstatSync(unit()).isSymbolicLink()).toBe(true);
  });

  it('refuses what fallover start would refuse, a password that all could read, and a machine without systemd', async () => {
    expect((await install('--keep-days', '0')).err).toEqual([
      '--keep-days: "0" is not a number of days to keep runs for; give a whole number from 1 to 99999.',
    ]);
    expect((await install('--store', 'etcd://fallover:secret@h:2379')).err).toEqual([
      'A password stands in these options, and everybody may read a unit.',
      '  Give it as a setting, such as FALLOVER_STORE=…, in /etc/default/fallover, which only root may read (mode 0600).',
    ]);
    const nowhere = join(units, 'nothing');
    expect((await install('--directory', nowhere)).err).toEqual([
      `There is no directory ${nowhere}: systemd is not what starts services here. --print shows the unit.`,
    ]);
    expect(readdirSync(units)).toEqual([]);
  });
});
