import { mkdtempSync, readdirSync, readlinkSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { prepareCommandDirectory } from './command-directory.ts';
import { eventStep, SCOPE } from './executor.test-support.ts';
import { stepLogFile } from './state-files.ts';

describe('the log of a step', () => {
  it('is named as its id', () => {
    expect(stepLogFile('/s', eventStep())).toBe(`/s/log/runs/${SCOPE}/event.1.log`);
    expect(stepLogFile('/s', `${SCOPE}/event/1/2.start_server/pre_event.3/1`)).toBe(
      `/s/log/runs/${SCOPE}/event.1/2.start_server/pre_event.3.1.log`,
    );
  });

  it.each(['', '..', `${SCOPE}/../../x`, `${SCOPE}/event`, '/etc/passwd'])('is not named by %j', (text) => {
    expect(() => stepLogFile('/s', text)).toThrow('Not the id of a step');
  });
});

describe('the directory of commands', () => {
  it('holds fallover and nothing else, however often it is prepared', async () => {
    const state = mkdtempSync(join(tmpdir(), 'fallover-'));
    await prepareCommandDirectory(state, '/opt/one/bin/fallover');
    writeFileSync(join(state, 'bin', 'ls'), '');
    expect(await prepareCommandDirectory(state, '/opt/two/bin/fallover')).toBe(join(state, 'bin'));
    expect(readdirSync(join(state, 'bin'))).toEqual(['fallover']);
    expect(readlinkSync(join(state, 'bin', 'fallover'))).toBe('/opt/two/bin/fallover');
    rmSync(state, { recursive: true });
  });
});
