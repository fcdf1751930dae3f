import { readdirSync, readFileSync, rmSync, statSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import {
  type CustomEventView,
  changeCustomEvent,
  changeEventCustomization,
  type EventView,
  getConfiguration,
  listCustomEvents,
  listEvents,
  loadExample,
  synchronise,
} from '@fallover/contract';
import { PREDEFINED_EVENTS } from '@fallover/events';
import { openStore } from '@fallover/store';
import { describe, expect, it } from 'vitest';
import { cuttable } from '../../faults/cuttable.ts';
import { clusters, refused, reply } from './cluster-for-tests.ts';
import { sha256 } from './documents.ts';

type Changed = { event: EventView; warnings: { code: string; field?: string; sentence: string }[] };
type Synchronised = { number: number; hash: string; changes: unknown[]; warnings: { code: string; sentence: string }[] };
type Ask = Awaited<ReturnType<ReturnType<typeof clusters>>>['ask'];

const cluster = <Value>(value: Value) => ({ cluster: value });
const customise = (ask: Ask, event: string, revision: number, fields: object, id?: string) =>
  ask('changeEventCustomization', { parameters: { event }, body: { revision, fields } }, id);
const addCustomEvent = (ask: Ask, name: string, revision = 0, fields: object = { script: cluster('/bin/true') }) =>
  ask('changeCustomEvent', { parameters: { name }, body: { revision, fields } });
const sync = (ask: Ask, comment?: string, id?: string) =>
  ask('synchronise', { body: comment === undefined ? {} : { comment } }, id);

describe.each(['sqlite', 'memory'] as const)('the definition, on %s', (kind) => {
  const openCluster = clusters();

  it('begins empty: revision 0, nothing customised, nothing to synchronise', async () => {
    const { ask, activeDocument } = await openCluster(kind);
    const active = await activeDocument();
    expect(active.number).toBe(0);
    expect(active.document).toEqual({ format: 1, cluster: 'prod', entries: [] });
    expect(active.hash).toBe(sha256('{"cluster":"prod","entries":[],"format":1}'));
    expect(reply(await ask('getConfiguration'))).toEqual({ changes: [], changeCount: 0, exampleLoadable: true });
    expect(refused(await sync(ask))).toBe('nothing_to_synchronise 409');
    const { events } = reply<{ events: EventView[] }>(await ask('listEvents'));
    expect(events.map(({ name }) => name)).toEqual(PREDEFINED_EVENTS.map(({ name }) => name));
    expect(events.every((event) => event.synchronised && event.draft === undefined && event.active === undefined)).toBe(true);
  });

  it('changes an event in the draft, cleaned, and tells the screens', async () => {
    const { ask, told, store } = await openCluster(kind);
    const fields = { notifyCommand: cluster('/bin/true'), recoveryCommand: cluster(''), recoveryCounter: cluster(0) };
    const { event, warnings } = reply<Changed>(await customise(ask, 'node_up', 0, fields));
    expect(event.draft).toEqual({ revision: 1, fields: { notifyCommand: cluster('/bin/true') } });
    expect([event.synchronised, event.active]).toEqual([false, undefined]);
    expect(warnings).toEqual([]);
    expect(reply(await ask('getEvent', { parameters: { event: 'node_up' } }))).toEqual(event);
    expect(told).toEqual(['changed']);
    const document = '{"format":1,"fields":{"notifyCommand":{"cluster":"/bin/true"}}}';
    expect(await store.draft()).toEqual([{ class: 'event', name: 'node_up', revision: 1, document }]);
  });

  it('has no entry for an event on which nothing is customised any more', async () => {
    const { ask, store } = await openCluster(kind);
    expect(reply<Changed>(await customise(ask, 'node_up', 0, {})).event.draft).toBeUndefined();
    await customise(ask, 'node_up', 0, { notifyCommand: cluster('/bin/true') });
    const { event } = reply<Changed>(await customise(ask, 'node_up', 1, { notifyCommand: cluster('') }));
    expect([event.draft, event.synchronised]).toEqual([undefined, true]);
    expect(await store.draft()).toEqual([]);
  });

  it('refuses what the rules refuse, and writes nothing', async () => {
    const { ask, store, told } = await openCluster(kind);
    expect(refused(await customise(ask, 'node_upp', 0, {}))).toBe('unknown_event 404 event:unknown_event');
    expect(refused(await ask('getEvent', { parameters: { event: 'x' } }))).toBe('unknown_event 404 event:unknown_event');
    const wrong = { notifyCommand: cluster('notify'), preEventCommand: cluster(['tell']) };
    expect(refused(await customise(ask, 'node_up', 0, wrong))).toBe(
      'invalid_input 400 notifyCommand:not_a_full_pathname preEventCommand:custom_event_not_defined',
    );
    expect(refused(await addCustomEvent(ask, '-x', 0, {}))).toBe('invalid_input 400 name:not_a_name script:script_missing');
    expect([await store.draft(), told]).toEqual([[], []]);
  });

  it('refuses a save on what somebody else has saved', async () => {
    const { ask } = await openCluster(kind);
    await customise(ask, 'node_up', 0, { recoveryCounter: cluster(1) });
    expect(refused(await customise(ask, 'node_up', 0, { recoveryCounter: cluster(2) }))).toBe('changed_meanwhile 409');
    await addCustomEvent(ask, 'tell');
    expect(refused(await addCustomEvent(ask, 'tell'))).toBe('changed_meanwhile 409');
  });

  it('warns of commands that could not be started now, on this node', async () => {
    const { ask, state } = await openCluster(kind);
    const script = join(state, 'not-executable');
    writeFileSync(script, '#!/bin/sh\n', { mode: 0o600 });
    const fields = {
      eventCommand: { nodes: { nodea: '/not/there', nodeb: '/bin/true' } },
      notifyCommand: { cluster: '/bin/true', nodes: { nodeb: '/not/there/either' } },
    };
    const { warnings } = reply<Changed>(await customise(ask, 'node_up', 0, fields));
    expect(warnings.map(({ code, field }) => [code, field])).toEqual([
      ['event_command_replaced', 'eventCommand'],
      ['command_not_found', 'eventCommand'],
    ]);
    expect(warnings[1]?.sentence).toBe(
      'Event Command: There is no file "/not/there" on this node. Put the command there, or correct the pathname in the configuration.',
    );
    const custom = reply<Changed>(await addCustomEvent(ask, 'tell', 0, { script: cluster(script) }));
    expect(custom.warnings.map(({ code, field }) => [code, field])).toEqual([['not_executable', 'script']]);
  });

  it('lists custom events with the events that use them, and deletes only those that none uses', async () => {
    const { ask } = await openCluster(kind);
    await addCustomEvent(ask, 'tell');
    await addCustomEvent(ask, 'check');
    await customise(ask, 'node_up', 0, { preEventCommand: cluster(['check']), postEventCommand: { nodes: { nodeb: ['tell'] } } });
    await customise(ask, 'node_down', 0, { preEventCommand: cluster(['check']) });
    const { customEvents } = reply<{ customEvents: CustomEventView[] }>(await ask('listCustomEvents'));
    expect(customEvents.map(({ name, usedBy }) => [name, usedBy])).toEqual([
      ['check', ['node_down', 'node_up']],
      ['tell', ['node_up']],
    ]);
    const remove = (name: string, revision: number) => ask('deleteCustomEvent', { parameters: { name }, query: { revision } });
    expect(refused(await remove('check', 2))).toBe('in_use 409');
    expect(refused(await remove('other', 0))).toBe('not_found 404');
    await customise(ask, 'node_up', 3, {});
    expect(refused(await remove('tell', 7))).toBe('changed_meanwhile 409');
    expect(await remove('tell', 1)).toEqual({ ok: true, value: undefined });
    expect(reply<{ customEvents: CustomEventView[] }>(await ask('listCustomEvents')).customEvents).toHaveLength(1);
  });

  it('makes the draft active as the next revision, its bytes laid down for the launcher', async () => {
    const { ask, activeDocument, state, documentOf, told } = await openCluster(kind);
    await addCustomEvent(ask, 'tell');
    await customise(ask, 'node_up', 0, { preEventCommand: cluster(['tell']) });
    const first = reply<Synchronised>(await sync(ask, 'the first'));
    expect(first.number).toBe(1);
    expect(first.changes).toEqual([
      { class: 'custom_event', name: 'tell', kind: 'added', fields: ['script'] },
      { class: 'event', name: 'node_up', kind: 'added', fields: ['preEventCommand'] },
    ]);
    const file = join(state, 'revisions', `${first.hash}.json`);
    expect(sha256(readFileSync(file))).toBe(first.hash);
    expect(statSync(file).mode & 0o777).toBe(0o600);
    expect(await activeDocument()).toEqual({ number: 1, hash: first.hash, document: JSON.parse(readFileSync(file, 'utf8')) });
    expect(reply(await ask('getConfiguration'))).toEqual({
      active: {
        number: 1,
        hash: first.hash,
        at: '2026-11-23T14:22:10.000Z',
        by: 'ada',
        comment: 'the first',
        verification: { errors: 0, warnings: 0, overridden: [] },
      },
      changes: [],
      changeCount: 0,
      exampleLoadable: false,
    });
    expect(reply<EventView>(await ask('getEvent', { parameters: { event: 'node_up' } }))).toMatchObject({
      draft: { revision: 2, fields: { preEventCommand: cluster(['tell']) } },
      active: { preEventCommand: cluster(['tell']) },
      synchronised: true,
    });
    expect(refused(await sync(ask))).toBe('nothing_to_synchronise 409');
    await customise(ask, 'node_up', 2, {});
    const second = reply<Synchronised>(await sync(ask));
    expect([second.number, second.changes]).toEqual([
      2,
      [{ class: 'event', name: 'node_up', kind: 'deleted', fields: ['preEventCommand'] }],
    ]);
    // A run that began under the first revision keeps it.
    expect((await documentOf(first.hash)).entries).toHaveLength(2);
    expect(told).toHaveLength(5);
  });

  it('refuses to make a draft active in which an event names a custom event that is gone', async () => {
    const { ask, store } = await openCluster(kind);
    await addCustomEvent(ask, 'tell');
    await customise(ask, 'node_up', 0, { preEventCommand: cluster(['tell']) });
    // As when the two were changed at the same moment.
    const request = { id: 'r1', principal: 'ada', digest: 'd' };
    const gone = { class: 'custom_event', name: 'tell', revision: 1, document: undefined };
    await store.saveEntry(request, gone, () => ({ status: 204, body: '' }));
    expect(refused(await sync(ask))).toBe('draft_not_valid 409 preEventCommand:custom_event_not_defined');
    expect(await store.active()).toBeUndefined();
  });

  it('gives a repeat the first answer, also where it would now be refused', async () => {
    const { ask, store, told } = await openCluster(kind);
    const fields = { recoveryCounter: cluster(1) };
    const first = reply(await customise(ask, 'node_up', 0, fields, 'request-1'));
    expect(await customise(ask, 'node_up', 0, fields, 'request-1')).toMatchObject({
      repeated: { status: 200, body: JSON.stringify(first), digest: 'd', principal: 'ada' },
    });
    const synchronised = reply(await sync(ask, undefined, 'request-2'));
    expect(reply(await sync(ask, undefined, 'request-2'))).toEqual(synchronised);
    expect((await store.active())?.number).toBe(1);
    expect(told).toHaveLength(2);
  });

  it('replies as the contract says', async () => {
    const { ask } = await openCluster(kind);
    const loaded = loadExample.reply.parse(reply(await ask('loadExample', { body: {} })));
    expect(loaded.number).toBe(1);
    await customise(ask, 'node_up', 1, {});
    listEvents.reply.strict().parse(reply(await ask('listEvents')));
    listCustomEvents.reply.strict().parse(reply(await ask('listCustomEvents')));
    getConfiguration.reply.strict().parse(reply(await ask('getConfiguration')));
    changeCustomEvent.reply.strict().parse(reply(await addCustomEvent(ask, 'tell')));
    changeEventCustomization.reply.strict().parse(reply(await customise(ask, 'node_up', 0, { recoveryCounter: cluster(1) })));
    synchronise.reply.strict().parse(reply(await sync(ask)));
  });
});

describe('the definition without the store', () => {
  const openCluster = clusters();

  it('is shown as the store said it last, and nothing is written', async () => {
    const opened = await openStore('memory:');
    if (!opened.ok) throw new Error(opened.error.code);
    const line = cuttable(opened.value, () => 0);
    const { ask } = await openCluster('memory', { store: line.store });
    await customise(ask, 'node_up', 0, { recoveryCounter: cluster(1) });
    await sync(ask);
    await customise(ask, 'node_up', 1, { recoveryCounter: cluster(2) });
    const shown = async () => [
      reply(await ask('listEvents')),
      reply(await ask('getConfiguration')),
      reply(await ask('getChanges')),
    ];
    const before = await shown();
    line.cut();
    expect(await shown()).toEqual(before);
    await expect(customise(ask, 'node_up', 2, { recoveryCounter: cluster(3) })).rejects.toThrow('no_quorum');
    await expect(sync(ask)).rejects.toThrow('no_quorum');
    line.mend();
    expect(await shown()).toEqual(before);
  });

  it('that the store never told is not taken for an empty one', async () => {
    const opened = await openStore('memory:');
    if (!opened.ok) throw new Error(opened.error.code);
    const line = cuttable(opened.value, () => 0);
    line.cut();
    const { ask } = await openCluster('memory', { store: line.store });
    await expect(ask('getConfiguration')).rejects.toThrow('no_quorum');
  });
});

describe('the active revision on disk', () => {
  const openCluster = clusters();

  it('is there again after a restart, by number, hash and document', async () => {
    const first = await openCluster('sqlite');
    await customise(first.ask, 'node_up', 0, { notifyCommand: cluster('/bin/true') });
    await sync(first.ask);
    const active = await first.activeDocument();
    await first.store.close();
    const second = await openCluster('sqlite', { state: first.state });
    expect(await second.activeDocument()).toEqual(active);
    expect(await second.documentOf(active.hash)).toEqual(active.document);
  });

  it('is laid down again at start where its file is missing or differs, also the empty one', async () => {
    const { ask, ensureRevisionFile, activeDocument, state } = await openCluster('sqlite');
    const file = async () => join(state, 'revisions', `${(await activeDocument()).hash}.json`);
    const isWhole = async () => `${sha256(readFileSync(await file()))}.json` === (await file()).split('/').at(-1);
    await ensureRevisionFile();
    expect(await isWhole()).toBe(true);
    await customise(ask, 'node_up', 0, { notifyCommand: cluster('/bin/true') });
    await sync(ask);
    rmSync(await file());
    await ensureRevisionFile();
    expect(await isWhole()).toBe(true);
    writeFileSync(await file(), '{"format":1,"cluster":"prod","entries":[]}');
    await ensureRevisionFile();
    expect(await isWhole()).toBe(true);
    expect(readdirSync(join(state, 'revisions')).filter((name) => !name.endsWith('.json'))).toEqual([]);
  });

  it('stays when the bytes of the next one cannot be written', async () => {
    const { ask, state, store } = await openCluster('sqlite');
    writeFileSync(join(state, 'revisions'), 'in the way');
    await customise(ask, 'node_up', 0, { notifyCommand: cluster('/bin/true') });
    expect(refused(await sync(ask))).toBe('revision_not_writable 503');
    expect(await store.active()).toBeUndefined();
  });

  it('is refused in a sentence when it cannot be read', async () => {
    const { ask, activeDocument, store } = await openCluster('memory');
    const request = { id: 'r1', principal: 'ada', digest: 'd' };
    const damaged = { document: '{"format":9}', hash: 'h', at: '', by: '' };
    await store.activate(request, damaged, { active: 0, entries: [] }, () => ({ status: 201, body: '' }));
    expect(refused(await ask('listEvents'))).toBe('definition_not_readable 500');
    await expect(activeDocument()).rejects.toThrow(
      'The configuration cannot be read: revision 1 is damaged, or was written by a newer version (its format is 9, not 1).',
    );
  });
});
