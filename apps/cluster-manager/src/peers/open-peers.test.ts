import { spawn } from 'node:child_process';
import { createHash } from 'node:crypto';
import { once } from 'node:events';
import { appendFileSync, chmodSync, mkdirSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { gunzipSync } from 'node:zlib';
import { stepId } from '@fallover/events';
import { afterEach, describe, expect, it } from 'vitest';
import { endedRow } from '../journal/run-row.test-support.ts';
import { inProcess } from './in-process.ts';
import { solePeers } from './sole-peers.ts';
import { type PeerNode, peerNodes } from './open-peers.test-support.ts';
import type { NodeUseCases } from './through-peers.ts';

let site: Awaited<ReturnType<typeof peerNodes>>;
afterEach(() => site?.close());

const RUN = '0199aaaa-0000-7000-8000-000000abcdef';
const STEP = stepId(`${RUN}/1/nodeb`, 'event', 1);
const LINES = { before: 0, count: 200 };

const given = (answer: unknown) => {
  const { ok, value, error } = answer as { ok: boolean; value: unknown; error?: { sentence: string } };
  if (!ok) throw new Error(error?.sentence);
  // biome-ignore lint/suspicious/noExplicitAny: a test says what it expects of it
  return value as any;
};
const refusal = (answer: unknown) => (answer as { error: { code: string; status: number; sentence: string } }).error;
const input = (parameters: unknown, query: unknown) => ({ parameters, query, body: undefined }) as never;

async function textOf(body: unknown): Promise<Buffer> {
  const parts: Buffer[] = [];
  for await (const part of body as AsyncIterable<Uint8Array | string>) parts.push(Buffer.from(part as string));
  return Buffer.concat(parts);
}

/** nodea and nodeb, over TLS or inside one process. */
async function two(transport: 'TLS' | 'process'): Promise<[PeerNode, PeerNode]> {
  site = await peerNodes(transport === 'TLS' ? undefined : inProcess());
  const [a, b] = [await site.start('nodea'), await site.start('nodeb')];
  if (transport === 'TLS') await site.join(b, await site.token(a, 'nodeb'));
  await a.pass();
  await b.pass();
  return [a, b];
}

describe.each(['TLS', 'process'] as const)('another node, asked through this one over %s', (transport) => {
  it('shows its logs, and to administrators its daemon.log', async () => {
    const [a, b] = await two(transport);
    site.write(b, 'hacmp.out', 'one of b\ntwo of b\n');
    site.write(b, 'daemon.log', '{"secret":1}\n');
    site.write(a, 'hacmp.out', 'one of a\n');
    const listed = given(await a.useCases.listLogs(input(undefined, { node: 'nodeb' }), a.context()));
    expect(listed.node).toBe('nodeb');
    expect(listed.logs.map(({ name }: { name: string }) => name)).toEqual(['hacmp.out', 'daemon.log']);
    const asMonitor = given(await a.useCases.listLogs(input(undefined, { node: 'nodeb' }), a.context('monitor')));
    expect(asMonitor.logs.map(({ name }: { name: string }) => name)).toEqual(['hacmp.out']);
    const lines = given(
      await a.useCases.getLogLines(input({ log: 'hacmp.out' }, { node: 'nodeb', from: 0, ...LINES }), a.context('monitor')),
    );
    expect(lines.lines.map(({ text }: { text: string }) => text)).toEqual(['one of b', 'two of b']);
    const forbidden = await a.useCases.getLogLines(
      input({ log: 'daemon.log' }, { node: 'nodeb', from: 0, ...LINES }),
      a.context('operator'),
    );
    expect(refusal(forbidden)).toMatchObject({ code: 'not_permitted', status: 403 });
    const own = given(await a.useCases.getLogLines(input({ log: 'hacmp.out' }, { from: 0, ...LINES }), a.context('monitor')));
    expect(own.lines.map(({ text }: { text: string }) => text)).toEqual(['one of a']);
    const found = given(
      await a.useCases.searchHacmpOut(input(undefined, { node: 'nodeb', text: 'two', from: 0, limit: 5 }), a.context('monitor')),
    );
    expect(found.matches).toMatchObject([{ file: 'hacmp.out', text: 'two of b' }]);
  });

  it('shows the output of its steps, which the id of a step says are there', async () => {
    const [a, b] = await two(transport);
    b.journal.append([], [endedRow(RUN)]);
    site.write(b, `${STEP.replaceAll('/', '_')}.log`, 'mounted\n');
    const lines = given(await a.useCases.getOutputLines(input({ run: RUN }, { step: STEP, from: 0, ...LINES }), a.context()));
    expect(lines.lines.map(({ text }: { text: string }) => text)).toEqual(['mounted']);
    const unknown = await a.useCases.getOutputLines(
      input({ run: RUN.replace('a', 'b') }, { step: STEP.replace('a', 'b'), from: 0, ...LINES }),
      a.context(),
    );
    expect(refusal(unknown)).toMatchObject({ code: 'run_not_found', status: 404 });
  });

  it('says what an interrupted step left running there, and ends it for an operator', async () => {
    const [a, b] = await two(transport);
    const asked = (role: 'monitor' | 'operator') =>
      [{ parameters: { run: RUN }, query: { step: STEP }, body: { step: STEP } } as never, a.context(role)] as const;
    expect(refusal(await a.useCases.listProcesses(...asked('monitor')))).toMatchObject({ code: 'not_interrupted' });
    const at = '2026-11-26T12:00:00.000Z';
    b.journal.append([{ run: RUN, record: { kind: 'interrupted', at, step: STEP, reason: 'launcher_died' } }], [endedRow(RUN)]);
    const left = spawn('sleep', ['60'], { detached: true, env: { FALLOVER_STEP: STEP, FALLOVER_STATE: b.state } });
    await once(left, 'spawn');
    const processes = [{ pid: left.pid, command: 'sleep 60' }];
    expect(given(await a.useCases.listProcesses(...asked('monitor')))).toEqual({ processes });
    const ended = once(left, 'exit');
    expect(given(await a.useCases.endProcesses(...asked('operator')))).toEqual({ ended: [left.pid] });
    await ended;
    expect(given(await a.useCases.listProcesses(...asked('monitor')))).toEqual({ processes: [] });
    await b.stop();
    expect(refusal(await a.useCases.listProcesses(...asked('monitor'))).sentence).toMatch(/its processes are on nodeb/);
  });

  it('gives its files as they are, of any size, raw and compressed', async () => {
    const [a, b] = await two(transport);
    const text = Buffer.alloc(3_300_000, 'all of it \u00e4\n');
    b.journal.append([], [endedRow(RUN)]);
    writeFileSync(site.write(b, `${STEP.replaceAll('/', '_')}.log`, ''), text);
    site.write(b, 'hacmp.out', '');
    const raw = given(await a.useCases.downloadOutput(input({ run: RUN }, { step: STEP, gzip: false }), a.context()));
    expect(raw.headers).toEqual({
      'Content-Disposition': `attachment; filename="${STEP.replaceAll('/', '-')}.log"`,
      'Content-Length': '3300000',
    });
    // What is written meanwhile does not make it longer.
    appendFileSync(join(b.state, 'log', `${STEP.replaceAll('/', '_')}.log`), 'more');
    expect((await textOf(raw.body)).equals(text)).toBe(true);
    const packed = given(await a.useCases.downloadOutput(input({ run: RUN }, { step: STEP, gzip: true }), a.context()));
    expect(gunzipSync(await textOf(packed.body)).length).toBe(3_300_004);
    const empty = given(
      await a.useCases.downloadLog(input({ log: 'hacmp.out' }, { node: 'nodeb', gzip: false }), a.context('monitor')),
    );
    expect(empty.headers['Content-Disposition']).toBe('attachment; filename="nodeb-hacmp.out"');
    expect(await textOf(empty.body)).toEqual(Buffer.alloc(0));
    const none = await a.useCases.downloadLog(input({ log: '../secret.key' }, { node: 'nodeb', gzip: false }), a.context());
    expect(refusal(none)).toMatchObject({ code: 'log_file_not_found', status: 404 });
  });

  it('is among the event summaries of all nodes, the newest first; one that does not answer is named', async () => {
    const [a, b] = await two(transport);
    const at = (minute: string, node: string) =>
      `Nov 26 2026 12:${minute}:00 EVENT START: node_up ${node}\nNov 26 2026 12:${minute}:01 EVENT COMPLETED: node_up ${node} 0\n`;
    site.write(a, 'hacmp.out', at('01', 'x') + at('03', 'x'));
    site.write(b, 'hacmp.out', at('02', 'x') + at('04', 'x'));
    const query = { days: 3650, limit: 3 };
    const all = given(await a.useCases.listEventSummaries(input(undefined, query), a.context('monitor')));
    expect(all.summaries.map(({ node }: { node: string }) => node)).toEqual(['nodeb', 'nodea', 'nodeb']);
    expect(all.found).toBe(4);
    const ofB = given(await a.useCases.listEventSummaries(input(undefined, { ...query, node: 'nodeb' }), a.context()));
    expect([ofB.found, ofB.summaries[0].node]).toEqual([2, 'nodeb']);
    const saved = given(await a.useCases.saveEventSummaries(input(undefined, { days: 3650 }), a.context()));
    const text = (await textOf(saved.body)).toString();
    expect(text.match(/^Event summaries of node node[ab]/gm)).toEqual([
      'Event summaries of node nodea',
      'Event summaries of node nodeb',
    ]);
    expect(text.match(/^2 event summaries\.$/gm)).toHaveLength(2);
    await b.close();
    const without = given(await a.useCases.listEventSummaries(input(undefined, query), a.context('monitor')));
    expect(without.found).toBe(2);
    expect(without.unanswered).toEqual([
      {
        node: 'nodeb',
        sentence: expect.stringMatching(
          /^Node nodeb does not answer at .*; its event summaries are on nodeb itself\. See whether that node and its cluster manager run\.$/,
        ),
        since: expect.stringMatching(/^\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d\.\d{3}Z$/),
      },
    ]);
    // One that is no member any more is not left out either, and since when it is silent stays as it was.
    site.nodes.delete('nodeb');
    const later = given(await a.useCases.listEventSummaries(input(undefined, query), a.context('monitor')));
    expect(later.unanswered).toMatchObject([{ node: 'nodeb', since: without.unanswered[0].since }]);
    const alone = await a.useCases.listEventSummaries(input(undefined, { ...query, node: 'nodeb' }), a.context('monitor'));
    expect(refusal(alone)).toMatchObject({
      code: 'peer_not_answering',
      status: 503,
      detail: `Node nodeb has been asked in vain since ${without.unanswered[0].since.slice(0, 19).replace('T', ' ')} UTC.`,
    });
  });

  it('is looked at by verification: path, owner, mode and bytes of each command', async () => {
    const [a] = await two(transport);
    const scripts = join(site.directory, 'scripts');
    mkdirSync(scripts, { mode: 0o755 });
    const paths = Array.from({ length: 601 }, (_, index) => join(scripts, `script${index}`));
    for (const path of paths.slice(0, 2)) writeFileSync(path, '#!/bin/sh\nexit 0\n', { mode: 0o755 });
    writeFileSync(paths[2] as string, '#!/bin/sh\n', { mode: 0o755 });
    chmodSync(paths[2] as string, 0o777);
    const [inspector] = a.inspectors();
    expect(inspector?.node).toBe('nodeb');
    const { commands } = (await inspector?.inspect(paths)) ?? { commands: new Map() };
    expect(commands.size).toBe(601);
    const facts = (index: number) => commands.get(paths[index] as string) as { fault?: { code: string }; sha256?: string };
    expect(facts(0)).toEqual({
      form: 'script',
      mode: 0o755,
      size: 17,
      sha256: createHash('sha256').update('#!/bin/sh\nexit 0\n').digest('hex'),
    });
    expect(facts(2).fault?.code).toBe('writable_by_others');
    expect(facts(600).fault?.code).toBe('command_not_found');
  });

  it('has a clock: a difference beyond a second is told, with the time of the question taken off', async () => {
    const [a, b] = await two(transport);
    expect(Math.abs(a.clockDifferenceMs('nodeb') ?? Number.NaN)).toBeLessThan(500);
    expect(a.troubles.has('clocks_differ')).toBe(false);
    b.clock.aheadMs = 5_000;
    await a.pass();
    await b.pass();
    expect(a.clockDifferenceMs('nodeb')).toBeGreaterThan(4_500);
    expect(a.troubles.get('clocks_differ')).toMatch(
      /^Clocks differ: against that of nodea, that of nodeb is [45]\.\d s ahead\. Logs of several nodes are read by their clocks: set them by NTP\.$/,
    );
    expect(b.troubles.get('clocks_differ')).toMatch(/that of nodea is [45]\.\d s behind/);
    b.clock.aheadMs = 0;
    await a.pass();
    expect(a.troubles.has('clocks_differ')).toBe(false);
  });

  it('that is not there is said in a sentence', async () => {
    const [a] = await two(transport);
    const answer = await a.useCases.listLogs(input(undefined, { node: 'nodex' }), a.context());
    expect(refusal(answer)).toMatchObject(
      transport === 'TLS'
        ? {
            code: 'peer_not_known',
            status: 404,
            sentence:
              'Node nodex has not joined the cluster with a certificate, so it cannot be asked; its logs are on nodex itself. On a member type "fallover add join_token nodex", and on nodex "fallover join TOKEN".',
          }
        : { code: 'peer_not_answering', status: 503 },
    );
  });
});

describe('a node in one process with others', () => {
  it('can be cut off from one of them, and be reached again', async () => {
    const process = inProcess();
    site = await peerNodes(process);
    const [a] = [await site.start('nodea'), await site.start('nodeb')];
    const asked = () => a.peers.ask('nodeb', { name: 'getClock', input: {} });
    const mend = process.cut('nodea', 'nodeb');
    expect(await asked()).toMatchObject({ ok: false, error: { code: 'peer_not_answering', reason: 'ETIMEDOUT' } });
    mend();
    expect(await asked()).toMatchObject({ ok: true });
  });
});

describe('a node alone', () => {
  it('says that there is no other one, and that none can join', async () => {
    const local = { listLogs: async () => ({ ok: true, value: 'own' }) } as unknown as NodeUseCases;
    const { useCases } = solePeers({ node: 'nodea', local });
    const context = {} as never;
    const as = { principal: { name: 'ada', role: 'admin', via: 'session' } } as never;
    expect(await useCases.listLogs(input(undefined, { node: 'nodea' }), context)).toMatchObject({ value: 'own' });
    expect(refusal(await useCases.listLogs(input(undefined, { node: 'nodeb' }), as))).toEqual({
      code: 'no_other_nodes',
      status: 404,
      sentence: 'There is no node nodeb here: node nodea is the only one of this cluster.',
    });
    expect(refusal(await useCases.addJoinToken(input({ node: 'nodeb' }, undefined), as))).toEqual({
      code: 'nothing_to_join',
      status: 409,
      sentence:
        'Node nodea has a store of its own, so no other node can join it. Start it with --store etcd://HOST:PORT,… to share one.',
    });
  });
});
