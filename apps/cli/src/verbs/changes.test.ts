import { describe, expect, it } from 'vitest';
import { problem, shell, smallDaemon } from '../fixtures/small-daemon.ts';
import { shellTime } from '../shell-time.ts';

const AT = '2026-11-23T05:00:00.000Z';
const SHOWN = shellTime(AT);
const active = { number: 3, hash: 'abc', at: AT, by: 'root' };
const CHANGES = [
  {
    class: 'event',
    name: 'node_down',
    kind: 'changed',
    revision: 4,
    values: [
      { field: 'notifyCommand', before: '/opt/a', after: '/opt/b\u001b' },
      { field: 'notifyCommand', node: 'nodea', after: '/opt/n' },
      { field: 'preEventCommand', node: 'nodeb', before: ['one', 'two'] },
      { field: 'recoveryCounter', after: 3 },
    ],
  },
  {
    class: 'script',
    name: 'warn',
    kind: 'added',
    revision: 1,
    values: [{ field: 'content', after: '0123456789abcdef'.repeat(4) }],
  },
  { class: 'node', name: 'nodec', kind: 'deleted', revision: 0, values: [] },
];
const reply = { active, count: 6, changes: CHANGES };
const GET = 'GET /api/v1/configuration/changes';
const LINES = [
  'changed event node_down',
  '  Notify Command (NOTIFYCOMMAND): "/opt/a" -> "/opt/b^["',
  '  Notify Command on node nodea (NOTIFYCOMMAND): (that of the cluster) -> "/opt/n"',
  '  Pre-Event Command on node nodeb (PREEVENTCOMMAND): "one two" -> (that of the cluster)',
  '  Recovery Command Retry (RECOVERYCOUNTER): (default 0) -> "3"',
  'added library script warn',
  '  Script (CONTENT): SHA-256 0123456789ab',
  'deleted node nodec',
];

describe('fallover changes and diff', () => {
  it('show each value in the words of the worksheet', async () => {
    await using daemon = await smallDaemon();
    daemon.answers(GET, [200, reply]);
    expect((await shell(daemon.state, ['changes'])).out).toEqual([
      '6 changes of the draft against revision 3, which is active:',
      ...LINES,
      '"fallover sync" makes them active, "fallover revert CLASS NAME [ATTR] [NODE=NAME]" takes them back',
    ]);
    expect((await shell(daemon.state, ['changes', '--json'])).out).toEqual([JSON.stringify(reply)]);
    daemon.answers(GET, [200, { count: 0, changes: [] }]);
    expect((await shell(daemon.state, ['changes'])).out).toEqual([
      'The draft says the same as nothing, since no revision is active',
    ]);
    daemon.answers('GET /api/v1/configuration/compare?from=active&to=draft', [
      200,
      { from: 'active', to: 'draft', count: 6, changes: CHANGES },
    ]);
    expect((await shell(daemon.state, ['diff'])).out).toEqual(['6 changes from active to draft:', ...LINES]);
    daemon.answers('GET /api/v1/configuration/compare?from=2&to=before', [
      200,
      { from: '2', to: 'before', count: 0, changes: [] },
    ]);
    expect((await shell(daemon.state, ['diff', '2', 'before'])).out).toEqual(['2 and before say the same']);
  });
});

