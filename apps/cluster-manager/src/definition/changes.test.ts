import type { EntryView } from '@fallover/contract';
import { describe, expect, it } from 'vitest';
import { clusters, refused, reply } from './cluster-for-tests.ts';

type Ask = Awaited<ReturnType<ReturnType<typeof clusters>>>['ask'];
type Changes = { count: number; changes: { class: string; name: string; kind: string; revision: number; values: object[] }[] };

const cluster = <Value>(value: Value) => ({ cluster: value });
const save = (ask: Ask, entryClass: string, name: string, revision: number, fields: object) =>
  ask('changeEntry', { parameters: { class: entryClass, name }, body: { revision, fields } });
const remove = (ask: Ask, entryClass: string, name: string, revision: number) =>
  ask('deleteEntry', { parameters: { class: entryClass, name }, query: { revision } });
const revert = (ask: Ask, ...changes: object[]) => ask('revertChanges', { body: { changes } });
const sync = (ask: Ask) => ask('synchronise', { body: { override: [] } });
const changes = async (ask: Ask) => reply<Changes>(await ask('getChanges'));
const list = async (ask: Ask, entryClass: string) =>
  reply<{ entries: EntryView[] }>(await ask('listEntries', { parameters: { class: entryClass } })).entries;

describe('entries of any class', () => {
  const openCluster = clusters();

  it('are added, changed and deleted in the draft, and say who names them', async () => {
    const { ask } = await openCluster('memory');
    await save(ask, 'network', 'net1', 0, { networkType: cluster('ether'), remark: cluster('the office') });
    const saved = reply<{ entry: EntryView; warnings: object[] }>(
      await save(ask, 'interface', 'nodea_boot', 0, { onNode: cluster('nodea'), onNetwork: cluster('net1') }),
    );
    expect(saved).toMatchObject({ entry: { draft: { revision: 2 }, synchronised: false, usedBy: [] }, warnings: [] });
    expect((await list(ask, 'network'))[0]).toMatchObject({
      class: 'network',
      name: 'net1',
      draft: { revision: 1, fields: { networkType: cluster('ether'), remark: cluster('the office') } },
      usedBy: [{ class: 'interface', name: 'nodea_boot' }],
    });
    expect(refused(await remove(ask, 'network', 'net1', 1))).toBe('in_use 409');
    reply(await remove(ask, 'interface', 'nodea_boot', 2));
    reply(await remove(ask, 'network', 'net1', 1));
    expect(await list(ask, 'network')).toEqual([]);
  });

  it('warn of a name that nothing has, and refuse what the rules refuse', async () => {
    const { ask, store } = await openCluster('memory');
    const { warnings } = reply<{ warnings: { sentence: string }[] }>(
      await save(ask, 'interface', 'nodea_boot', 0, { onNode: cluster('nodec'), onNetwork: cluster('net1') }),
    );
    expect(warnings.map(({ sentence }) => sentence)).toEqual([
      'Node Name: there is no node "nodec" in the configuration. Did you mean nodea?',
      'Network Name: there is no network "net1" in the configuration. Add it, or correct the name.',
    ]);
    const before = await store.draft();
    expect(refused(await save(ask, 'network', 'net1', 0, { netmask: cluster('255.0.255.0') }))).toBe(
      'invalid_input 400 netmask:not_a_netmask',
    );
    expect(refused(await save(ask, 'network', 'net1', 0, { netmask: { nodes: { nodea: '24' } } }))).toBe(
      'invalid_input 400 netmask:same_on_every_node',
    );
    expect(refused(await save(ask, 'network', 'net1', 0, { colour: cluster('red') }))).toBe('fields_not_understood 400');
    expect(refused(await save(ask, 'site', 's1', 0, {}))).toBe('invalid_input 400 siteNodes:value_missing');
    expect(refused(await save(ask, 'cluster', 'test', 0, { verificationHour: cluster(3) }))).toBe('not_this_cluster 400');
    expect(refused(await save(ask, 'cluster', 'prod', 0, { verificationHour: cluster(24) }))).toBe(
      'invalid_input 400 verificationHour:out_of_range',
    );
    expect(refused(await save(ask, 'event', 'node_upp', 0, {}))).toBe('invalid_input 400 event:unknown_event');
    expect(refused(await save(ask, 'script', 'check', 0, { content: cluster('0'.repeat(64)) }))).toBe('library_is_off 409');
    expect(await store.draft()).toEqual(before);
  });

  it('refuse a stale save, for that entry only', async () => {
    const { ask } = await openCluster('memory');
    await save(ask, 'network', 'net1', 0, {});
    await save(ask, 'network', 'net1', 1, { netmask: cluster('24') });
    expect(refused(await save(ask, 'network', 'net1', 1, { netmask: cluster('16') }))).toBe('changed_meanwhile 409');
    expect(refused(await remove(ask, 'network', 'net1', 1))).toBe('changed_meanwhile 409');
    expect(refused(await save(ask, 'network', 'net2', 0, {}))).toBe('not refused');
  });

  it('let an event have values for a node that is defined, not only for one that takes part', async () => {
    const { ask } = await openCluster('memory');
    const fields = { notifyCommand: { nodes: { nodez: '/bin/true' } } };
    expect(refused(await save(ask, 'event', 'node_up', 0, fields))).toBe('invalid_input 400 notifyCommand:unknown_node');
    await save(ask, 'node', 'nodez', 0, { communicationPath: cluster('nodez-boot') });
    expect(refused(await save(ask, 'event', 'node_up', 0, fields))).toBe('not refused');
  });
});

