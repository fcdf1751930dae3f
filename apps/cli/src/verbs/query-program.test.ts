import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { problem, shell, smallDaemon } from '../fixtures/small-daemon.ts';

const PROGRAM = '/api/v1/events/network_down/program';
const predefined = [{ text: 'all "network_down" 0 NULL\nbarrier\nall "network_down_complete" X NULL\n' }];
const own = '# the route first\nevent "/opt/ha/route" 0 NULL\nbarrier\nall "network_down" 0 NULL\n';
const view = (more: object = {}) => ({ event: 'network_down', predefined, synchronised: true, ...more });

describe('fallover query program', () => {
  it('prints the program with the numbers of its lines, and whether it is the predefined one', async () => {
    await using daemon = await smallDaemon();
    daemon.answers(`GET ${PROGRAM}`, [200, view()]);
    expect(await shell(daemon.state, ['query', 'program', 'network_down'])).toEqual({
      status: 0,
      out: [
        'NAME="network_down"',
        'PROGRAM="predefined"',
        'OF="draft"',
        'SYNCHRONISED="true"',
        '',
        '1  all "network_down" 0 NULL',
        '2  barrier',
        '3  all "network_down_complete" X NULL',
      ],
      err: [],
    });
  });

  it('prints the draft’s, or with --active the one in force, and with --raw nothing but the text', async () => {
    await using daemon = await smallDaemon();
    daemon.answers(`GET ${PROGRAM}`, [200, view({ draft: own, synchronised: false })]);
    const said = async (...options: string[]) =>
      (await shell(daemon.state, ['query', 'program', 'network_down', ...options])).out;
    expect((await said()).slice(1)).toEqual([
      ...['PROGRAM="replaced"', 'OF="draft"', 'SYNCHRONISED="false"', ''],
      ...['1  # the route first', '2  event "/opt/ha/route" 0 NULL', '3  barrier', '4  all "network_down" 0 NULL'],
    ]);
    expect((await said('--active')).slice(1, 3)).toEqual(['PROGRAM="predefined"', 'OF="active"']);
    expect((await said('--raw')).join('\n')).toBe(own.trimEnd());
    expect(await said('--json')).toEqual([JSON.stringify(view({ draft: own, synchronised: false }))]);
  });

  it('prints every program of an event that has several, and says why there is no single text', async () => {
    await using daemon = await smallDaemon();
    const ways = [
      { how: 'failure', when: 'the node has failed', text: 'other "node_down" 0 NULL\n' },
      { how: 'forced', when: 'resource groups stay', text: 'all "node_down" 0 NULL\n' },
    ];
    daemon.answers('GET /api/v1/events/node_down/program', [200, view({ event: 'node_down', predefined: ways })]);
    expect((await shell(daemon.state, ['query', 'program', 'node_down'])).out.slice(4)).toEqual([
      ...['', '# failure: the node has failed', '1  other "node_down" 0 NULL'],
      ...['', '# forced: resource groups stay', '1  all "node_down" 0 NULL'],
    ]);
    expect(await shell(daemon.state, ['query', 'program', 'node_down', '--raw'])).toEqual({
      status: 2,
      out: [],
      err: [
        'NAME: node_down has a predefined program for each of its ways (failure, forced).',
        '  "fallover query program node_down" shows them all.',
      ],
    });
  });

  it('without a name lists the events whose program is replaced; of an unknown one it says which was meant', async () => {
    await using daemon = await smallDaemon();
    const event = (name: string, fields: object) => ({ name, draft: { revision: 1, fields } });
    daemon.answers('GET /api/v1/events', [
      200,
      { events: [event('network_down', { recoveryProgram: { cluster: own } }), event('node_up', {})] },
    ]);
    expect((await shell(daemon.state, ['query', 'program'])).out).toEqual(['network_down']);
    daemon.answers('GET /api/v1/events/node_don/program', [404, problem('unknown_event', 'No.', 404)]);
    daemon.answers('GET /api/v1/custom-events', [200, { customEvents: [] }]);
    expect((await shell(daemon.state, ['query', 'program', 'node_don'])).err).toEqual([
      'NAME: there is no event "node_don", neither predefined nor custom. Did you mean node_down?',
    ]);
  });
});

describe('fallover modify event NAME RECOVERY_PROGRAM=@FILE', () => {
  let directory: string;
  beforeAll(() => {
    directory = mkdtempSync(join(tmpdir(), 'fallover-program-'));
  });
  afterAll(() => rmSync(directory, { recursive: true, force: true }));

  const daemonWith = async (put: [number, object]) => {
    const daemon = await smallDaemon();
    daemon.answers('GET /api/v1/events/network_down', [200, { name: 'network_down', draft: { revision: 4, fields: {} } }]);
    daemon.answers('PUT /api/v1/events/network_down/customization', put);
    return daemon;
  };
  const saved: [number, object] = [
    200,
    { event: {}, warnings: [{ code: 'program_replaced', field: 'recoveryProgram', sentence: 'Recovery Program: it replaces.' }] },
  ];

  it('reads the program from the file, or with @- from the standard input', async () => {
    await using daemon = await daemonWith(saved);
    const file = join(directory, 'network_down.rp');
    writeFileSync(file, own);
    const said = await shell(daemon.state, ['modify', 'event', 'network_down', `recovery_program=@${file}`]);
    expect(said).toEqual({
      status: 0,
      out: ['Event network_down is changed in the draft; "fallover sync" makes it active'],
      err: ['Warning: RECOVERY_PROGRAM: it replaces.'],
    });
    expect(daemon.asked.at(-1)?.body).toEqual({ revision: 4, fields: { recoveryProgram: { cluster: own } } });
    await shell(daemon.state, ['modify', 'event', 'network_down', 'RECOVERY_PROGRAM=@-'], { input: 'all "/opt/x" X NULL\n' });
    expect(daemon.asked.at(-1)?.body).toEqual({ revision: 4, fields: { recoveryProgram: { cluster: 'all "/opt/x" X NULL\n' } } });
  });

  it('names the line of what cannot be accepted', async () => {
    await using daemon = await daemonWith([
      400,
      problem('invalid_input', '2 values cannot be accepted.', 400, {
        faults: [
          { code: 'program_fault', field: 'recoveryProgram', line: 2, sentence: 'Recovery Program, line 2: NULL is missing.' },
        ],
      }),
    ]);
    const { status, err } = await shell(daemon.state, ['modify', 'event', 'network_down', 'RECOVERY_PROGRAM=all "/opt/x" 0']);
    expect(status).toBe(2);
    expect(err.join('\n')).toContain('RECOVERY_PROGRAM, line 2: NULL is missing.');
  });

  it('refuses a file that is missing, or empty', async () => {
    const { err } = await shell('/nonexistent', ['modify', 'event', 'network_down', 'RECOVERY_PROGRAM=@/nonexistent/rp']);
    expect(err).toEqual(['RECOVERY_PROGRAM: /nonexistent/rp cannot be read: there is no such file.']);
    expect((await shell('/x', ['modify', 'event', 'network_down', 'RECOVERY_PROGRAM=@-'], { input: ' \n' })).err).toEqual([
      'RECOVERY_PROGRAM: it is empty. To have the predefined program again, give RECOVERY_PROGRAM= with nothing behind.',
    ]);
    expect((await shell('/x', ['modify', 'event', 'network_down', 'RECOVERY_PROGRAM=@'])).err).toEqual([
      'RECOVERY_PROGRAM: the name of a file is missing behind @. Give @FILE, or @- for the standard input.',
    ]);
  });
});