describe('fallover revert', () => {
  const POST = 'POST /api/v1/configuration/revert';

  it.each<[string[], object[], string[]]>([
    [
      ['event', 'node_down', 'notifycommand', 'NODE=nodea'],
      [{ class: 'event', name: 'node_down', revision: 4, field: 'notifyCommand', node: 'nodea' }],
      ['Taken back: event node_down NOTIFYCOMMAND NODE=nodea'],
    ],
    [
      ['event', 'node_down', 'RECOVERYCOUNTER'],
      [{ class: 'event', name: 'node_down', revision: 4, field: 'recoveryCounter' }],
      ['Taken back: event node_down RECOVERYCOUNTER'],
    ],
    [['node', 'nodec'], [{ class: 'node', name: 'nodec', revision: 0 }], ['Taken back: node nodec']],
    [
      ['event/node_down/notifyCommand@nodea', 'script/warn'],
      [
        { class: 'event', name: 'node_down', revision: 4, field: 'notifyCommand', node: 'nodea' },
        { class: 'script', name: 'warn', revision: 1 },
      ],
      ['Taken back: event node_down NOTIFYCOMMAND NODE=nodea', 'Taken back: script warn'],
    ],
    [
      ['--all'],
      [
        { class: 'event', name: 'node_down', revision: 4 },
        { class: 'script', name: 'warn', revision: 1 },
        { class: 'node', name: 'nodec', revision: 0 },
      ],
      ['Taken back: event node_down', 'Taken back: script warn', 'Taken back: node nodec'],
    ],
  ])('takes back %j', async (words, changes, out) => {
    await using daemon = await smallDaemon();
    daemon.answers(GET, [200, reply]);
    daemon.answers(POST, [200, { reverted: 1, count: 1 }]);
    expect(await shell(daemon.state, ['revert', ...words])).toEqual({
      status: 0,
      out: [...out, '1 change left that is not synchronised'],
      err: [],
    });
    expect(daemon.asked.at(-1)?.body).toEqual({ changes });
  });

  it.each<[string[], string]>([
    [
      ['event', 'node_up'],
      'NAME: nothing is changed in event node_up. Changed: event node_down, library script warn, node nodec.',
    ],
    [
      ['event', 'node_down', 'NOTIFYCOMMAND', 'NODE=nodeb'],
      'NOTIFYCOMMAND: that is not changed in event node_down on node nodeb. Changed: NOTIFYCOMMAND, NOTIFYCOMMAND NODE=nodea, PREEVENTCOMMAND NODE=nodeb, RECOVERYCOUNTER.',
    ],
    [['node', 'nodec', 'COMMPATH'], 'COMMPATH: that is not changed in node nodec. Changed: only that it is there.'],
    [['evnet', 'x'], 'CLASS: there is no class "evnet" here. Did you mean event?'],
    [['event'], 'NAME is missing.'],
    [['event', 'node_down', 'NODE=nodea'], 'NODE= stands behind an attribute, whose value for that node it is.'],
    [['event', 'node_down', 'A', 'B'], '"B" is one word too many here; several values are CLASS/NAME/ATTR@NODE each.'],
    [['event/node_down/A@n@m'], '"event/node_down/A@n@m" does not have the form CLASS/NAME/ATTR@NODE.'],
    [['event/node_down', 'node'], '"node" does not have the form CLASS/NAME/ATTR@NODE.'],
    [[], 'Something is missing here: what to take back, or --all.'],
    [['--all', 'event'], '--all takes every change back; give it alone, or without it what to take back.'],
  ])('refuses %j', async (words, sentence) => {
    await using daemon = await smallDaemon();
    daemon.answers(GET, [200, reply]);
    const said = await shell(daemon.state, ['revert', ...words]);
    expect([said.status, said.err[0]]).toEqual([2, sentence]);
    expect(daemon.asked.filter(({ line }) => line.startsWith('POST'))).toEqual([]);
  });

  it('has nothing to do when nothing is changed', async () => {
    await using daemon = await smallDaemon();
    daemon.answers(GET, [200, { active, count: 0, changes: [] }]);
    expect(await shell(daemon.state, ['revert', '--all'])).toEqual({
      status: 0,
      out: ['There is nothing to take back: the draft says what is active'],
      err: [],
    });
  });
});

