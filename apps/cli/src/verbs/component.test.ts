import { describe, expect, it } from 'vitest';
import { shell, smallDaemon } from '../fixtures/small-daemon.ts';

const component = {
  name: 'legacy',
  node: 'nodea',
  directory: '/etc/ctdb/events/legacy',
  source: 'base',
  profile: 'ctdb',
  mode: 'manual',
  base: '/etc/ctdb',
  scripts: [
    {
      name: '05.system',
      file: '05.system.script',
      enabled: true,
      link: '/usr/share/x',
      installed: true,
      last: { monitor: { script: '05.system', status: 'OK' } },
    },
    { name: '50.own', file: '50.own.script', enabled: false, installed: false, last: {} },
  ],
  installed: [],
  events: [],
  waiting: [],
  health: { state: 'not_monitored', sentence: 'The component legacy of node nodea is not monitored.' },
};

describe('fallover query component', () => {
  it('shows the components, and of one its scripts and what verification finds', async () => {
    await using daemon = await smallDaemon();
    daemon.answers('GET /api/v1/components', [200, { node: 'nodea', base: '/etc/ctdb', components: [component] }]);
    expect((await shell(daemon.state, ['query', 'component'])).out).toEqual([
      'COMPONENT  MODE    PROFILE  SCRIPTS  HEALTH         RUNS  DIRECTORY',
      'legacy     manual  ctdb     1 of 2   not monitored  -     /etc/ctdb/events/legacy',
    ]);
    daemon.answers('GET /api/v1/components/legacy', [200, component]);
    daemon.answers('GET /api/v1/components/legacy/verification', [
      200,
      { findings: [{ level: 'note', code: 'script_disabled', node: 'nodea', sentence: '50.own is disabled.' }] },
    ]);
    expect((await shell(daemon.state, ['query', 'component', 'legacy'])).out).toEqual([
      'NAME="legacy"',
      'DIRECTORY="/etc/ctdb/events/legacy"',
      'PROFILE="ctdb"',
      'MODE="manual"',
      'BASE="/etc/ctdb"',
      'SOURCE="base"',
      'The component legacy of node nodea is not monitored.',
      'SCRIPT     ENABLED    LAST',
      '05.system  by a link  monitor OK',
      '50.own     no         -',
      'note: 50.own is disabled.',
    ]);
  });

  it('says what to do where there is none', async () => {
    await using daemon = await smallDaemon();
    daemon.answers('GET /api/v1/components', [200, { node: 'nodea', components: [] }]);
    expect((await shell(daemon.state, ['query', 'component'])).out).toEqual([
      'There is no component: no CTDB base was given (fallover start --ctdb-base DIR), and none was added (fallover add component NAME directory=DIR).',
    ]);
  });
});

describe('fallover add and modify component', () => {
  it('take their attributes in capitals or not', async () => {
    await using daemon = await smallDaemon();
    daemon.answers('POST /api/v1/components/mine', [201, component]);
    await shell(daemon.state, ['add', 'component', 'mine', 'directory=/etc/mine', 'PROFILE=readme', 'Mode=observed']);
    expect(daemon.asked.at(-1)?.body).toEqual({ directory: '/etc/mine', profile: 'readme', mode: 'observed' });
    daemon.answers('PUT /api/v1/components/mine', [200, component]);
    await shell(daemon.state, ['modify', 'component', 'mine', 'DEBUG_SCRIPT=']);
    expect(daemon.asked.at(-1)?.body).toEqual({ debugScript: '' });
    daemon.answers('DELETE /api/v1/components/mine', [200, { component: 'mine', sentence: 'It is gone.' }]);
    expect((await shell(daemon.state, ['delete', 'component', 'mine'])).out).toEqual(['It is gone.']);
  });

  it.each([
    [['add', 'component', 'mine', 'mode=driven'], 'DIRECTORY is missing. Give directory=DIR, where the event scripts are.'],
    [['add', 'component', 'mine', 'directory=/x', 'mode=fast'], 'MODE is one of manual, driven, observed.'],
    [['add', 'component', 'mine', 'directory=/x', 'profile=x'], 'PROFILE is one of readme, ctdb.'],
    [['modify', 'component', 'mine', 'mode=driven', 'MODE=manual'], 'MODE is given twice; give it once.'],
    [
      ['modify', 'component', 'mine', 'colour=red'],
      '"colour=red" is no attribute of a component; known are directory= profile= mode= debugscript=.',
    ],
    [['modify', 'component', 'mine'], 'Something is missing here.'],
  ])('refuse %j', async (words, sentence) => {
    const said = await shell('/nonexistent', words);
    expect([said.status, said.err[0]]).toEqual([2, sentence]);
  });
});
