import { describe, expect, it } from 'vitest';
import { problem, shell, smallDaemon } from '../fixtures/small-daemon.ts';
import { shellTime } from '../shell-time.ts';

const RUN = '0199aaaa-0000-7000-8000-000000abcdef';
const AT = '2026-11-23T05:00:00.000Z';
const SHOWN = shellTime(AT);
const summary = {
  id: RUN,
  event: 'node_up',
  args: ['nodea'],
  eventClass: 'node',
  origin: { kind: 'person', name: 'root' },
  drill: false,
  revision: 1,
  state: 'ended',
  outcome: 'succeeded',
  status: 0,
  acceptedAt: AT,
  warnings: 0,
};
const step = (key: string, state: string) => ({ id: `${RUN}/1/nodea/${key}/1`, key, state });

describe('fallover sync and load-example', () => {
  it('says what is active now', async () => {
    await using daemon = await smallDaemon();
    const changes = [{ class: 'event', name: 'node_down', kind: 'changed', fields: ['notifyCommand'] }];
    const warnings = [{ code: 'x', sentence: 'node_down: not advisable.' }];
    daemon.answers('POST /api/v1/configuration/synchronise', [201, { number: 3, hash: 'h', changes, warnings, findings: [] }]);
    expect(await shell(daemon.state, ['sync', '--comment', 'for the audit'])).toEqual({
      status: 0,
      out: ['Revision 3 is active', 'changed event node_down: NOTIFYCOMMAND'],
      err: ['Warning: node_down: not advisable.'],
    });
    expect(daemon.asked[0]?.body).toEqual({ comment: 'for the audit' });
    daemon.answers('POST /api/v1/configuration/load-example', [409, problem('not_empty', 'The cluster is not empty.', 409)]);
    expect(await shell(daemon.state, ['load-example'])).toEqual({ status: 2, out: [], err: ['The cluster is not empty.'] });
  });
});

describe('fallover abort, recover and end-processes', () => {
  it('finds run and step by an end of their ids', async () => {
    await using daemon = await smallDaemon();
    daemon.answers('GET /api/v1/runs?limit=500', [200, { runs: [summary], more: false }]);
    daemon.answers(`GET /api/v1/runs/${RUN}`, [
      200,
      { ...summary, steps: [step('event', 'running'), step('pre_event.1', 'interrupted')] },
    ]);
    daemon.answers(`POST /api/v1/runs/${RUN}/abort`, [200, { aborted: [step('event', '').id] }]);
    daemon.answers(`POST /api/v1/runs/${RUN}/end-processes`, [200, { ended: [42] }]);
    expect(await shell(daemon.state, ['abort', 'abcdef', 'event'])).toEqual({
      status: 0,
      out: ['1/nodea/event/1 is being ended'],
      err: [],
    });
    expect(daemon.asked.at(-1)?.body).toEqual({ step: `${RUN}/1/nodea/event/1` });
    expect((await shell(daemon.state, ['end-processes', RUN, 'pre_event.1'])).out).toEqual(['Process 42 was ended']);
    expect(await shell(daemon.state, ['abort', RUN, 'pre_event.1'])).toEqual({
      status: 2,
      out: [],
      err: ['STEP: "pre_event.1" is not a step of this run to which that can be done. These are: 1/nodea/event/1.'],
    });
    expect((await shell(daemon.state, ['abort', '123456'])).status).toBe(2);
  });

  it('recovers as asked, and lists the skipped steps', async () => {
    await using daemon = await smallDaemon();
    const skipped = [{ node: 'nodea', event: 'node_up', key: 'post_event.1', command: '/opt/after', customEvent: 'after' }];
    daemon.answers('POST /api/v1/recover', [200, { run: RUN, skipped, cancelled: ['r2'] }]);
    expect(await shell(daemon.state, ['recover', '--cancel-queue'])).toEqual({
      status: 0,
      out: [
        `Run ${RUN}: the rest of the event is skipped`,
        'Skipped steps, to be done by hand where they matter:',
        '  nodea node_up post_event.1: /opt/after',
        'Run r2 was cancelled in the queue',
      ],
      err: [],
    });
    expect(daemon.asked[0]?.body).toEqual({ as: 'skip', cancelQueue: true });
    expect(await shell(daemon.state, ['recover', '--as', 'done'])).toEqual({
      status: 2,
      out: [],
      err: [
        '--as: "done" is not a way to recover; give skip, succeeded or again.',
        '  Usage: fallover recover [RUN] [--as skip|succeeded|again] [--cancel-queue] [--json]',
      ],
    });
  });
});

