import { spawn, spawnSync } from 'node:child_process';
import { copyFileSync, mkdirSync, mkdtempSync, readFileSync, rmSync, symlinkSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';

// The script is the real one; npm and Node stand in for the registry and only write down what they were asked.
let checkout: string;

const FAKE_NODE = `#!/bin/sh
case $1 in
  -p) echo "\${FAKE_NODE_MAJOR:-20}" ;;
  --version) echo "v\${FAKE_NODE_MAJOR:-20}.0.0" ;;
  */vite.js) mkdir -p dist && echo console >dist/index.html ;;
  *) echo "node $*" ;;
esac
`;

const FAKE_NPM = `#!/bin/sh
echo "$PWD: npm $1" >>"$CHECKOUT/asked"
[ -z "$FAKE_NPM_FAULT" ] || { echo "$FAKE_NPM_FAULT"; exit 1; }
case $1 in
  ci)
    for platform in linux-x64 linux-arm64; do
      mkdir -p "node_modules/node-$platform/bin"
      cp "$CHECKOUT/bin/node" "node_modules/node-$platform/bin/node"
    done
    ;;
  install) mkdir -p node_modules && echo '{}' >node_modules/.package-lock.json ;;
esac
`;

function write(path: string, text: string, mode = 0o644): void {
  mkdirSync(dirname(join(checkout, path)), { recursive: true });
  writeFileSync(join(checkout, path), text, { mode });
}

beforeEach(() => {
  checkout = join(mkdtempSync(join(tmpdir(), 'fallover set-up ')), 'x');
  write('bin/node', FAKE_NODE, 0o755);
  write('bin/npm', FAKE_NPM, 0o755);
  for (const path of ['tools/node/package.json', 'tools/node/package-lock.json', 'package.json', 'package-lock.json'])
    write(path, '{}');
  for (const path of [
    'apps/console/package.json',
    'packages/contract/package.json',
    'packages/events/package.json',
    'e2e/package.json',
  ])
    write(path, '{}');
  write('apps/cli/bin/fallover', '#!/bin/sh\necho "fallover $*"\n', 0o755);
  copyFileSync(join(import.meta.dirname, 'setup.sh'), join(checkout, 'tools/setup.sh'));
});
afterEach(() => rmSync(dirname(checkout), { recursive: true }));

const environment = (more: NodeJS.ProcessEnv) => ({ PATH: `${checkout}/bin:/usr/bin:/bin`, CHECKOUT: checkout, ...more });

function setUp(args: string[], more: NodeJS.ProcessEnv = {}): { status: number | null; stdout: string; stderr: string } {
  const run = spawnSync('/bin/sh', [join(checkout, 'tools/setup.sh'), ...args], { encoding: 'utf8', env: environment(more) });
  const plain = (text: string) => text.replaceAll(checkout, 'CHECKOUT').replaceAll(/\d+ s\b/g, 'DURATION');
  return { status: run.status, stdout: plain(run.stdout), stderr: plain(run.stderr) };
}

/** The standard programs beside the stand-ins, for a PATH on which nothing else is: no npm, no flock. */
function linkPrograms(): void {
  for (const name of 'sh uname find sha256sum sort cat mkdir dirname date rm ln sleep readlink cp'.split(' '))
    symlinkSync(spawnSync('which', [name], { encoding: 'utf8' }).stdout.trim(), join(checkout, 'bin', name));
}

const asked = () => readFileSync(join(checkout, 'asked'), 'utf8').replaceAll(checkout, 'CHECKOUT');

describe('the set-up of a fresh clone', () => {
  it('brings Node, the dependencies and the console, then starts Fallover on the state directory of the checkout', () => {
    expect(setUp(['start', '--node', 'nodea'])).toEqual({
      status: 0,
      stdout: 'fallover start --state CHECKOUT/var --node nodea\n',
      stderr: 'set-up: the pinned Node ... DURATION\nset-up: dependencies ... DURATION\nset-up: the console ... DURATION\n',
    });
    expect(asked()).toBe('CHECKOUT/tools/node: npm ci\nCHECKOUT: npm install\n');
  });

  it('does nothing the second time', () => {
    setUp(['test']);
    expect(setUp(['test', 'lint'])).toEqual({ status: 0, stdout: 'node tools/test.ts lint\n', stderr: '' });
    expect(setUp(['start']).stderr).toBe('');
  });

  it('brings only what changed up to date', () => {
    setUp(['start']);
    write('packages/events/src/names.ts', 'export const x = 1;\n');
    expect(setUp(['start']).stderr).toBe('set-up: the console ... DURATION\n');
    write('package-lock.json', '{"changed":true}');
    expect(setUp(['start']).stderr).toBe('set-up: dependencies ... DURATION\nset-up: the console ... DURATION\n');
  });

  it('leaves the state directory to the administrator who names one', () => {
    setUp(['start']);
    expect(setUp(['start', '--state', '/srv/a']).stdout).toBe('fallover start --state /srv/a\n');
    expect(setUp(['start', '--state=/srv/a']).stdout).toBe('fallover start --state=/srv/a\n');
    expect(setUp(['start'], { FALLOVER_STATE: '/srv/a' }).stdout).toBe('fallover start\n');
  });
});

describe('a set-up that cannot be', () => {
  it('asks for npm', () => {
    rmSync(join(checkout, 'bin/npm'));
    linkPrograms();
    expect(setUp(['start'], { PATH: `${checkout}/bin` })).toEqual({
      status: 1,
      stdout: '',
      stderr: 'set-up: npm is not on the PATH; install npm with Node 18 or newer.\n',
    });
  });

  it('asks for a newer Node', () => {
    expect(setUp(['start'], { FAKE_NODE_MAJOR: '16' })).toEqual({
      status: 1,
      stdout: '',
      stderr: 'set-up: npm needs Node 18 or newer to set Fallover up; this machine has v16.0.0.\n',
    });
  });

  it('shows what npm said, and counts as a failure of the test', () => {
    expect(setUp(['test'], { FAKE_NPM_FAULT: 'npm error code EAI_AGAIN' })).toEqual({
      status: 1,
      stdout: '0 passed, 1 failed, 0 skipped\n',
      stderr:
        'set-up: the pinned Node ... failed\nnpm error code EAI_AGAIN\n' +
        'set-up: this command failed in CHECKOUT/tools/node: npm ci --include=optional --no-audit --no-fund --loglevel=warn\n',
    });
  });

  it('refuses a task that it does not know', () => {
    expect(setUp(['tset'])).toEqual({
      status: 2,
      stdout: '',
      stderr: 'set-up: name one task: start, test, check, dev, lab, bench, crash, faults, fuzz or shots.\n',
    });
  });
});

describe('two set-ups at once', () => {
  it('work one after the other', async () => {
    const both = [1, 2].map(() => {
      const child = spawn('/bin/sh', [join(checkout, 'tools/setup.sh'), 'start'], { env: environment({}), stdio: 'ignore' });
      return new Promise((resolve) => child.once('exit', resolve));
    });
    expect(await Promise.all(both)).toEqual([0, 0]);
    expect(asked()).toBe('CHECKOUT/tools/node: npm ci\nCHECKOUT: npm install\n');
  });

  it('do not wait for one whose process is gone, also without flock', () => {
    const gone = spawnSync('/bin/true').pid;
    mkdirSync(join(checkout, 'tools/.setup'), { recursive: true });
    symlinkSync(String(gone), join(checkout, 'tools/.setup/holder'));
    linkPrograms();
    expect(setUp(['start'], { PATH: `${checkout}/bin` }).status).toBe(0);
  });
});