describe('changes', () => {
  const openCluster = clusters();

  it('are draft against active revision, with the revision of the entry in the draft', async () => {
    const { ask } = await openCluster('memory');
    await save(ask, 'event', 'node_up', 0, { notifyCommand: cluster('/bin/true') });
    await save(ask, 'network', 'net1', 0, {});
    await sync(ask);
    await save(ask, 'event', 'node_up', 1, { notifyCommand: cluster('/bin/false'), recoveryCounter: cluster(2) });
    await remove(ask, 'network', 'net1', 2);
    expect(await changes(ask)).toMatchObject({
      active: { number: 1 },
      count: 3,
      changes: [
        {
          class: 'event',
          name: 'node_up',
          kind: 'changed',
          revision: 3,
          values: [
            { field: 'notifyCommand', before: '/bin/true', after: '/bin/false' },
            { field: 'recoveryCounter', after: 2 },
          ],
        },
        { class: 'network', name: 'net1', kind: 'deleted', revision: 0, values: [] },
      ],
    });
    expect(reply(await ask('getConfiguration'))).toMatchObject({ changeCount: 3 });
  });

  it('are taken back one by one, or several at once in one commit', async () => {
    const { ask, store } = await openCluster('memory');
    await save(ask, 'event', 'node_up', 0, { notifyCommand: cluster('/bin/true') });
    await sync(ask);
    await save(ask, 'event', 'node_up', 1, {
      notifyCommand: { cluster: '/bin/false', nodes: { nodea: '/bin/cat' } },
      recoveryCounter: cluster(2),
    });
    await save(ask, 'network', 'net1', 0, { netmask: cluster('24') });
    const nodeUp = { class: 'event', name: 'node_up', revision: 2 };
    expect(reply(await revert(ask, { ...nodeUp, field: 'notifyCommand', node: 'nodea' }))).toEqual({ reverted: 1, count: 3 });
    const rest = [
      { ...nodeUp, revision: 4, field: 'notifyCommand' },
      { ...nodeUp, revision: 4, field: 'recoveryCounter' },
      { class: 'network', name: 'net1', revision: 3 },
    ];
    expect(reply(await revert(ask, ...rest))).toEqual({ reverted: 3, count: 0 });
    expect((await store.draft()).map(({ name, revision }) => [name, revision])).toEqual([['node_up', 5]]);
    expect(refused(await sync(ask))).toBe('nothing_to_synchronise 409');
  });

  it('bring a deleted entry back', async () => {
    const { ask } = await openCluster('memory');
    await save(ask, 'network', 'net1', 0, { netmask: cluster('24') });
    await sync(ask);
    await remove(ask, 'network', 'net1', 1);
    reply(await revert(ask, { class: 'network', name: 'net1', revision: 0 }));
    expect((await list(ask, 'network'))[0]).toMatchObject({ synchronised: true, draft: { fields: { netmask: cluster('24') } } });
  });

  it('of a field that the class has not, or of a node where there is none, are none', async () => {
    const { ask } = await openCluster('memory');
    await save(ask, 'network', 'net1', 0, { netmask: cluster('24') });
    const ref = { class: 'network', name: 'net1', revision: 1 };
    expect(refused(await revert(ask, { ...ref, field: 'netmusk' }))).toBe('fields_not_understood 400');
    expect(refused(await revert(ask, { ...ref, field: 'netmask', node: 'nodea' }))).toBe('fields_not_understood 400');
    expect((await list(ask, 'network'))[0]).toMatchObject({ draft: { revision: 1 } });
  });

  it('are not taken back when the entry was saved meanwhile, nor when another one would have a fault by it', async () => {
    const { ask, store } = await openCluster('memory');
    await save(ask, 'custom_event', 'tell', 0, { script: cluster('/bin/true') });
    await save(ask, 'event', 'node_up', 0, { preEventCommand: cluster(['tell']) });
    const before = await store.draft();
    expect(refused(await revert(ask, { class: 'custom_event', name: 'tell', revision: 1 }))).toBe(
      'would_not_be_valid 409 preEventCommand:custom_event_not_defined',
    );
    expect(refused(await revert(ask, { class: 'event', name: 'node_up', revision: 1 }))).toBe('changed_meanwhile 409');
    expect(await store.draft()).toEqual(before);
    const both = [
      { class: 'custom_event', name: 'tell', revision: 1 },
      { class: 'event', name: 'node_up', revision: 2 },
    ];
    expect(reply(await revert(ask, ...both))).toEqual({ reverted: 2, count: 0 });
  });
});