describe('fallover query', () => {
  it('prints runs, cluster, nodes and configuration', async () => {
    await using daemon = await smallDaemon();
    daemon.answers('GET /api/v1/runs', [200, { runs: [summary], more: true }]);
    expect((await shell(daemon.state, ['query', 'run'])).out).toEqual([
      'RUN                                   ACCEPTED             STATE  OUTCOME    STATUS  EVENT',
      `${RUN}  ${SHOWN}  ended  succeeded  0       node_up nodea`,
      'There are older ones.',
    ]);
    const cluster = {
      cluster: 'files',
      node: 'nodea',
      nodes: ['nodea'],
      state: 'ST_STABLE',
      clusterState: 'up',
      substate: 'stable',
      coordinator: 'nodea',
      members: [{ node: 'nodea', state: 'member', since: AT }],
      store: { state: 'no_quorum', since: AT, sentence: 'The store has no quorum.' },
      fencing: [{ node: 'nodeb', state: 'failed', lostAt: AT, sentence: 'Fencing nodeb failed.' }],
      health: [
        {
          node: 'nodea',
          component: 'legacy',
          mode: 'driven',
          state: 'unhealthy',
          since: AT,
          isTrouble: true,
          sentence: 'UNHEALTHY.',
        },
      ],
      version: '0.1.0',
      beside: [],
      queue: [{ ...summary, drill: true }],
      last: [],
      troubles: [{ code: 'x', sentence: 'The disk is full.' }],
      at: AT,
    };
    daemon.answers('GET /api/v1/cluster', [200, cluster]);
    const settings = { draft: { revision: 1, fields: { verificationHour: { cluster: 3 } } }, synchronised: false, usedBy: [] };
    const defined = { class: 'node', name: 'nodeb', synchronised: true, usedBy: [{ class: 'site', name: 'east' }] };
    daemon.answers('GET /api/v1/entries/cluster', [200, { entries: [{ class: 'cluster', name: 'files', ...settings }] }]);
    const nodes = [{ ...defined, draft: { revision: 1, fields: { communicationPath: { cluster: '10.0.0.2' } } } }];
    daemon.answers('GET /api/v1/entries/node', [200, { entries: nodes }]);
    expect((await shell(daemon.state, ['query', 'cluster'])).out).toEqual([
      'CLUSTERNAME="files"',
      'STATE="ST_STABLE"',
      'CLUSTER_STATE="up stable"',
      'NODES="nodea"',
      'LOCAL_NODE="nodea"',
      'COORDINATOR="nodea"',
      'VERSION="0.1.0"',
      `MEMBER="nodea member since ${AT}"`,
      `STORE="no_quorum since ${AT}: The store has no quorum."`,
      'FENCING="Fencing nodeb failed."',
      `HEALTH="unhealthy since ${AT}: UNHEALTHY."`,
      `QUEUED="${RUN} node_up nodea (drill)"`,
      'TROUBLE="The disk is full."',
      'DAILY_VERIFICATION="true"',
      'VERIFICATION_HOUR="3"',
      'VERIFICATION_NODE=""',
      'MAILRELAY=""',
      'CONSOLEURL=""',
      'ALLOWEDTARGETS=""',
      'FENCE_COMMAND=""',
    ]);
    const entriesOf = (answer: [number, unknown]) => daemon.answers('GET /api/v1/entries/cluster', answer);
    entriesOf([503, problem('no_quorum', 'The store has no quorum.', 503)]);
    const known = await shell(daemon.state, ['query', 'cluster']);
    expect([known.status, known.out.length, known.err]).toEqual([1, 13, ['The store has no quorum.']]);
    expect((await shell(daemon.state, ['query', 'node'])).out).toEqual(['nodea', 'nodeb']);
    expect((await shell(daemon.state, ['query', 'node', 'nodea'])).out).toEqual([
      'NAME="nodea"',
      'CLUSTERNAME="files"',
      'STATE="ST_STABLE"',
      'SERVICES="member"',
      'LIVE="true"',
      'DEFINED="false"',
    ]);
    expect((await shell(daemon.state, ['query', 'node', 'nodeb'])).out).toEqual([
      'NAME="nodeb"',
      'CLUSTERNAME="files"',
      'LIVE="false"',
      'DEFINED="true"',
      'COMMPATH="10.0.0.2"',
      'DESCRIPTION=""',
      'USEDBY="site/east"',
      'SYNCHRONISED="true"',
    ]);
    expect((await shell(daemon.state, ['query', 'node', '--json'])).out).toEqual([
      JSON.stringify({ ...cluster, entries: nodes }),
    ]);
    expect((await shell(daemon.state, ['query', 'node', 'nodec'])).err).toEqual([
      'NAME: "nodec" is not a node of this cluster. Its nodes: nodea, nodeb.',
    ]);
    const active = { number: 2, hash: 'abc', at: AT, by: 'root' };
    const changes = [{ class: 'custom_event', name: 'x', kind: 'added', fields: [] }];
    daemon.answers('GET /api/v1/configuration', [200, { active, changes, exampleLoadable: false }]);
    expect((await shell(daemon.state, ['query', 'configuration'])).out).toEqual([
      'REVISION="2"',
      'HASH="abc"',
      `ACTIVE_SINCE="${AT}"`,
      'BY="root"',
      'SYNCHRONISED="false"',
      'CHANGE="added custom_event x"',
    ]);
  });

  it('lists the logs, and prints the end of one with its control characters made visible', async () => {
    await using daemon = await smallDaemon();
    const logs = [
      { name: 'hacmp.out', size: 1200, changedAt: AT },
      { name: 'hacmp.out.1', size: 9, changedAt: AT },
    ];
    daemon.answers('GET /api/v1/logs', [200, { node: 'nodea', logs }]);
    expect((await shell(daemon.state, ['query', 'log'])).out).toEqual([
      'LOG          BYTES  CHANGED',
      `hacmp.out    1200   ${SHOWN}`,
      `hacmp.out.1  9      ${SHOWN}`,
    ]);
    const lines = [{ text: 'a\tb \u001b[2J' }, { text: 'long', cut: 5 }];
    daemon.answers('GET /api/v1/logs/hacmp.out/lines?from=-500&count=500', [200, { lines }]);
    expect((await shell(daemon.state, ['query', 'log', 'hacmp.out'])).out).toEqual(['a\tb ^[[2J', 'long … 5 more bytes']);
    daemon.answers('GET /api/v1/logs?node=nodeb', [200, { node: 'nodeb', logs: logs.slice(1) }]);
    expect((await shell(daemon.state, ['query', 'log', '--node', 'nodeb'])).out).toEqual([
      'LOG          BYTES  CHANGED',
      `hacmp.out.1  9      ${SHOWN}`,
    ]);
    daemon.answers('GET /api/v1/logs/hacmp.out/lines?node=nodeb&from=-500&count=500', [200, { lines: [{ text: 'of b' }] }]);
    expect((await shell(daemon.state, ['query', 'log', 'hacmp.out', '--node=nodeb'])).out).toEqual(['of b']);
    expect((await shell(daemon.state, ['query', 'run', '--node', 'nodeb'])).err).toEqual([
      '--node is of a log.',
      '  Usage: fallover query log [NAME] [--node NODE] [--json]',
    ]);
    const sentence = '"x" is not a log of this node, or it was rotated away meanwhile. There are: hacmp.out.';
    daemon.answers('GET /api/v1/logs/x/lines?from=-500&count=500', [404, problem('log_file_not_found', sentence, 404)]);
    expect(await shell(daemon.state, ['query', 'log', 'x'])).toEqual({ status: 2, out: [], err: [sentence] });
  });

  it('exits with 1 when the audit trail is not whole', async () => {
    await using daemon = await smallDaemon();
    const entry = {
      number: 7,
      at: AT,
      principal: 'root',
      via: 'control_socket',
      action: 'runEvent',
      target: 'node_up',
      phase: 'intent',
    };
    daemon.answers('GET /api/v1/audit?limit=500', [200, { entries: [{ ...entry, hash: 'h' }], whole: false, brokenAt: 7 }]);
    expect(await shell(daemon.state, ['query', 'audit'])).toEqual({
      status: 1,
      out: [
        'NUMBER  AT                   WHO                    PHASE   OUTCOME  WHAT',
        `7       ${SHOWN}  root (control_socket)  intent           runEvent node_up`,
      ],
      err: ['The audit trail is not whole: an entry was edited or is missing at number 7.'],
    });
  });

  it.each([
    [['query', 'evnet'], 'CLASS: there is no class "evnet" to query. Did you mean event?'],
    [
      ['query', 'disk'],
      'CLASS: there is no class "disk" to query. Give one of event, custom, run, cluster, node, services, component, site, network, interface, service_label, service_ip, script, program, method, transport, notification, silence, revision, snapshot, verification, configuration, log, audit.',
    ],
    [['query', 'cluster', 'x'], '"x" is one word too many here.'],
    [['query', 'silence', 'x'], '"x" is one word too many here.'],
    [['query', 'run', '--method', 'oncall'], '--method is of the delivery log.'],
    [['query', 'notification', '--raw'], '--raw is of the text of one script or program.'],
    [['query'], 'Something is missing here.'],
    [['query', 'event', '--jsn'], 'There is no option --jsn here. Did you mean --json?'],
  ])('refuses %j', async (words, sentence) => {
    const said = await shell('/nonexistent', words);
    expect([said.status, said.err[0]]).toEqual([2, sentence]);
  });

  it('exits with 3 when there is no daemon', async () => {
    expect((await shell('/nonexistent', ['query', 'cluster'])).status).toBe(3);
  });
});

