import { createHash } from 'node:crypto';
import { chmodSync, mkdtempSync, readdirSync, readlinkSync, realpathSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { type Entry, type ScriptSet, scriptsOf } from '@fallover/events';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { clusters, reply } from '../definition/cluster-for-tests.ts';
import { openLibraryDirectory } from './directory.ts';
import { scriptLibrary } from './script-library.ts';
import { setNameOf } from './set-name.ts';

const cluster = clusters();

let directory: string;
beforeEach(() => {
  directory = realpathSync(mkdtempSync(join(tmpdir(), 'fallover-library-')));
  chmodSync(directory, 0o755);
  openLibraryDirectory(directory, { node: 'nodea', cluster: 'prod' });
});
afterEach(() => rmSync(directory, { recursive: true, force: true }));

/** A definition with the library, and what it says by itself. `open` are the revisions of runs that have not ended. */
async function withLibrary() {
  const troubles: (string | undefined)[] = [];
  const open: number[] = [];
  const { store } = await cluster('memory');
  const library = scriptLibrary({
    directory,
    node: 'nodea',
    store,
    openRevisions: async () => open,
    trouble: (sentence) => troubles.push(sentence),
  });
  const { ask } = await cluster('memory', { store, library });
  const save = async (name: string, text: string) => {
    const found = await ask('getScript', { parameters: { name } });
    const revision = 'ok' in found && found.ok ? (found.value as { draft: { revision: number } }).draft.revision : 0;
    reply(await ask('changeScript', { parameters: { name }, body: { revision, text } }));
  };
  const synchronise = async () => reply(await ask('synchronise', { body: { override: [] } }));
  const scripts = async (number: number): Promise<ScriptSet> =>
    scriptsOf(JSON.parse((await store.revision(number))?.document ?? '{"entries":[]}'));
  return {
    ask,
    store,
    library,
    troubles,
    open,
    save,
    synchronise,
    setOf: async (number: number) => setNameOf(await scripts(number)),
  };
}

const sets = (): string[] => readdirSync(join(directory, 'sets')).sort();

describe('the sets of the script library', () => {
  it('are kept as long as a run goes by them, and removed when nothing had need of them at two looks', async () => {
    const { library, save, synchronise, open, setOf } = await withLibrary();
    for (const text of ['#!/bin/sh\n:\n', '#!/bin/sh\ntrue\n', '#!/bin/sh\nfalse\n']) {
      await save('check', text);
      await synchronise();
    }
    const [first, second, third] = [await setOf(1), await setOf(2), await setOf(3)];
    await library.takeUp();
    expect(sets()).toEqual([third]);

    await save('check', '#!/bin/sh\n:\n');
    await synchronise();
    await save('check', '#!/bin/sh\ntrue\n');
    await synchronise();
    open.push(1);
    await library.removeOldSets();
    expect(sets()).toEqual([first, second, third].sort());
    await library.removeOldSets();
    expect(sets()).toEqual([first, second].sort());
    open.pop();
    await library.removeOldSets();
    // Laid down once more between the looks, as by a synchronise that has not come to its end yet.
    const content = { cluster: createHash('sha256').update('#!/bin/sh\n:\n').digest('hex') };
    const entries: Entry[] = [{ class: 'script', name: 'check', fields: { content } }];
    expect(await library.layDown({ entries })).toEqual({ ok: true, value: undefined });
    await library.removeOldSets();
    expect(sets()).toEqual([first, second].sort());
    await library.removeOldSets();
    expect(sets()).toEqual([second]);
  });
});

describe('a command of the script library', () => {
  it('is looked at by the document that it stands in, not by its file', async () => {
    const { ask, library, save, store } = await withLibrary();
    await save('check', '#!/bin/sh\n');
    await save('odd', '#!/no/such/interpreter\n');
    await save('none', 'echo\n');
    const path = (name: string) => join(directory, 'current', name);
    expect(await library.checkCommand(path('check'))).toBeUndefined();
    expect(await library.checkCommand(path('odd'))).toEqual({ code: 'no_interpreter', path: path('odd'), reason: 'ENOENT' });
    expect(await library.checkCommand(path('none'))).toEqual({ code: 'no_interpreter', path: path('none') });
    expect(await library.checkCommand(path('other'))).toEqual({ code: 'script_not_in_revision', path: path('other') });
    expect(await library.checkCommand('/bin/sh')).toBeUndefined();
    expect(await library.checkCommand('/no/such/file')).toMatchObject({ code: 'command_not_found' });

    const lost: Entry = { class: 'script', name: 'lost', fields: { content: { cluster: 'f'.repeat(64) } } };
    expect(await library.commandOf(path('lost'), { entries: [lost] })).toMatchObject({ fault: { code: 'script_not_laid_down' } });
    const findings = await library.findings({ format: 1, cluster: 'prod', entries: [lost] });
    expect(findings.map(({ id }) => id)).toContain('script_bytes_missing:script/lost/content');
    expect(await library.layDown({ entries: [lost] })).toMatchObject({ error: { code: 'content_not_kept' } });
    chmodSync(directory, 0o777);
    expect(await library.checkCommand(path('check'))).toEqual({ code: 'directory_not_trusted', path: directory });
    expect((await ask('listScripts')) as object).toMatchObject({ value: { enabled: true, directory } });
    expect(await store.active()).toBeUndefined();
  });
});

describe('a script library that cannot be written', () => {
  it('refuses a synchronise before anything is active, in a sentence', async () => {
    const { ask, library, save, store, troubles } = await withLibrary();
    await save('check', '#!/bin/sh\n');
    // A file where the sets are to be stops root too.
    rmSync(join(directory, 'sets'), { recursive: true });
    writeFileSync(join(directory, 'sets'), '');
    expect(await ask('synchronise', { body: { override: [] } })).toMatchObject({
      error: {
        code: 'scripts_not_writable',
        status: 503,
        sentence: expect.stringContaining(`The scripts of the library cannot be laid down in ${directory} (E`),
      },
    });
    expect(await store.active()).toBeUndefined();
    await library.follow();
    expect(troubles.at(-1)).toContain('cannot be laid down');
    rmSync(join(directory, 'sets'));
    await library.follow();
    expect(troubles.at(-1)).toBeUndefined();
    expect(readlinkSync(join(directory, 'current'))).toBe(`sets/${setNameOf(new Map())}`);
  });
});
