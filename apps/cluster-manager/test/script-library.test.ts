import { chmodSync, existsSync, readdirSync, readFileSync, readlinkSync, rmSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import type { RunView } from '@fallover/contract';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { type TestCluster, testCluster } from './cluster.ts';

let cluster: TestCluster;
beforeEach(async () => {
  cluster = await testCluster({ hasLibrary: true });
});
afterEach(() => cluster.end());

const pathOf = (name: string): string => join(cluster.library, 'current', name);

/** Puts a script into the draft; its lines behind `#!/bin/sh`. */
async function change(name: string, lines: string) {
  const { body: found } = await cluster.ask('GET', `/api/v1/scripts/${name}`);
  const body = { revision: found.draft?.revision ?? 0, text: `#!/bin/sh\n${lines}\n` };
  return cluster.ask('PUT', `/api/v1/scripts/${name}`, body);
}

const synchronise = () => cluster.ask('POST', '/api/v1/configuration/synchronise', {});

/** A configuration in which the event command of network_up is the script `check`. */
async function configure(lines: string): Promise<void> {
  await change('check', lines);
  await cluster.configure({ network_up: { eventCommand: { cluster: pathOf('check') } } });
}

const networkUp = () => cluster.run('network_up', 'nodea', 'net1');

async function ended(run: RunView) {
  const { state, steps } = run;
  const { id: step, fault } = steps.findLast(({ key }) => key === 'event') ?? {};
  const query = new URLSearchParams({ step: step ?? '' });
  const { body: output } = await cluster.ask('GET', `/api/v1/runs/${run.id}/output?${query}`);
  return { state, output, ...(fault ? { fault: fault.code } : {}) };
}

const laidDown = async (): Promise<Record<string, string>> => {
  const { body } = await cluster.ask('GET', '/api/v1/scripts');
  return Object.fromEntries(body.scripts.map((script: { name: string; laidDown: string }) => [script.name, script.laidDown]));
};
const sets = (): string[] => readdirSync(join(cluster.library, 'sets'));

describe('a script of the library', { timeout: 60_000 }, () => {
  it('is changed in the draft, laid down by Synchronise, and run', async () => {
    const { status, body } = await change('check', 'echo "checked by $(basename "$0") [$*]"');
    expect(status).toBe(200);
    expect(body.script).toMatchObject({ path: pathOf('check'), laidDown: 'not_active', synchronised: false, usedBy: [] });
    expect(body.warnings).toEqual([]);
    expect(existsSync(pathOf('check'))).toBe(false);

    await cluster.configure({ network_up: { eventCommand: { cluster: pathOf('check') } } });
    expect(readFileSync(pathOf('check'), 'utf8')).toBe('#!/bin/sh\necho "checked by $(basename "$0") [$*]"\n');
    expect(await laidDown()).toEqual({ check: 'as_configured' });
    expect(await ended(await networkUp())).toEqual({ state: 'ended', output: 'checked by check [nodea net1]\n' });

    await change('check', 'echo other');
    const { body: view } = await cluster.ask('GET', '/api/v1/scripts/check');
    expect([view.draftText, view.activeText]).toEqual([
      '#!/bin/sh\necho other\n',
      '#!/bin/sh\necho "checked by $(basename "$0") [$*]"\n',
    ]);
    expect(view.usedBy).toEqual([{ class: 'event', name: 'network_up' }]);
    const revision = view.draft.revision;
    const { body: refused } = await cluster.ask('DELETE', `/api/v1/entries/script/check?revision=${revision}`);
    expect(refused.title).toBe('The library script check is named by event network_up. Take it out there first.');
  });

  it('keeps its bytes in a run that began with them, whatever becomes active meanwhile', async () => {
    const repaired = join(cluster.state, 'repaired');
    await configure(`echo old\ntest -e ${repaired}`);
    const run = await networkUp();
    expect(await ended(run)).toEqual({ state: 'awaiting_decision', output: 'old\n' });

    for (const text of ['echo new', 'echo newest']) {
      await change('check', text);
      expect((await synchronise()).status).toBe(201);
    }
    // Also over a restart, which removes the sets that nothing needs: the empty one of the first start, and that of `new`.
    expect(sets()).toHaveLength(4);
    await cluster.restart();
    expect(sets()).toHaveLength(2);
    writeFileSync(repaired, '');
    await cluster.ask('POST', '/api/v1/recover', { as: 'again' });
    const again = await cluster.until(run.id, ({ state }) => state === 'ended');
    expect(await ended(again)).toEqual({ state: 'ended', output: 'old\n' });
    expect(await ended(await networkUp())).toEqual({ state: 'ended', output: 'newest\n' });
    await cluster.restart();
    expect(sets()).toEqual([readlinkSync(join(cluster.library, 'current')).slice('sets/'.length)]);
  });

  it('is refused where its file was changed, until Synchronise has mended it', async () => {
    await configure('echo mine');
    const file = join(cluster.library, readlinkSync(join(cluster.library, 'current')), 'check');
    expect((await synchronise()).body.title).toBe(
      'There is nothing to synchronise: the configuration is the active one already.',
    );
    writeFileSync(file, '#!/bin/sh\necho theirs\n');
    expect(await laidDown()).toEqual({ check: 'differs' });
    const { body: verified } = await cluster.ask('POST', '/api/v1/configuration/verify', {});
    expect(verified.findings.map(({ id }: { id: string }) => id)).toContain('script_differs:script/check@nodea');
    const run = await networkUp();
    expect(await ended(run)).toMatchObject({ state: 'awaiting_decision', fault: 'script_differs' });
    expect(run.steps.find(({ key }) => key === 'event')?.status).toBe(126);
    await cluster.ask('POST', '/api/v1/recover', { as: 'skip' });

    expect((await synchronise()).body).toMatchObject({ number: 1, changes: [] });
    expect(await laidDown()).toEqual({ check: 'as_configured' });
    expect(await ended(await networkUp())).toEqual({ state: 'ended', output: 'mine\n' });

    rmSync(file);
    expect(await laidDown()).toEqual({ check: 'missing' });
    expect(await ended(await networkUp())).toMatchObject({ fault: 'script_not_laid_down' });
    await cluster.ask('POST', '/api/v1/recover', { as: 'skip' });
    chmodSync(join(cluster.library, 'sets'), 0o777);
    // A start mends too, before anything runs.
    await cluster.restart();
    expect(await ended(await networkUp())).toEqual({ state: 'ended', output: 'mine\n' });
  });

  it('is not started by a cluster manager without its library, or with another', async () => {
    await configure('echo mine');
    await cluster.restart({});
    expect(await ended(await networkUp())).toMatchObject({ state: 'awaiting_decision', fault: 'script_library_off' });
    await cluster.ask('POST', '/api/v1/recover', { as: 'skip' });
    const { status, body } = await change('check', 'echo other');
    expect([status, body.title]).toEqual([
      409,
      'The script library is off on this node. It is switched on by whoever starts the cluster manager: fallover start --script-library DIR. No panel can do that.',
    ]);
    expect((await cluster.ask('GET', '/api/v1/scripts')).body).toMatchObject({
      enabled: false,
      scripts: [{ name: 'check', path: 'DIR/current/check', laidDown: 'not_active' }],
    });

    const another = `${cluster.library}2`;
    await cluster.restart({ scriptLibrary: another });
    expect(await ended(await networkUp())).toMatchObject({ state: 'awaiting_decision', fault: 'script_library_off' });
    await cluster.ask('POST', '/api/v1/recover', { as: 'skip' });
    expect(readFileSync(join(another, 'current', 'check'), 'utf8')).toBe('#!/bin/sh\necho mine\n');
    await cluster.restart({ scriptLibrary: cluster.library });
    expect(await ended(await networkUp())).toEqual({ state: 'ended', output: 'mine\n' });
  });
});

describe('what is saved as a script', () => {
  it('is refused with its lines when it cannot be one, and warned about when it could not be started', async () => {
    const put = (body: object) => cluster.ask('PUT', '/api/v1/scripts/check', { revision: 0, ...body });
    const { status, body } = await put({ text: '#!/bin/sh\necho \0' });
    expect([status, body.code, body.faults]).toEqual([
      400,
      'not_a_script',
      [
        {
          code: 'nul_in_script',
          field: 'content',
          line: 2,
          sentence: 'Line 2 has a NUL character in it, which no script can have. Leave it out.',
        },
      ],
    ]);
    const { body: saved } = await put({ text: 'echo\r\n', remark: 'Checks' });
    expect(saved.warnings.map((warning: { code: string }) => warning.code)).toEqual(['no_interpreter_line', 'carriage_returns']);
    expect(saved.script.draft.fields.remark).toEqual({ cluster: 'Checks' });
    expect((await put({ text: '#!/bin/sh\n' })).body.code).toBe('changed_meanwhile');
    const { revision } = saved.script.draft;
    expect((await put({ revision, text: '#!/bin/sh\n' })).body.script.draft.fields.remark).toEqual({ cluster: 'Checks' });
  });

  it('is looked at by its shell', async () => {
    const { body } = await cluster.ask('POST', '/api/v1/script-check', { text: '#!/bin/sh\nif\n' });
    expect(body).toMatchObject({ checked: true, interpreter: '/bin/sh', findings: [{ line: 3 }] });
  });
});