describe('fallover help', () => {
  it('lists the verbs, and says more of one', async () => {
    const { status, out } = await shell('/nonexistent', ['help']);
    expect(status).toBe(0);
    expect(out.filter((line) => /^ {2}\S/.test(line)).map((line) => line.split(' ')[2])).toContain('call-event');
    expect((await shell('/nonexistent', ['help', 'load-example'])).out).toEqual([
      'Puts a sample configuration with harmless scripts in, on an empty cluster only.',
      '',
      'Usage: fallover load-example [--json]',
    ]);
    expect((await shell('/nonexistent', ['--version'])).out).toEqual([expect.stringMatching(/^fallover \d+\.\d+\.\d+$/)]);
  });
});

describe('fallover summaries', () => {
  it('prints what the daemon compiled, as text or as the contract has it', async () => {
    await using daemon = await smallDaemon();
    const reply = { summaries: [], found: 0, resourceGroups: '' };
    daemon.answers('GET /api/v1/event-summaries/text?days=7&event=node_up', [200, 'HACMP Event Summary']);
    daemon.answers('GET /api/v1/event-summaries?days=3&limit=5000', [200, reply]);
    expect((await shell(daemon.state, ['summaries', '--event', 'node_up'])).out).toEqual(['"HACMP Event Summary"']);
    expect((await shell(daemon.state, ['summaries', '--days', '3', '--json'])).out).toEqual([JSON.stringify(reply)]);
    expect((await shell('/nonexistent', ['summaries'])).status).toBe(3);
  });
});
