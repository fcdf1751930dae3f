import { execFile } from 'node:child_process';
import { existsSync, mkdirSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { join, resolve } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { hasSettled, type TestCluster, testCluster } from './cluster.ts';
import { type Ended, NO_CTDB, type RealCtdb, realCtdb } from './real-ctdb.ts';

const FALLOVER = resolve(import.meta.dirname, '../../cli/bin/fallover');

/** Appends what it is called with to `witness` in the base: what CTDB has truly run. */
const WITNESS = '#!/bin/sh\necho "$*" >> "$CTDB_BASE/witness"\n';
/** Fails monitor as long as there is a file `sick` in the base. */
const SERVICE = '#!/bin/sh\n[ "$1" = monitor ] && [ -e "$CTDB_BASE/sick" ] && { echo "the service is sick"; exit 3; }\nexit 0\n';

if (NO_CTDB !== undefined) console.log(`Skipped: the tests with CTDB, since ${NO_CTDB}.`);

describe.skipIf(NO_CTDB !== undefined)(`a real ctdbd (skipped where ${NO_CTDB ?? 'there is none'})`, () => {
  let real: RealCtdb;
  let cluster: TestCluster;
  let notified: string;

  beforeAll(async () => {
    process.env['CTDB_TEST_MODE'] = '1';
    real = realCtdb();
    real.script('legacy/10.witness.script', WITNESS);
    real.script('legacy/20.off.script', WITNESS, 0o644);
    real.script('legacy/50.service.script', SERVICE);
    cluster = await testCluster({ ctdbBase: real.base });
    notified = join(real.base, 'notified');
    const notify = cluster.script('notify', `echo "$*" >> ${notified}`);
    await cluster.configure({
      node_unhealthy: { notifyCommand: { cluster: notify } },
      node_healthy: { notifyCommand: { cluster: notify } },
      ctdb_event: { notifyCommand: { cluster: notify } },
    });
    expect((await fallover('ctdb', 'install-hook', '--ctdb-base', real.base)).status).toBe(0);
    await cluster.ask('PUT', '/api/v1/components/legacy', { mode: 'observed' });
    real.start();
    await until(async () => (await health()) === 'healthy', 40_000);
    await real.ctdb('setvar', 'MonitorInterval', '2');
  }, 60_000);
  afterAll(async () => {
    await real?.end();
    await cluster?.end();
    delete process.env['CTDB_TEST_MODE'];
  });

  const fallover = (...words: string[]): Promise<Ended> =>
    new Promise((done) => {
      const env = { ...process.env, FALLOVER_STATE: cluster.state, TZ: 'UTC' };
      execFile(FALLOVER, words, { env, timeout: 60_000 }, (error, stdout, stderr) => {
        done({ status: error ? (typeof error.code === 'number' ? error.code : 255) : 0, text: `${stdout}${stderr}` });
      });
    });
  const until = async (isSo: () => Promise<boolean>, ms = 30_000): Promise<void> => {
    for (const end = Date.now() + ms; !(await isSo()); await sleep(100))
      if (Date.now() > end) throw new Error(`It did not come to that.\n${real.log()}`);
  };
  const home = async () => (await cluster.ask('GET', '/api/v1/cluster')).body;
  const health = async (): Promise<string> =>
    (await home()).health.find(({ component }: { component: string }) => component === 'legacy')?.state;
  /** Oldest first, as the witness writes it. */
  const recorded = async (): Promise<string[]> => {
    const { runs } = (await cluster.ask('GET', '/api/v1/components/legacy/runs?limit=200')).body;
    return runs
      .toSorted((one: { acceptedAt: string }, other: { acceptedAt: string }) => one.acceptedAt.localeCompare(other.acceptedAt))
      .map(({ event, args }: { event: string; args: string[] }) => [event, ...args].join(' '));
  };
  const witnessed = (): string[] => readFileSync(join(real.base, 'witness'), 'utf8').trimEnd().split('\n');
  const heard = (): string[] => (existsSync(notified) ? readFileSync(notified, 'utf8').trimEnd().split('\n') : []);

  it('is followed from its start: every event that it runs is recorded, in order', async () => {
    const ran = witnessed().slice(0, 8);
    expect(ran.slice(0, 4)).toEqual(['init', 'setup', 'startrecovery', 'recovered']);
    expect(ran).toContain('startup');
    expect(ran).toContain('monitor');
    await until(async () => (await recorded()).length >= ran.length);
    expect((await recorded()).slice(0, ran.length)).toEqual(ran);
  });

  it('is shown as ctdb event status shows it, script by script', async () => {
    for (const event of ['init', 'setup', 'startup', 'recovered']) {
      const ours = await fallover('ctdb', 'event', 'status', 'legacy', event);
      const theirs = await real.event('status', 'legacy', event);
      expect([event, ours.text, ours.status]).toEqual([event, theirs.text, theirs.status]);
    }
  });

  it('makes its node UNHEALTHY in Fallover when its monitor fails, and one success heals it', async () => {
    writeFileSync(join(real.base, 'sick'), '');
    await until(async () => (await health()) === 'unhealthy');
    expect((await home()).health).toMatchObject([
      {
        node: 'nodea',
        component: 'legacy',
        mode: 'observed',
        isTrouble: true,
        sentence:
          'Node nodea is UNHEALTHY in component legacy: monitor failed in 50.service. "fallover ctdb event status legacy monitor" shows what it said; one monitor that succeeds heals it.',
      },
    ]);
    const ours = await fallover('ctdb', 'event', 'status', 'legacy', 'monitor');
    expect(ours.text).toContain('  OUTPUT: the service is sick\n');
    expect(ours.status).toBe(3);
    expect((await real.ctdb('status')).text).toContain('UNHEALTHY');
    rmSync(join(real.base, 'sick'));
    await until(async () => (await health()) === 'healthy');
    await until(async () => heard().includes('node_healthy complete 0 nodea legacy'));
    expect(heard().filter((line) => line.startsWith('node_'))).toEqual([
      'node_unhealthy start nodea legacy',
      'node_unhealthy complete 0 nodea legacy',
      'node_healthy start nodea legacy',
      'node_healthy complete 0 nodea legacy',
    ]);
  });

  it('starts what the worksheet says of ctdb_event, once for each event, and never for a monitor', async () => {
    const before = heard().length;
    expect((await real.event('run', '10', 'legacy', 'takeip', 'eth0', '10.0.0.1', '24')).status).toBe(0);
    expect((await real.event('run', '10', 'legacy', 'takeip', 'eth0', '10.0.0.2', '24')).status).toBe(0);
    expect((await real.event('run', '10', 'legacy', 'monitor')).status).toBeLessThanOrEqual(125);
    await until(async () => heard().filter((line) => line.includes(' complete 0 nodea legacy takeip')).length === 2);
    expect(
      heard()
        .slice(before)
        .filter((line) => line.includes(' start ') && line.includes('takeip')),
    ).toEqual(['ctdb_event start nodea legacy takeip eth0 10.0.0.1 24', 'ctdb_event start nodea legacy takeip eth0 10.0.0.2 24']);
    expect(heard().some((line) => line.includes('legacy monitor'))).toBe(false);
    const { runs } = (await cluster.ask('GET', '/api/v1/components/legacy/runs?event=takeip')).body;
    expect(runs.map(({ outcome, args, origin }: Record<string, unknown>) => [outcome, args, origin])).toEqual([
      ['ok', ['eth0', '10.0.0.2', '24'], { kind: 'ctdbd', name: 'ctdbd' }],
      ['ok', ['eth0', '10.0.0.1', '24'], { kind: 'ctdbd', name: 'ctdbd' }],
    ]);
    await cluster.until((await cluster.ask('GET', '/api/v1/runs')).body.runs[0].id, hasSettled);
  });

  it('is refused nothing and waits for nobody while Fallover is away, and what it ran then is recorded later', async () => {
    await cluster.manager.stop();
    const began = Date.now();
    expect((await real.event('run', '10', 'legacy', 'stopped')).status).toBe(0);
    expect(Date.now() - began).toBeLessThan(3_000);
    await cluster.restart();
    await until(async () => (await recorded()).includes('stopped'));
    expect(readdirSync(join(cluster.state, 'components/handed')).filter((name) => !name.startsWith('.')).length).toBeLessThan(5);
  });

  it('runs nothing that Fallover is asked to run in its component', async () => {
    const ended = await fallover('ctdb', 'event', 'run', '5', 'legacy', 'stopped');
    expect(ended.status).not.toBe(0);
    expect(ended.text).toContain('The component legacy is observed');
  });

  describe('and Fallover, side by side over the same directory', () => {
    /** Each a component of its own, so that they do not wait for each other. */
    const CASES: [component: string, files: Record<string, string | [string, number]>, seconds?: string][] = [
      ...[0, 1, 63, 64, 65, 72, 77, 126, 127, 172, 174, 189, 254, 255].map((status): [string, Record<string, string>] => [
        `exit-${status}`,
        {
          '10.before.script': '#!/bin/sh\nexit 0\n',
          '20.it.script': `#!/bin/sh\necho said\nexit ${status}\n`,
          '30.after.script': '#!/bin/sh\necho after >> "$CTDB_BASE/after"\n',
        },
      ]),
      ['signal', { '20.it.script': '#!/bin/sh\necho dying\nkill -9 $$\n' }],
      ['term', { '20.it.script': '#!/bin/sh\nkill -15 $$\n' }],
      [
        'hangs',
        {
          '10.a.script': '#!/bin/sh\nexit 0\n',
          '20.it.script': '#!/bin/sh\necho slow\nexec sleep 30\n',
          '30.b.script': '#!/bin/sh\nexit 0\n',
        },
        '1',
      ],
      ['empty', { '20.it.script': '' }],
      ['no-interpreter', { '20.it.script': '#!/nowhere/sh\nexit 0\n' }],
      ['no-hash-bang', { '20.it.script': 'exit 0\n' }],
      ['disabled', { '10.off.script': ['#!/bin/sh\nexit 1\n', 0o644], '20.it.script': '#!/bin/sh\nexit 0\n' }],
      ['group-only', { '10.off.script': ['#!/bin/sh\nexit 1\n', 0o655], '20.it.script': '#!/bin/sh\nexit 0\n' }],
      [
        'order',
        {
          '20.b.script': '#!/bin/sh\necho b\nexit 0\n',
          '20.a.script': '#!/bin/sh\nexit 0\n',
          '10.z.y.script': '#!/bin/sh\nexit 0\n',
          '9.early.script': '#!/bin/sh\nexit 1\n',
          '100.late.script': '#!/bin/sh\nexit 1\n',
          '30.no-suffix': '#!/bin/sh\nexit 1\n',
          '30.backup.script~': '#!/bin/sh\nexit 1\n',
          '40.last.script': '#!/bin/sh\necho out; echo err >&2; printf "no newline"; exit 1\n',
        },
      ],
      ['long-names-are-not-cut-in-a-status', { '10.a-name-of-more-than-twenty.script': '#!/bin/sh\nexit 0\n' }],
      ['nothing', { README: 'no scripts' }],
    ];
    const LISTED = new Set(['order', 'disabled', 'nothing']);
    const masked = ({ status, text }: Ended): string =>
      `${text
        .replace(/ {2,}\d+\.\d{3} /g, '  SECONDS ')
        .replace(/[A-Z][a-z]{2} [A-Z][a-z]{2} [ \d]\d \d\d:\d\d:\d\d \d{4}/g, 'DATE')
        .trimEnd()} | ${status}`;

    /** What the two say of it: run, status, and the list of scripts. */
    async function both([component, files, seconds = '20']: (typeof CASES)[number]): Promise<[string[], string[]]> {
      for (const [file, text] of Object.entries(files))
        if (typeof text === 'string') real.script(`${component}/${file}`, text);
        else real.script(`${component}/${file}`, ...text);
      mkdirSync(join(real.base, 'share/events', component), { mode: 0o755 });
      const ask = async (event: (...words: string[]) => Promise<Ended>): Promise<string[]> => [
        masked(await event('run', seconds, component, 'stopped')),
        masked(await event('status', component, 'stopped')),
        ...(LISTED.has(component) ? [masked(await event('script', 'list', component))] : []),
      ];
      return [await ask((...words) => fallover('ctdb', 'event', ...words)), await ask(real.event)];
    }

    it('print the same and exit with the same, whatever a script does', async () => {
      const ours: Record<string, string[]> = {};
      const theirs: Record<string, string[]> = {};
      const left = [...CASES];
      const one = async (): Promise<void> => {
        for (let next = left.shift(); next; next = left.shift()) [ours[next[0]], theirs[next[0]]] = await both(next);
      };
      await Promise.all([one(), one(), one()]);
      expect(ours).toEqual(theirs);
    }, 120_000);

    it('say the same of a component that is not there', async () => {
      const words = [
        ['run', '5', 'nowhere', 'monitor'],
        ['status', 'nowhere', 'monitor'],
      ];
      for (const of of words)
        expect([of, masked(await fallover('ctdb', 'event', ...of))]).toEqual([of, masked(await real.event(...of))]);
    });
  });
});
