import { describe, expect, it } from 'vitest';
import { scriptLibrary } from '../script-library/script-library.ts';
import { clusters, refused, reply } from './cluster-for-tests.ts';
import { sha256 } from './documents.ts';

type Imported = {
  format: string;
  whole: boolean;
  saved: boolean;
  count: number;
  changes: { name: string; kind: string }[];
  notes: { sentence: string }[];
};
type Ask = Awaited<ReturnType<ReturnType<typeof clusters>>>['ask'];

const read = (ask: Ask, text: string, more: object = {}, id?: string) =>
  ask('importConfiguration', { body: { text, dryRun: false, ...more } }, id);
const changed = (outcome: Parameters<typeof reply>[0]) =>
  reply<Imported>(outcome).changes.map(({ kind, name }) => `${kind} ${name}`);
const exported = async (ask: Ask, format: string, of = 'draft') =>
  reply<{ headers: object; body: string }>(await ask('exportConfiguration', { query: { format, of } }));

const TELL = 'Class,Name,Field,Node,Value\ncustom_event,tell,FILE,,/bin/true\nevent,node_up,PREEVENTCOMMAND,,tell\n';
const SCRIPT = '#!/bin/sh\nexit 0\n';
const LIBRARY = JSON.stringify({
  format: 1,
  entries: [{ class: 'script', name: 'mend', fields: { content: { cluster: SCRIPT } } }],
});

describe.each(['sqlite', 'memory'] as const)('a file read into the draft, on %s', (kind) => {
  const openCluster = clusters();

  it('lands in the draft in one commit; what is active stays', async () => {
    const { ask, store, told, activeDocument } = await openCluster(kind);
    const outcome = await read(ask, TELL);
    expect(reply(outcome)).toMatchObject({ format: 'csv', whole: false, saved: true, count: 2, notes: [] });
    expect(changed(outcome)).toEqual(['added tell', 'added node_up']);
    expect((await store.draft()).map(({ name, revision }) => `${name} ${revision}`)).toEqual(['tell 1', 'node_up 1']);
    expect([told, (await activeDocument()).number]).toEqual([['changed'], 0]);
  });

  it('changes nothing the second time, and nothing at all when it is only tried', async () => {
    const { ask, store } = await openCluster(kind);
    expect(reply(await read(ask, TELL, { dryRun: true }))).toMatchObject({ saved: false, count: 2 });
    expect(await store.draft()).toEqual([]);
    await read(ask, TELL);
    expect(reply(await read(ask, TELL))).toMatchObject({ saved: false, count: 0, changes: [] });
  });

  it('gets its first answer again when it is repeated', async () => {
    const { ask } = await openCluster(kind);
    const first = reply(await read(ask, TELL, {}, 'request-1'));
    expect(reply(await read(ask, TELL, {}, 'request-1'))).toEqual(first);
  });

  it('adds and changes, unless it is whole: then what it does not have is deleted', async () => {
    const { ask } = await openCluster(kind);
    await read(ask, TELL);
    const other = 'Class,Name,Field,Value\ncustom_event,look,FILE,/bin/true\n';
    expect(changed(await read(ask, other, { dryRun: true }))).toEqual(['added look']);
    expect(changed(await read(ask, other, { whole: true }))).toEqual(['added look', 'deleted tell', 'deleted node_up']);
    expect(changed(await read(ask, '{"format": 1, "cluster": "test", "entries": []}'))).toEqual(['deleted look']);
  });

  it('is refused as a whole for one value, which is named by its line', async () => {
    const { ask, store } = await openCluster(kind);
    const outcome = await read(ask, `${TELL}event,node_down,POSTEVENTCOMMAND,nodec,telll\nevent,node_upp,COMMAND,,/x y\n`);
    expect(refused(outcome)).toBe('file_not_accepted 400 postEventCommand:unknown_node event:unknown_event');
    if ('error' in outcome) expect(outcome.error.faults?.map(({ line }) => line)).toEqual([4, 5]);
    expect(await store.draft()).toEqual([]);
  });

  it('is refused when it takes away what another entry still names', async () => {
    const { ask } = await openCluster(kind);
    await read(ask, `${TELL}event,node_up,PREEVENTCOMMAND,nodea,tell\n`);
    const stanza = 'HACMPevent:\n\tname = "node_up"\n\tpre = ""\n';
    expect(refused(await read(ask, stanza, { whole: true }))).toBe(
      'file_not_accepted 400 preEventCommand:custom_event_not_defined',
    );
  });

  it('is refused when somebody else saves at the same moment; nothing of it is written', async () => {
    const { ask, store } = await openCluster(kind);
    await read(ask, TELL);
    const change = (text: string) => read(ask, `Class,Name,Field,Value\ncustom_event,tell,DESCRIPTION,${text}\n`);
    const outcomes = await Promise.all([change('a'), change('b')]);
    expect(outcomes.map(refused).sort()).toEqual(['changed_meanwhile 409', 'not refused']);
    expect((await store.draft()).map(({ revision }) => revision)).toEqual([2, 1]);
  });

  it('takes the entry of the cluster under the name of this cluster, and says that the file is of another', async () => {
    const { ask } = await openCluster(kind);
    const text =
      '{"format": 1, "cluster": "test", "entries": [{"class": "cluster", "name": "test", "fields": {"verificationHour": {"cluster": 3}}}]}';
    const outcome = await read(ask, text);
    expect(changed(outcome)).toEqual(['added prod']);
    expect(reply<Imported>(outcome).notes.map(({ sentence }) => sentence)).toEqual([
      'The file is of the cluster "test"; it is read into "prod".',
    ]);
  });

  it('brings library scripts with their texts, where the script library is on', async () => {
    const { store } = await openCluster(kind);
    const library = scriptLibrary({
      directory: '/srv/library',
      node: 'nodea',
      store,
      openRevisions: async () => [],
      trouble: () => {},
    });
    const { ask } = await openCluster(kind, { store, library });
    expect(changed(await read(ask, LIBRARY))).toEqual(['added mend']);
    expect(await store.content(sha256(SCRIPT))).toBe(SCRIPT);
    const { body } = await exported(ask, 'json');
    expect(reply(await read(ask, body))).toMatchObject({ saved: false, count: 0 });
    const other = await openCluster(kind);
    expect(refused(await read(other.ask, body))).toBe('library_is_off 409');
  });
});

