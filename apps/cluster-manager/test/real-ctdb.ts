import { type ChildProcess, execFile, spawn } from 'node:child_process';
import { randomInt } from 'node:crypto';
import {
  chmodSync,
  copyFileSync,
  existsSync,
  mkdirSync,
  mkdtempSync,
  openSync,
  readFileSync,
  rmSync,
  writeFileSync,
} from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';

const CTDBD = '/usr/sbin/ctdbd';
const PROGRAMS = [CTDBD, '/usr/bin/ctdb', '/usr/libexec/ctdb/ctdb-event'];

/** Why tests with CTDB are skipped here; undefined where they can run. Where FALLOVER_REQUIRE names ctdb, they fail. */
export const NO_CTDB: string | undefined =
  !PROGRAMS.every(existsSync) && !(process.env['FALLOVER_REQUIRE'] ?? '').split(',').includes('ctdb')
    ? 'there is no ctdbd in /usr/sbin; apt-get install ctdb'
    : undefined;

export interface Ended {
  status: number;
  /** stdout, then stderr. */
  text: string;
}

/** One CTDB of a test: a cluster of one node on a loopback address, with all its places in a directory of its own. */
export interface RealCtdb {
  base: string;
  /** An executable script `COMPONENT/FILE`, unless the mode says otherwise. */
  script(file: string, text: string, mode?: number): void;
  start(): void;
  /** `ctdb WORDS`, as people type it. */
  ctdb(...words: string[]): Promise<Ended>;
  /** The program behind `ctdb event`; its exit status is the number of the error, where ctdb takes 64 from those above 64. */
  event(...words: string[]): Promise<Ended>;
  /** What it said on its output. */
  log(): string;
  end(): Promise<void>;
}

export function realCtdb(): RealCtdb {
  const base = mkdtempSync(join(tmpdir(), 'fallover-ctdb-'));
  chmodSync(base, 0o755);
  for (const path of ['events/legacy', 'events/notification', 'share/events', 'var', 'run'])
    mkdirSync(join(base, path), { recursive: true, mode: 0o755 });
  // An address of its own, since CTDB's port is always the same.
  const address = `127.${randomInt(1, 255)}.${randomInt(1, 255)}.${randomInt(1, 255)}`;
  writeFileSync(join(base, 'nodes'), `${address}\n`);
  writeFileSync(
    join(base, 'ctdb.conf'),
    `[logging]\n  log level = NOTICE\n[cluster]\n  node address = ${address}\n[legacy]\n  realtime scheduling = false\n`,
  );
  if (existsSync('/etc/ctdb/notify.sh')) copyFileSync('/etc/ctdb/notify.sh', join(base, 'notify.sh'));
  const env = { PATH: '/usr/sbin:/usr/bin:/sbin:/bin', CTDB_BASE: base, CTDB_TEST_MODE: '1', TZ: 'UTC' };
  const run = (file: string, words: string[]): Promise<Ended> =>
    new Promise((resolve) => {
      execFile(file, words, { env, timeout: 60_000 }, (error, stdout, stderr) => {
        const status = error ? (typeof error.code === 'number' ? error.code : 255) : 0;
        resolve({ status, text: `${stdout}${stderr}` });
      });
    });
  let daemon: ChildProcess | undefined;
  const logFile = join(base, 'log');

  return {
    base,
    script(file, text, mode = 0o755) {
      const path = join(base, 'events', file);
      mkdirSync(join(path, '..'), { recursive: true, mode: 0o755 });
      writeFileSync(path, text);
      chmodSync(path, mode);
    },
    start() {
      const log = openSync(logFile, 'a', 0o600);
      daemon = spawn(CTDBD, ['-i'], { env, stdio: ['ignore', log, log] });
    },
    ctdb: (...words) => run('/usr/bin/ctdb', words),
    event: (...words) => run('/usr/libexec/ctdb/ctdb-event', words),
    log: () => readFileSync(logFile, 'utf8'),
    async end() {
      const ended = daemon?.exitCode === null ? new Promise((resolve) => daemon?.once('exit', resolve)) : undefined;
      daemon?.kill('SIGTERM');
      await ended;
      rmSync(base, { recursive: true, force: true });
    },
  };
}
