import { describe, expect, it } from 'vitest';
import { problem, shell, smallDaemon } from '../fixtures/small-daemon.ts';
import { shellTime } from '../shell-time.ts';

const AT = '2026-11-23T05:00:00.000Z';
const SHOWN = shellTime(AT);
const LIST = '/api/v1/configuration/revisions';
const snapshots = [{ name: 'before', revision: 1, at: AT, by: 'root', remark: 'the move' }];
const second = {
  number: 2,
  hash: 'abc',
  at: AT,
  by: 'root',
  comment: 'for the\naudit',
  verification: { errors: 1, warnings: 2, overridden: ['x:event/node_up'] },
  active: true,
  snapshots: [],
};
const first = { number: 1, hash: 'def', at: AT, by: 'anna', active: false, snapshots: ['before'] };

describe('fallover history', () => {
  it('lists the revisions, and how to see older ones', async () => {
    await using daemon = await smallDaemon();
    daemon.answers(`GET ${LIST}?limit=20`, [200, { revisions: [second, first], more: false, snapshots }]);
    expect((await shell(daemon.state, ['history'])).out).toEqual([
      'REVISION    AT                   BY    VERIFIED                        SNAPSHOTS  COMMENT',
      `2 (active)  ${SHOWN}  root  1 error overridden, 2 warnings             for the^Jaudit`,
      `1           ${SHOWN}  anna                                  before`,
    ]);
    daemon.answers(`GET ${LIST}?limit=1&before=2`, [200, { revisions: [first], more: true, snapshots }]);
    expect((await shell(daemon.state, ['history', '--limit', '1', '--before', '2'])).out.at(-1)).toBe(
      'There are older ones: fallover history --before 1',
    );
    daemon.answers(`GET ${LIST}?limit=20`, [200, { revisions: [], more: false, snapshots: [] }]);
    expect((await shell(daemon.state, ['history'])).out).toEqual(['Nothing was synchronised yet.']);
  });

  it.each([
    [['--limit', '0'], '--limit: "0" is not a number from 1 to 500.'],
    [['--limit', 'many'], '--limit: "many" is not a number from 1 to 500.'],
    [['--before', 'x'], '--before: "x" is not the number of a revision.'],
  ])('refuses %j', async (words, sentence) => {
    const said = await shell('/nonexistent', ['history', ...words]);
    expect([said.status, said.err[0]]).toEqual([2, sentence]);
  });
});

describe('fallover query revision', () => {
  it('prints all that a revision says, also by the name of a snapshot', async () => {
    await using daemon = await smallDaemon();
    const entries = [
      { class: 'custom_event', name: 'one', fields: { script: { cluster: '/opt/one', nodes: { nodea: '/opt/a' } } } },
      { class: 'node', name: 'nodea', fields: {} },
    ];
    daemon.answers(`GET ${LIST}/1`, [200, { ...first, cluster: 'files', entries }]);
    daemon.answers(`GET ${LIST}?limit=1`, [200, { revisions: [second], more: true, snapshots }]);
    for (const which of ['1', 'before'])
      expect((await shell(daemon.state, ['query', 'revision', which])).out).toEqual([
        'REVISION="1"',
        'ACTIVE="false"',
        'HASH="def"',
        `AT="${AT}"`,
        'BY="anna"',
        'SNAPSHOTS="before"',
        'CLUSTERNAME="files"',
        '',
        '# event',
        'NAME="one"',
        'DESCRIPTION=""',
        'FILE="/opt/one"',
        'NODE="nodea"',
        'FILE="/opt/a"',
        '',
        '# node',
        'NAME="nodea"',
        'COMMPATH=""',
        'DESCRIPTION=""',
      ]);
    expect(await shell(daemon.state, ['query', 'revision', 'befor'])).toEqual({
      status: 2,
      out: [],
      err: [
        'REVISION: there is no revision or snapshot "befor".',
        '  "fallover history" lists the revisions, "fallover query snapshot" the snapshots.',
      ],
    });
  });
});

