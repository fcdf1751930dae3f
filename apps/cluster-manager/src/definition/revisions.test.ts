import { describe, expect, it } from 'vitest';
import { clusters, refused, reply } from './cluster-for-tests.ts';

type Ask = Awaited<ReturnType<ReturnType<typeof clusters>>>['ask'];
const cluster = <Value>(value: Value) => ({ cluster: value });
const network = (ask: Ask, name: string, revision: number, netmask: string) =>
  ask('changeEntry', { parameters: { class: 'network', name }, body: { revision, fields: { netmask: cluster(netmask) } } });
const sync = (ask: Ask, comment: string) => ask('synchronise', { body: { comment, override: [] } });
const compare = (ask: Ask, from: string, to: string) => ask('compareRevisions', { query: { from, to } });
const restore = (ask: Ask, number: number, discardChanges = false) =>
  ask('restoreRevision', { parameters: { number }, body: { discardChanges } });
const snapshot = (ask: Ask, name: string, body: object = {}) => ask('addSnapshot', { parameters: { name }, body });

/** Three revisions: net1 has 8, then 16 and net2 comes, then 24. */
async function history(ask: Ask): Promise<void> {
  await network(ask, 'net1', 0, '8');
  await sync(ask, 'one');
  await network(ask, 'net1', 1, '16');
  await network(ask, 'net2', 0, '8');
  await sync(ask, 'two');
  await network(ask, 'net1', 2, '24');
  await sync(ask, 'three');
}

describe('the history of the configuration', () => {
  const openCluster = clusters();

  it('lists what was made active, newest first, with its names', async () => {
    const { ask } = await openCluster('sqlite');
    await history(ask);
    await snapshot(ask, 'golden', { revision: 2, remark: 'as delivered' });
    const listed = reply<{ revisions: object[]; more: boolean; snapshots: object[] }>(
      await ask('listRevisions', { query: { limit: 2 } }),
    );
    expect(listed).toMatchObject({
      revisions: [
        { number: 3, by: 'ada', comment: 'three', active: true, snapshots: [] },
        { number: 2, comment: 'two', active: false, snapshots: ['golden'] },
      ],
      more: true,
      snapshots: [{ name: 'golden', revision: 2, by: 'ada', at: '2026-11-23T14:22:10.000Z', remark: 'as delivered' }],
    });
    expect(reply(await ask('listRevisions', { query: { limit: 2, before: 2 } }))).toMatchObject({
      revisions: [{ number: 1 }],
      more: false,
    });
  });

  it('shows any revision whole', async () => {
    const { ask } = await openCluster('sqlite');
    await history(ask);
    expect(reply(await ask('getRevision', { parameters: { number: 1 } }))).toMatchObject({
      number: 1,
      cluster: 'prod',
      entries: [{ class: 'network', name: 'net1', fields: { netmask: cluster('8') } }],
    });
    expect(refused(await ask('getRevision', { parameters: { number: 4 } }))).toBe('revision_not_found 404');
  });

  it('compares any two: by number, by name, active and draft, and the empty beginning', async () => {
    const { ask } = await openCluster('sqlite');
    await history(ask);
    await snapshot(ask, 'golden', { revision: 2 });
    await network(ask, 'net2', 3, '9');
    const net1 = (before: string, after: string) => ({ name: 'net1', values: [{ field: 'netmask', before, after }] });
    expect(reply(await compare(ask, '1', 'golden'))).toMatchObject({ count: 2, changes: [net1('8', '16'), { name: 'net2' }] });
    expect(reply(await compare(ask, '3', '1'))).toMatchObject({
      count: 2,
      changes: [net1('24', '8'), { name: 'net2', kind: 'deleted' }],
    });
    expect(reply(await compare(ask, 'active', 'draft'))).toMatchObject({ count: 1, changes: [{ name: 'net2' }] });
    expect(reply(await compare(ask, '0', '1'))).toMatchObject({ count: 1, changes: [{ kind: 'added' }] });
    expect(refused(await compare(ask, '1', 'nothing'))).toBe('revision_not_found 404');
  });

  it('restores a revision as the draft, and makes nothing active', async () => {
    const { ask, activeDocument, draftDocument } = await openCluster('sqlite');
    await history(ask);
    expect(reply(await restore(ask, 1))).toMatchObject({ number: 1, count: 2, changes: [{ name: 'net1' }, { name: 'net2' }] });
    expect((await activeDocument()).number).toBe(3);
    expect((await draftDocument()).document.entries).toEqual([
      { class: 'network', name: 'net1', fields: { netmask: cluster('8') } },
    ]);
    expect(reply(await sync(ask, 'back to one'))).toMatchObject({ number: 4 });
    expect(reply(await compare(ask, '1', '4'))).toMatchObject({ count: 0, changes: [] });
  });

  it('does not throw away what is not synchronised, unless that is said', async () => {
    const { ask, store } = await openCluster('sqlite');
    await history(ask);
    await network(ask, 'net3', 0, '8');
    const before = await store.draft();
    expect(refused(await restore(ask, 1))).toBe('draft_has_changes 409');
    expect(await store.draft()).toEqual(before);
    expect(reply(await restore(ask, 1, true))).toMatchObject({ number: 1 });
    expect((await store.draft()).map(({ name }) => name)).toEqual(['net1']);
    expect(refused(await restore(ask, 9))).toBe('revision_not_found 404');
  });

  it('makes active, and throws away, only the draft that was seen', async () => {
    const { ask } = await openCluster('sqlite');
    await history(ask);
    await network(ask, 'net1', 4, '9');
    const draft = reply<{ draft: string }>(await ask('getChanges', {})).draft;
    await network(ask, 'net2', 3, '9');
    expect(refused(await ask('synchronise', { body: { override: [], draft } }))).toBe('changed_meanwhile 409');
    const discarding = { parameters: { number: 1 }, body: { discardChanges: true, draft } };
    expect(refused(await ask('restoreRevision', discarding))).toBe('changed_meanwhile 409');
    expect(reply(await ask('getChanges', {}))).toMatchObject({ active: { number: 3 }, count: 2 });
    const { draft: now } = reply<{ draft: string }>(await ask('getChanges', {}));
    expect(reply(await ask('synchronise', { body: { override: [], draft: now } }))).toMatchObject({ number: 4, hash: now });
  });

  it('names revisions once, and not like a number or a document', async () => {
    const { ask } = await openCluster('sqlite');
    expect(refused(await snapshot(ask, 'golden'))).toBe('revision_not_found 404');
    await history(ask);
    expect(reply(await snapshot(ask, 'golden'))).toMatchObject({ name: 'golden', revision: 3 });
    expect(refused(await snapshot(ask, 'golden', { revision: 1 }))).toBe('snapshot_exists 409');
    expect(refused(await snapshot(ask, '12'))).toBe('not_a_snapshot_name 400');
    expect(refused(await snapshot(ask, 'draft'))).toBe('not_a_snapshot_name 400');
    expect(refused(await snapshot(ask, 'a b'))).toBe('invalid_input 400 name:not_a_name');
    reply(await ask('deleteSnapshot', { parameters: { name: 'golden' } }));
    expect(refused(await ask('deleteSnapshot', { parameters: { name: 'golden' } }))).toBe('snapshot_not_found 404');
  });
});
