import { chmodSync, mkdtempSync, realpathSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { verificationResult } from '@fallover/contract';
import type { DefinitionDocument, Entry, NodeFacts } from '@fallover/events';
import { type ClusterStore, openStore } from '@fallover/store';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { documentOf, hashed } from '../definition/documents.ts';
import { automaticVerification, runOfDay } from './automatic.ts';
import { localInspector, type NodeInspector } from './inspector.ts';
import { verificationRecords } from './stored.ts';
import { type VerificationParts, verification } from './verification.ts';

const HOUR = 3_600_000;
const local = (day: number, hour: number): number => new Date(2026, 10, day, hour).getTime();

let top: string;
let store: ClusterStore;
beforeEach(async () => {
  top = realpathSync(mkdtempSync(join(tmpdir(), 'fallover-')));
  chmodSync(top, 0o755);
  const opened = await openStore('memory:');
  if (!opened.ok) throw new Error(opened.error.code);
  store = opened.value;
});
afterEach(async () => {
  await store.close();
  rmSync(top, { recursive: true, force: true });
});

function script(name: string, text = '#!/bin/sh\n', mode = 0o755): string {
  const path = join(top, name);
  writeFileSync(path, text);
  chmodSync(path, mode);
  return path;
}
const notifies = (path: string): Entry => ({ class: 'event', name: 'node_up', fields: { notifyCommand: { cluster: path } } });
const document = (...entries: Entry[]): DefinitionDocument => documentOf('payroll', entries);
const numbered = (content: DefinitionDocument, number = 1) => ({ number, hash: hashed(content).hash, document: content });

const onNode = (node: string, lastRun: Record<string, string> = {}): NodeInspector =>
  localInspector({ node, lastSha256: (command) => lastRun[command] });

/** Another node, whose files are those of this one below another directory. */
const elsewhere = (node: string, directory: string): NodeInspector => ({
  node,
  async inspect(paths): Promise<NodeFacts> {
    const there = paths.map((path) => path.replace(top, directory));
    const { commands, lastRun } = await onNode(node).inspect(there);
    return {
      node,
      commands: new Map(paths.map((path, index) => [path, commands.get(there[index] as string) as never])),
      lastRun,
    };
  },
});

function verifying(active: DefinitionDocument, other: Partial<VerificationParts> = {}) {
  const told: string[] = [];
  const parts: VerificationParts = {
    records: verificationRecords(store),
    inspectors: () => [onNode('nodea')],
    managed: () => ['nodea'],
    active: async () => numbered(active),
    draft: async () => numbered(active),
    hashOf: (content) => hashed(content).hash,
    durations: () => ({ timed: 0 }),
    now: () => local(23, 14),
    reading: () => 0,
    failed: (node) => void told.push(`failed ${node}`),
    changed: () => void told.push('changed'),
    ...other,
  };
  return { ...verification(parts), parts, told };
}

const asAda = { principal: { name: 'ada' } } as never;
const asked = (of: 'draft' | 'active') => ({ body: { of } }) as never;
const ids = (findings: readonly { id: string }[]): string[] => findings.map(({ id }) => id);

describe('verification', () => {
  it('looks at the files of this node, and is what the contract says', async () => {
    const path = script('notify', '#!/no/such/shell\n');
    const { look } = verifying(document());
    const result = await look(document(notifies(path)), { of: 'draft', by: 'ada', automatic: false });
    expect(verificationResult.parse(result)).toEqual({
      of: 'draft',
      hash: hashed(document(notifies(path))).hash,
      at: new Date(local(23, 14)).toISOString(),
      by: 'ada',
      automatic: false,
      durationMs: 0,
      nodes: [{ node: 'nodea', looked: true }],
      commands: 1,
      errors: 1,
      warnings: 0,
      findings: [expect.objectContaining({ id: 'no_interpreter:event/node_up/notifyCommand@nodea', overridable: true })],
    });
  });

  it('finds what differs between two nodes, and a node that cannot be asked', async () => {
    const path = script('notify');
    const other = realpathSync(mkdtempSync(join(tmpdir(), 'fallover-')));
    chmodSync(other, 0o755);
    writeFileSync(join(other, 'notify'), '#!/bin/sh\nexit 1\n', { mode: 0o755 });
    const down: NodeInspector = { node: 'nodec', inspect: () => Promise.reject(new Error('gone')) };
    const { look, told } = verifying(document(), { inspectors: () => [onNode('nodea'), elsewhere('nodeb', other), down] });
    const result = await look(document(notifies(path)), { of: 'draft', by: 'ada', automatic: false });
    rmSync(other, { recursive: true, force: true });
    expect(ids(result.findings)).toEqual([
      'node_not_reached:node/nodec@nodec',
      'command_differs:event/node_up/notifyCommand',
      'not_fenced:cluster/payroll/fenceCommand',
    ]);
    expect(result.nodes).toEqual([
      { node: 'nodea', looked: true },
      { node: 'nodeb', looked: true },
      { node: 'nodec', looked: false },
    ]);
    expect(told).toEqual(['failed nodec']);
  });

  it('says where the members of etcd run, and warns of what is lost with a machine', async () => {
    const etcdMembers = async () => [{ name: 'etcd1', addresses: ['nodea'] }];
    const { look } = verifying(document(), { etcdMembers });
    const result = verificationResult.parse(await look(document(), { of: 'draft', by: 'ada', automatic: false }));
    expect([ids(result.findings), result.errors, result.etcd]).toEqual([
      ['events_stop_with_host:node/nodea@nodea'],
      0,
      'etcd has one member: etcd1 on nodea. Event processing stops when nodea is lost.',
    ]);
    const untold = verifying(document(), { etcdMembers: () => Promise.reject(new Error('permission denied')) });
    expect((await untold.look(document(), { of: 'draft', by: 'ada', automatic: false })).etcd).toBe(
      'etcd did not tell where its members run, so it is not known which machine\'s loss stops event processing. See "etcdctl member list".',
    );
  });

  it('counts a node whose cluster manager takes no part now', async () => {
    const etcdMembers = async () => [
      { name: 'etcd1', addresses: ['nodea'] },
      { name: 'etcd2', addresses: ['nodeb'] },
    ];
    const { look } = verifying(document(), { etcdMembers, managed: () => ['nodea', 'nodeb'] });
    const result = await look(document(), { of: 'draft', by: 'ada', automatic: false });
    expect(result.nodes).toEqual([
      { node: 'nodea', looked: true },
      { node: 'nodeb', looked: false },
    ]);
    expect(ids(result.findings)).toEqual([
      'no_witness',
      'not_fenced:cluster/payroll/fenceCommand',
      'node_not_looked_at:node/nodeb@nodeb',
    ]);
  });

  it('knows the commands of the script library by their document, and takes over what is found of the library', async () => {
    const found = { id: 'x', severity: 'warning', code: 'x', sentence: 'X.', overridable: false } as const;
    const { look } = verifying(document(), {
      library: {
        findings: async () => [found],
        commandOf: async (path) => (path === '/lib/current/tell' ? { form: 'script', size: 1, sha256: 'a' } : undefined),
      },
    });
    const configured = document(notifies('/lib/current/tell'), {
      class: 'event',
      name: 'node_down',
      fields: { notifyCommand: { cluster: '/lib/other' } },
    });
    const result = await look(configured, { of: 'draft', by: 'ada', automatic: false });
    expect(ids(result.findings)).toEqual(['command_not_found:event/node_down/notifyCommand@nodea', 'x']);
    expect(result.commands).toBe(2);
  });

  it('is kept for the draft and for the active revision, and says when there is another one since', async () => {
    const [before, now] = [document(notifies(script('one'))), document(notifies(script('two')))];
    const first = verifying(before);
    const reply = await first.useCases.verify(asked('draft'), asAda);
    expect(reply).toMatchObject({ ok: true, value: { of: 'draft', by: 'ada', automatic: false, errors: 0 } });
    await first.useCases.verify(asked('active'), asAda);
    expect(first.told).toEqual(['changed', 'changed']);
    const later = verifying(before, { draft: async () => numbered(now) });
    expect(await later.useCases.getVerification({} as never, asAda)).toMatchObject({
      ok: true,
      value: {
        draft: { upToDate: false, of: 'draft' },
        active: { upToDate: true, of: 'active' },
        daily: { hour: 0, node: 'nodea', next: new Date(local(24, 0)).toISOString() },
      },
    });
  });

  it('has nothing to say before the first one, nor after a text that it does not understand', async () => {
    const { useCases } = verifying(document(), { active: async () => numbered(document(), 0) });
    expect(await useCases.getVerification({} as never, asAda)).toEqual({ ok: true, value: {} });
    await store.recordVerification('draft', 'no JSON');
    await store.recordVerification('active', '{"format":2}');
    expect(await useCases.getVerification({} as never, asAda)).toEqual({ ok: true, value: {} });
  });

  it('keeps a draft from becoming active until each error is overridden', async () => {
    const draft = document(notifies('/no/such/file'));
    const id = 'command_not_found:event/node_up/notifyCommand@nodea';
    const { verifyDraft } = verifying(document());
    const refused = await verifyDraft(draft, [], 'ada');
    expect(ids(refused.blocking)).toEqual([id]);
    expect(await verifyDraft(draft, [id, 'other'], 'ada')).toMatchObject({ blocking: [], overridden: [id], unknown: ['other'] });
    expect((await verificationRecords(store).read('draft')).result).toMatchObject({ by: 'ada', errors: 1 });
  });
});

describe('automatic verification', () => {
  /** A node whose active revision was synchronised in the morning of the 23rd. */
  function node(active: DefinitionDocument, name = 'nodea') {
    let now = local(23, 8);
    const parts = verifying(active, { now: () => now });
    const { pass } = automaticVerification({
      node: name,
      liveNodes: () => ['nodea'],
      store: { active: async () => ({ at: new Date(local(23, 8)).toISOString() }), enqueueOwn: store.enqueueOwn },
      records: parts.parts.records,
      active: parts.parts.active,
      look: parts.look,
      now: () => now,
      queued: () => void parts.told.push('queued'),
      changed: () => void parts.told.push('changed'),
    });
    return {
      ...parts,
      async at(time: number) {
        now = time;
        await pass();
        return (await store.queue()).map(({ event, args }) => [event, ...args].join(' '));
      },
      last: async () => (await parts.parts.records.read('active')).automatic,
    };
  }

  it('is done once a day, from the midnight after the synchronise on', async () => {
    const { at, last } = node(document(notifies(script('notify'))));
    await at(local(23, 23));
    expect(await last()).toBeUndefined();
    await at(local(24, 0));
    expect((await last())?.result).toMatchObject({ of: 'active', automatic: true, at: new Date(local(24, 0)).toISOString() });
    await at(local(24, 23));
    expect((await last())?.result.at).toBe(new Date(local(24, 0)).toISOString());
    await at(local(25, 0) + HOUR);
    expect((await last())?.result.at).toBe(new Date(local(25, 1)).toISOString());
  });

  it('is made up for when the node was down at the hour', async () => {
    const { at, last } = node(document(notifies(script('notify'))));
    await at(local(26, 15));
    expect((await last())?.result.at).toBe(new Date(local(26, 15)).toISOString());
  });

  it('goes on after the clock was set back', async () => {
    const { at, last } = node(document(notifies(script('notify'))));
    await at(local(28, 0));
    await at(local(25, 12));
    expect((await last())?.result.at).toBe(new Date(local(25, 12)).toISOString());
  });

  it('is left to the node that shall do it', async () => {
    const { at, last } = node(document(notifies('/no/such/file')), 'nodez');
    expect(await at(local(24, 0))).toEqual([]);
    expect(await last()).toBeUndefined();
  });

  it('raises cluster_notify for an error, each day that it is there', async () => {
    const { at, told } = node(document(notifies('/no/such/file')));
    const notify = 'cluster_notify Automatic verification of revision 1 found 1 error and 0 warnings.';
    expect(await at(local(24, 0))).toEqual([notify]);
    expect(await at(local(24, 12))).toEqual([notify]);
    expect(await at(local(25, 0))).toEqual([notify, notify]);
    expect(told).toEqual(['changed', 'queued', 'changed', 'queued']);
  });

  it('raises it for a warning once, and not for one that whoever synchronised was shown', async () => {
    const warned = document(notifies(script('fallover-notify')));
    const first = node(warned);
    expect(await first.at(local(24, 0))).toEqual([
      'cluster_notify Automatic verification of revision 1 found 0 errors and 1 warning.',
    ]);
    expect(await first.at(local(25, 0))).toHaveLength(1);

    const shown = document(notifies(script('node')));
    await verifying(shown).verifyDraft(shown, [], 'ada');
    expect(await node(shown).at(local(26, 0))).toHaveLength(1);
  });

  it('queues the event later when the daemon died between what it found and telling of it', async () => {
    const { at, parts } = node(document(notifies('/no/such/file')));
    await at(local(24, 0));
    const [queued] = await store.queue();
    expect(queued?.run).toBe(runOfDay(local(24, 0), 'payroll'));
    const untold = (await parts.records.read('active')).automatic;
    if (!untold?.event) throw new Error('Nothing was told.');
    await parts.records.change('active', (before) => ({
      ...before,
      automatic: { ...untold, event: { ...untold.event, queued: false } as never },
    }));
    expect(await at(local(24, 1))).toHaveLength(1);
    expect((await parts.records.read('active')).automatic?.event?.queued).toBe(true);
  });

  it('has an id of its own for each day, of the form of a run', () => {
    expect(runOfDay(local(24, 0), 'payroll')).toMatch(/^[0-9a-f]{8}-[0-9a-f]{4}-7[0-9a-f]{3}-[89ab][0-9a-f]{3}-[0-9a-f]{12}$/);
    expect(runOfDay(local(24, 0), 'payroll')).toBe(runOfDay(local(24, 0), 'payroll'));
    expect(runOfDay(local(25, 0), 'payroll')).not.toBe(runOfDay(local(24, 0), 'payroll'));
  });
});