describe('the configuration as a file', () => {
  const openCluster = clusters();

  it('is of the draft, the active revision, any revision or a snapshot, and named so', async () => {
    const { ask } = await openCluster('memory');
    await read(ask, TELL);
    await ask('synchronise', { body: { override: [] } });
    await ask('addSnapshot', { parameters: { name: 'first' }, body: {} });
    await read(ask, 'Class,Name,Field,Value\nevent,node_up,PREEVENTCOMMAND,\n');
    const lines = async (of: string) => (await exported(ask, 'clmgr', of)).body.split('\n').slice(3);
    expect(await lines('draft')).toEqual(['clmgr add event tell FILE=/bin/true', '']);
    const first = ['clmgr add event tell FILE=/bin/true', 'clmgr modify event node_up PREEVENTCOMMAND=tell', ''];
    expect([await lines('active'), await lines('1'), await lines('first')]).toEqual([first, first, first]);
    const names = [await exported(ask, 'json'), await exported(ask, 'worksheet', '1'), await exported(ask, 'odm', 'first')];
    expect(names.map(({ headers }) => headers)).toEqual([
      { 'Content-Disposition': 'attachment; filename="prod-draft.json"' },
      { 'Content-Disposition': 'attachment; filename="prod-revision-1.worksheet.csv"' },
      { 'Content-Disposition': 'attachment; filename="prod-first.odm"' },
    ]);
    expect(refused(await ask('exportConfiguration', { query: { format: 'json', of: '7' } }))).toBe('revision_not_found 404');
  });
});