describe('fallover verify and sync', () => {
  const finding = (severity: string, more: object = {}) => ({
    id: 'not_found:event/node_down/notifyCommand@nodea',
    severity,
    code: 'not_found',
    class: 'event',
    name: 'node_down',
    field: 'notifyCommand',
    node: 'nodea',
    sentence: 'Notify Command on node nodea: "/opt/a" does not exist. Create it.',
    overridable: true,
    ...more,
  });
  const result = (findings: object[], errors: number, warnings: number) => ({
    of: 'draft',
    hash: 'h',
    at: AT,
    by: 'root',
    automatic: false,
    durationMs: 120,
    nodes: [
      { node: 'nodea', looked: true },
      { node: 'nodeb', looked: false },
    ],
    commands: 2,
    errors,
    warnings,
    findings,
  });
  const unused = {
    id: 'custom_event_not_used:custom_event/one',
    class: 'custom_event',
    name: 'one',
    field: undefined,
    node: undefined,
    sentence: 'No event uses it.\u001b',
  };
  const invalid = {
    id: 'x',
    name: 'node_up',
    field: 'preEventCommand',
    overridable: false,
    sentence: 'Pre-Event Command: there is no custom event "x".',
  };
  const findings = [finding('warning', unused), finding('error'), finding('error', invalid)];
  const VERIFY = 'POST /api/v1/configuration/verify';

  it('shows errors first, each with its place, the way out and what overrides it', async () => {
    await using daemon = await smallDaemon();
    daemon.answers(VERIFY, [200, result(findings, 2, 1)]);
    expect(await shell(daemon.state, ['verify'])).toEqual({
      status: 1,
      out: [
        'Errors:',
        '  event node_down',
        '    NOTIFYCOMMAND on node nodea: "/opt/a" does not exist. Create it.',
        '      to make it active all the same: --override not_found:event/node_down/notifyCommand@nodea',
        '  event node_up',
        '    PREEVENTCOMMAND: there is no custom event "x".',
        '      this cannot be overridden',
        'Warnings:',
        '  custom event one',
        '    No event uses it.^[',
        'The draft: 2 errors, 1 warning. 2 commands looked at on nodea, not on nodeb, in 0.12 s',
      ],
      err: [],
    });
    const etcd = 'etcd has one member: etcd1 on nodea. Event processing stops when nodea is lost.';
    daemon.answers(VERIFY, [200, { ...result([], 0, 0), of: 'active', etcd }]);
    expect((await shell(daemon.state, ['verify', '--active'])).out).toEqual([
      etcd,
      'The active revision: no errors, no warnings. 2 commands looked at on nodea, not on nodeb, in 0.12 s',
    ]);
    expect(daemon.asked.at(-1)?.body).toEqual({ of: 'active' });
  });

  it('shows again what was found', async () => {
    await using daemon = await smallDaemon();
    daemon.answers('GET /api/v1/configuration/verification', [
      200,
      {
        draft: { ...result([finding('error')], 1, 0), upToDate: false },
        active: { ...result([], 0, 0), of: 'active', automatic: true, upToDate: true },
        daily: { hour: 0, node: 'nodea', next: AT },
      },
    ]);
    expect(await shell(daemon.state, ['query', 'verification'])).toEqual({
      status: 0,
      out: [
        `DAILY="at 0 on nodea, next ${AT}"`,
        `DRAFT="1 error, no warnings, at ${AT} by root; it was changed since"`,
        `ACTIVE="no errors, no warnings, at ${AT} by itself"`,
        '',
        `Found in the draft at ${SHOWN}`,
        'Errors:',
        '  event node_down',
        '    NOTIFYCOMMAND on node nodea: "/opt/a" does not exist. Create it.',
        '      to make it active all the same: --override not_found:event/node_down/notifyCommand@nodea',
      ],
      err: [],
    });
  });

  it('makes nothing active when there are errors, and says what overrides each', async () => {
    await using daemon = await smallDaemon();
    const { id, code, field, sentence } = finding('error');
    const title = 'Verification found an error, so nothing was made active.';
    daemon.answers('POST /api/v1/configuration/synchronise', [
      409,
      problem('verification_failed', title, 409, { faults: [{ id, code, field, sentence }] }),
    ]);
    expect(await shell(daemon.state, ['sync'])).toEqual({
      status: 1,
      out: [],
      err: [
        title,
        '  Notify Command on node nodea: "/opt/a" does not exist. Create it.',
        '    its name: not_found:event/node_down/notifyCommand@nodea',
        '  "fallover verify" shows all that was found.',
      ],
    });
    daemon.answers('GET /api/v1/configuration/verification', [200, { draft: { ...result(findings, 2, 1), upToDate: true } }]);
    expect((await shell(daemon.state, ['sync'])).err).toEqual([
      title,
      '  Errors:',
      '    event node_down',
      '      NOTIFYCOMMAND on node nodea: "/opt/a" does not exist. Create it.',
      '        to make it active all the same: --override not_found:event/node_down/notifyCommand@nodea',
      '  "fallover verify" shows all that was found.',
    ]);
  });

  it('says what was overridden and warned about', async () => {
    await using daemon = await smallDaemon();
    const overridden = [finding('error'), finding('warning', unused)];
    daemon.answers('POST /api/v1/configuration/synchronise', [
      201,
      { number: 4, hash: 'h', changes: [], warnings: [], findings: overridden },
    ]);
    const words = ['sync', '--override', finding('error').id, '--override=other'];
    expect(await shell(daemon.state, words)).toEqual({
      status: 0,
      out: ['Revision 4 is active'],
      err: [
        'Errors that were overridden:',
        '  event node_down',
        '    NOTIFYCOMMAND on node nodea: "/opt/a" does not exist. Create it.',
        'Warnings:',
        '  custom event one',
        '    No event uses it.^[',
      ],
    });
    expect(daemon.asked.at(-1)?.body).toEqual({ override: [finding('error').id, 'other'] });
  });
});
