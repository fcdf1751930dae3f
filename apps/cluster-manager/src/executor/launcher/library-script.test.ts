import { createHash } from 'node:crypto';
import { chmodSync, mkdirSync, readFileSync, rmSync, symlinkSync, writeFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import type { Entry, StepResult } from '@fallover/events';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { setNameOf } from '../../script-library/set-name.ts';
import { eventCommand, eventStep, makePlace, type Place, request, start } from '../executor.test-support.ts';
import { startLauncher } from '../executor-client.ts';

let place: Place;
let library: string;
beforeEach(() => {
  place = makePlace();
  library = join(place.directory, 'library');
});
afterEach(() => place.remove());

const PRINTS = '#!/bin/sh\necho this is "$0"\n';
const sha256 = (text: string): string => createHash('sha256').update(text).digest('hex');
const script = (name: string, text: string): Entry => ({ class: 'script', name, fields: { content: { cluster: sha256(text) } } });

/** Lays a script down in the set that a revision with only this script has; the file. */
function layDown(name: string, text: string, bytes = text): string {
  const set = join(library, 'sets', setNameOf(new Map([[name, sha256(text)]])));
  mkdirSync(set, { recursive: true });
  writeFileSync(join(set, name), bytes);
  chmodSync(join(set, name), 0o755);
  return join(set, name);
}

/** Runs the event command of a revision with these entries on a node that was started with this library, if any. */
async function run(entries: Entry[], scriptLibrary: string | undefined = library, attempt = 1): Promise<StepResult> {
  const executor = await startLauncher({ ...place.settings, ...(scriptLibrary === '' ? {} : { scriptLibrary }) });
  const { end } = start(executor, request(place.define(entries), { step: eventStep(attempt) }));
  const result = await end;
  await executor.close();
  if (result === 'lost') throw new Error('The launcher died.');
  return result;
}

const command = (name: string): string => join(library, 'current', name);

describe('a command of the script library', () => {
  it("is the file of the set of the run's revision, wherever current leads", async () => {
    const file = layDown('tell', PRINTS);
    symlinkSync('sets/elsewhere', join(library, 'current'));
    const entries = [script('tell', PRINTS), ...eventCommand(command('tell'))];
    expect(await run(entries)).toMatchObject({ status: 0 });
    expect(place.output(eventStep())).toBe(`this is ${file}\n`);
  });

  it('is not started when its bytes are not those of the revision', async () => {
    layDown('tell', PRINTS, '#!/bin/sh\necho something else\n');
    const { status, fault } = await run([script('tell', PRINTS), ...eventCommand(command('tell'))]);
    expect({ status, fault }).toEqual({ status: 126, fault: { code: 'script_differs', path: command('tell') } });
  });

  it('is not started when its set was not laid down, or when the script is gone from it', async () => {
    const entries = [script('tell', PRINTS), ...eventCommand(command('tell'))];
    const missing = { status: 126, fault: { code: 'script_not_laid_down', path: command('tell') } };
    expect(await run(entries)).toMatchObject(missing);
    rmSync(layDown('tell', PRINTS));
    expect(await run(entries, library, 2)).toMatchObject(missing);
  });

  it('is not started when others can write to the laid-down file or to its set', async () => {
    const file = layDown('tell', PRINTS);
    chmodSync(file, 0o757);
    const entries = [script('tell', PRINTS), ...eventCommand(command('tell'))];
    expect((await run(entries)).fault).toEqual({ code: 'writable_by_others', path: file });
    chmodSync(file, 0o755);
    chmodSync(dirname(file), 0o777);
    expect(await run(entries, library, 2)).toMatchObject({ fault: { code: 'directory_not_trusted', path: dirname(file) } });
  });

  it('is not started when the revision has no such script, also if one is laid down and active', async () => {
    const file = layDown('tell', PRINTS);
    symlinkSync(dirname(file).slice(library.length + 1), join(library, 'current'));
    expect(readFileSync(command('tell'), 'utf8')).toBe(PRINTS);
    const { status, fault } = await run(eventCommand(command('tell')));
    expect({ status, fault }).toEqual({ status: 126, fault: { code: 'script_not_in_revision', path: command('tell') } });
  });

  it('is not started by a cluster manager without the library, or with another', async () => {
    const file = layDown('tell', PRINTS);
    const entries = [script('tell', PRINTS), ...eventCommand(command('tell'))];
    const off = { code: 'script_library_off', path: command('tell') };
    expect(await run(entries, '')).toMatchObject({ status: 126, fault: off });
    symlinkSync(dirname(file).slice(library.length + 1), join(library, 'current'));
    expect(await run(entries, '/elsewhere', 2)).toMatchObject({ status: 126, fault: off });
  });

  it("is not what happens to lie in somebody's own directory of the name current", async () => {
    const file = layDown('tell', PRINTS);
    symlinkSync(dirname(file), join(library, 'current'));
    expect(await run([script('tell', PRINTS), ...eventCommand(command('tell'))], '')).toMatchObject({ status: 0 });
    expect(place.output(eventStep())).toBe(`this is ${command('tell')}\n`);
  });
});