describe('fallover restore', () => {
  it('makes the draft what the revision says, and says what that changes', async () => {
    await using daemon = await smallDaemon();
    const changes = [
      { class: 'node', name: 'nodea', kind: 'deleted', values: [{ field: 'communicationPath', before: '10.0.0.1' }] },
    ];
    daemon.answers(`GET ${LIST}?limit=1`, [200, { revisions: [second], more: true, snapshots }]);
    daemon.answers(`POST ${LIST}/1/restore`, [200, { number: 1, count: 1, changes }]);
    expect(await shell(daemon.state, ['restore', 'before', '--discard'])).toEqual({
      status: 0,
      out: [
        'The draft says what revision 1 says',
        'deleted node nodea',
        '  Communication Path to Node (COMMPATH): "10.0.0.1"',
        '1 change against the active revision; "fallover sync" makes the draft active',
      ],
      err: [],
    });
    expect(daemon.asked.at(-1)?.body).toEqual({ discardChanges: true });
    daemon.answers(`POST ${LIST}/2/restore`, [200, { number: 2, count: 0, changes: [] }]);
    expect((await shell(daemon.state, ['restore', 'active'])).out).toEqual([
      'The draft says what revision 2 says already',
      'That is what is active; there is nothing to synchronise',
    ]);
  });

  it('does not lose changes silently', async () => {
    await using daemon = await smallDaemon();
    daemon.answers(`POST ${LIST}/1/restore`, [409, problem('draft_has_changes', 'The draft has a change.', 409)]);
    expect(await shell(daemon.state, ['restore', '1'])).toEqual({
      status: 2,
      out: [],
      err: [
        'The draft has a change.',
        '  "fallover changes" shows them; with --discard they are lost: fallover restore 1 --discard',
      ],
    });
  });
});

describe('a snapshot', () => {
  it('is added, shown and deleted', async () => {
    await using daemon = await smallDaemon();
    daemon.answers('PUT /api/v1/configuration/snapshots/before', [200, snapshots[0]]);
    const added = await shell(daemon.state, ['add', 'snapshot', 'before', 'revision=1', 'DESCRIPTION=the move']);
    expect(added).toEqual({ status: 0, out: ['Revision 1 has the name before now'], err: [] });
    expect(daemon.asked.at(-1)?.body).toEqual({ revision: 1, remark: 'the move' });
    daemon.answers(`GET ${LIST}?limit=1`, [200, { revisions: [second], more: true, snapshots }]);
    expect((await shell(daemon.state, ['query', 'snapshot'])).out).toEqual([
      'NAME    REVISION  AT                   BY    DESCRIPTION',
      `before  1         ${SHOWN}  root  the move`,
    ]);
    expect((await shell(daemon.state, ['query', 'snapshot', 'before'])).out).toEqual([
      'NAME="before"',
      'REVISION="1"',
      `AT="${AT}"`,
      'BY="root"',
      'DESCRIPTION="the move"',
    ]);
    expect((await shell(daemon.state, ['query', 'snapshot', '--json'])).out).toEqual([JSON.stringify({ snapshots })]);
    expect((await shell(daemon.state, ['query', 'snapshot', 'befroe'])).err).toEqual([
      'NAME: there is no snapshot "befroe". Did you mean before?',
    ]);
    daemon.answers('DELETE /api/v1/configuration/snapshots/before', [204, undefined]);
    expect((await shell(daemon.state, ['delete', 'snapshot', 'before'])).out).toEqual([
      'The name before is gone; its revision stays',
    ]);
  });

  it.each([
    [
      ['REVISION=x'],
      'REVISION: "x" is not the number of a revision. "fallover history" lists them; without REVISION it is the active one.',
    ],
    [['NODE=a'], '"NODE" is not an attribute of a snapshot. They are: REVISION DESCRIPTION'],
    [['before'], '"before" does not have the form ATTRIBUTE=VALUE.'],
    [['REVISION=1', 'REVISION=2'], 'REVISION is given twice. Give it once.'],
  ])('is refused with %j', async (words, sentence) => {
    const said = await shell('/nonexistent', ['add', 'snapshot', 'x', ...words]);
    expect([said.status, said.err[0]]).toEqual([2, sentence]);
  });
});
