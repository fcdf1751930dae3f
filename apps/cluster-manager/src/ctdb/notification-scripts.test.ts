import { chmodSync, mkdirSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { checkTrust } from '../executor/launcher/trust.ts';
import { commandRunner } from '../notification/run-command.ts';
import { notificationScripts } from './notification-scripts.ts';

let base: string;
let faults: string[];

beforeEach(() => {
  base = mkdtempSync(join(tmpdir(), 'fallover-notify-'));
  mkdirSync(join(base, 'events/notification'), { recursive: true });
  faults = [];
});
afterEach(() => rmSync(base, { recursive: true }));

function script(name: string, body: string, mode = 0o755): void {
  const path = join(base, 'events/notification', name);
  writeFileSync(path, `#!/bin/sh\n${body}\n`);
  chmodSync(path, mode);
}
const heard = (): string[] => readFileSync(join(base, 'heard'), 'utf8').trimEnd().split('\n');
const scripts = (timeoutMs?: number) =>
  notificationScripts({
    runCommand: commandRunner({ directory: base, checkTrust: async (path) => checkTrust(path) }),
    ...(timeoutMs === undefined ? {} : { timeoutMs }),
    failed: (sentence) => faults.push(sentence.replaceAll(base, 'BASE')),
  });
const HEAR = 'echo "$(basename "$0") $# $1" >> "$CTDB_BASE/heard"';

describe('notification scripts', () => {
  it('run one after the other with one argument, the executable ones, and one that fails keeps none from running', async () => {
    script('20.second.script', HEAR);
    script('10.first.script', `${HEAR}\necho no mail server >&2\nexit 3`);
    script('30.off.script', HEAR, 0o644);
    script('40.no-script', HEAR);
    const { tell } = scripts();
    await Promise.all([tell(base, 'unhealthy'), tell(base, 'healthy')]);
    expect(heard()).toEqual([
      '10.first.script 1 unhealthy',
      '20.second.script 1 unhealthy',
      '10.first.script 1 healthy',
      '20.second.script 1 healthy',
    ]);
    expect(faults).toEqual([
      'The notification script BASE/events/notification/10.first.script ended with status 3 for unhealthy: no mail server',
      'The notification script BASE/events/notification/10.first.script ended with status 3 for healthy: no mail server',
    ]);
  });

  it('are trusted as every command that runs as root, and ended when they hang', async () => {
    script('10.anybody.script', HEAR, 0o777);
    script('20.hangs.script', 'sleep 60');
    script('30.last.script', HEAR);
    await scripts(200).tell(base, 'unhealthy');
    expect(heard()).toEqual(['30.last.script 1 unhealthy']);
    expect(faults).toEqual([
      expect.stringContaining('The notification script BASE/events/notification/10.anybody.script was not run for unhealthy: '),
      'The notification script BASE/events/notification/20.hangs.script ended with status 143 for unhealthy: it said nothing',
    ]);
  });

  it('are none where there is no such directory', async () => {
    rmSync(join(base, 'events'), { recursive: true });
    await scripts().tell(base, 'startup');
    expect(faults).toEqual([]);
  });
});
