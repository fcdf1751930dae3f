import type { NotificationView } from '@fallover/contract';
import { NOTIFICATION_STATES } from '@fallover/events';
import { describe, expect, it } from 'vitest';
import { problem, shell, smallDaemon } from '../fixtures/small-daemon.ts';
import { shellTime } from '../shell-time.ts';

const AT = '2026-11-23T05:00:00.000Z';
const SHOWN = shellTime(AT);
const RUN = '0199aaaa-0000-7000-8000-000000abcdef';
const ONE = `${RUN}.failure.onCall`;
const TWO = '0199bbbb-1111-7000-8000-000000222222.test.oncall';
const SILENCE = '0199cccc-0000-7000-8000-000000111111';
const LOG = 'GET /api/v1/notifications';

const notification = (more: Partial<NotificationView> = {}): NotificationView => ({
  id: ONE,
  method: 'oncall',
  moment: 'failure',
  run: RUN,
  event: 'node_down',
  args: ['nodeb', 'graceful'],
  node: 'nodea',
  drill: false,
  at: AT,
  expiresAt: '2026-11-23T06:00:00.000Z',
  severity: 'error',
  subject: 'node_down failed on nodea',
  text: 'node_down\tof nodeb\nfailed\u001b\n',
  state: 'failed',
  nodes: ['nodea', 'nodeb'],
  recipients: [
    {
      to: 'anna@example.com',
      state: 'delivered',
      attempts: [{ number: 1, node: 'nodea', at: AT, durationMs: 1200, outcome: 'delivered', answer: '250 queued' }],
    },
    {
      to: 'bob@example.com',
      state: 'failed',
      attempts: [
        { number: 1, node: 'nodea', at: AT, outcome: 'interrupted' },
        { number: 2, node: 'nodeb', at: AT, durationMs: 90, outcome: 'failed', code: 'refused', answer: '550 no\nsuch user' },
      ],
    },
  ],
  ...more,
});
const other = notification({
  id: TWO,
  moment: 'test',
  event: 'cluster_notify',
  args: [],
  drill: true,
  state: 'waiting',
  recipients: [{ to: '', state: 'waiting', notBefore: AT, attempts: [{ number: 1, node: 'nodea', at: AT }] }],
});

describe('fallover query notification', () => {
  it('lists the delivery log, and how to see older ones', async () => {
    await using daemon = await smallDaemon();
    daemon.answers(`${LOG}?limit=50`, [200, { notifications: [notification(), other], next: 'n50' }]);
    expect((await shell(daemon.state, ['query', 'notification'])).out).toEqual([
      'NOTIFICATION                                         AT                   METHOD  MOMENT   STATE    EVENT                     TO',
      `${ONE}  ${SHOWN}  oncall  failure  failed   node_down nodeb graceful  anna@example.com (delivered), bob@example.com`,
      `${TWO}     ${SHOWN}  oncall  test     waiting  cluster_notify (drill)    (by its settings)`,
      'There are older ones: add --before n50',
    ]);
    daemon.answers(`${LOG}?limit=50`, [200, { notifications: [] }]);
    expect((await shell(daemon.state, ['query', 'notification'])).out).toEqual(['There are no such notifications.']);
  });

  it('asks for what the filters say', async () => {
    await using daemon = await smallDaemon();
    const filters = [
      '--method',
      'oncall',
      '--event',
      'node_down',
      '--run',
      RUN,
      '--status',
      'failed',
      '--text',
      '550',
      '--before',
      'x',
    ];
    await shell(daemon.state, ['query', 'notification', '--limit', '5', ...filters]);
    const [, query = ''] = daemon.asked.at(-1)?.line.split('?') ?? [];
    expect(Object.fromEntries(new URLSearchParams(query))).toEqual({
      limit: '5',
      method: 'oncall',
      event: 'node_down',
      run: RUN,
      state: 'failed',
      text: '550',
      before: 'x',
    });
  });

  it('prints all of one, by the beginning or end of its id, on whichever page it is', async () => {
    await using daemon = await smallDaemon();
    daemon.answers(`${LOG}?limit=200`, [200, { notifications: [other], next: 'p2' }]);
    daemon.answers(`${LOG}?limit=200&before=p2`, [200, { notifications: [notification()] }]);
    expect((await shell(daemon.state, ['query', 'notification', 'failure.oncall'])).out).toEqual([
      `NOTIFICATION="${ONE}"`,
      'METHOD="oncall"',
      'MOMENT="failure"',
      'STATE="failed"',
      `RUN="${RUN}"`,
      'EVENT="node_down"',
      'ARGS="nodeb graceful"',
      'NODE="nodea"',
      `AT="${AT}"`,
      'EXPIRES="2026-11-23T06:00:00.000Z"',
      'SEVERITY="error"',
      'NODES="nodea nodeb"',
      'RECIPIENT="anna@example.com delivered"',
      `ATTEMPT="anna@example.com 1 on nodea at ${AT} delivered after 1.20 s: 250 queued"`,
      'RECIPIENT="bob@example.com failed"',
      `ATTEMPT="bob@example.com 1 on nodea at ${AT} interrupted"`,
      `ATTEMPT="bob@example.com 2 on nodeb at ${AT} failed after 0.09 s (refused): 550 no^Jsuch user"`,
      'SUBJECT="node_down failed on nodea"',
      '',
      'node_down\tof nodeb',
      'failed^[',
    ]);
    const waiting = (await shell(daemon.state, ['query', 'notification', TWO])).out;
    expect(waiting).toContain('DRILL="true"');
    expect(waiting).toContain(`RECIPIENT="(by its settings) waiting until ${AT}"`);
    expect(waiting).toContain(`ATTEMPT="(by its settings) 1 on nodea at ${AT} goes on"`);
    expect((await shell(daemon.state, ['query', 'notification', TWO, '--json'])).out).toEqual([JSON.stringify(other)]);
    expect((await shell(daemon.state, ['query', 'notification', '333333'])).err).toEqual([
      `NOTIFICATION: no notification's id is, begins or ends with "333333". "fallover query notification" lists the notifications.`,
    ]);
  });

  it.each([
    [['--status', 'lost'], `--status: "lost" is not one of ${NOTIFICATION_STATES.join(', ')}.`],
    [['--limit', '201'], '--limit: "201" is not a number from 1 to 200.'],
    [
      ['abc'],
      'NOTIFICATION: "abc" is too short for the id of a notification; give at least 6 characters of its beginning or its end.',
    ],
    [[ONE, '--status', 'failed'], `--status is of the list; leave it out, or the id "${ONE}".`],
  ])('refuses %j', async (words, sentence) => {
    expect(await shell('/nonexistent', ['query', 'notification', ...words])).toEqual({ status: 2, out: [], err: [sentence] });
  });
});

describe('fallover redeliver', () => {
  it('sends to those who did not get it, or to all', async () => {
    await using daemon = await smallDaemon();
    const [anna, bob] = notification().recipients as [NotificationView['recipients'][0], NotificationView['recipients'][0]];
    const again = notification({ state: 'waiting', recipients: [anna, { ...bob, state: 'waiting' }] });
    daemon.answers(`POST /api/v1/notifications/${ONE}/redeliver`, [200, { notification: again }]);
    expect((await shell(daemon.state, ['redeliver', ONE])).out).toEqual([
      'The notification is sent again to bob@example.com',
      `"fallover query notification ${ONE}" shows how that goes`,
    ]);
    daemon.answers(`${LOG}?limit=200`, [200, { notifications: [notification()] }]);
    await shell(daemon.state, ['redeliver', 'failure.oncall', '--all']);
    expect(daemon.asked.filter(({ body }) => body).map(({ body }) => body)).toEqual([{ all: false }, { all: true }]);
  });

  it('says why not', async () => {
    await using daemon = await smallDaemon();
    const sentence = 'Everybody got it already. Give --all to send it once more.';
    daemon.answers(`POST /api/v1/notifications/${ONE}/redeliver`, [409, problem('nothing_to_redeliver', sentence, 409)]);
    expect(await shell(daemon.state, ['redeliver', ONE])).toEqual({ status: 2, out: [], err: [sentence] });
  });
});

describe('fallover acknowledge', () => {
  it.each<[string[], object]>([
    [[], {}],
    [['on', 'my', 'way'], { comment: 'on my way' }],
    [['--comment=--json'], { comment: '--json' }],
  ])('says that somebody knows of the run, with %j', async (words, body) => {
    await using daemon = await smallDaemon();
    const acknowledgement = { run: RUN, by: 'root', at: AT, ...body };
    daemon.answers('GET /api/v1/runs?limit=500', [200, { runs: [{ id: RUN }], more: false }]);
    daemon.answers(`POST /api/v1/runs/${RUN}/acknowledge`, [200, { acknowledgement }]);
    expect(await shell(daemon.state, ['acknowledge', 'abcdef', ...words])).toEqual({
      status: 0,
      out: [`Run ${RUN} is acknowledged by root at ${SHOWN}; nothing about it is escalated any further`],
      err: [],
    });
    expect(daemon.asked.at(-1)?.body).toEqual(body);
  });

  it('takes the comment once', async () => {
    const said = await shell('/nonexistent', ['acknowledge', RUN, 'here', '--comment', 'there']);
    expect([said.status, said.err[0]]).toEqual([2, 'The comment stands behind RUN and in --comment as well; give it once.']);
  });
});

describe('fallover silence', () => {
  const ENDED = '0199cccc-0000-7000-8000-000000222222';
  const silence = { id: SILENCE, reason: 'the move', by: 'root', at: AT, until: AT, active: true, kept: 0 };

  it('keeps notifications back with a reason', async () => {
    await using daemon = await smallDaemon();
    daemon.answers('POST /api/v1/silences', [201, { silence }]);
    expect((await shell(daemon.state, ['silence', '--minutes', '60', 'the', 'move'])).out).toEqual([
      `Until ${SHOWN} no method tells of any event`,
      `"fallover delete silence ${SILENCE}" ends that`,
    ]);
    expect(
      (await shell(daemon.state, ['silence', '--method', 'oncall', '--event', 'node_down', '--minutes=5', 'the move'])).out[0],
    ).toBe(`Until ${SHOWN} method oncall does not tell of node_down`);
    expect(daemon.asked.map(({ body }) => body)).toEqual([
      { minutes: 60, reason: 'the move' },
      { method: 'oncall', event: 'node_down', minutes: 5, reason: 'the move' },
    ]);
  });

  it.each([
    [['why'], '--minutes is missing. Say how long it holds.'],
    [['--minutes', '0', 'why'], '--minutes: "0" is not a number from 1 to 10080, which is a week.'],
    [['--minutes', '10081', 'why'], '--minutes: "10081" is not a number from 1 to 10080, which is a week.'],
    [['--minutes', '5'], 'REASON is missing. Say why nobody is to be told, for those who wonder.'],
    [['--minutes', '5', ' '], 'REASON is missing. Say why nobody is to be told, for those who wonder.'],
  ])('refuses %j', async (words, sentence) => {
    const said = await shell('/nonexistent', ['silence', ...words]);
    expect([said.status, said.err[0]]).toEqual([2, sentence]);
  });

  it('is listed, and ended by its id', async () => {
    await using daemon = await smallDaemon();
    const ended = { ...silence, id: ENDED, active: false, method: 'oncall', event: 'node_down', kept: 12, reason: 'a\ntest' };
    daemon.answers('GET /api/v1/silences', [200, { silences: [silence, ended] }]);
    expect((await shell(daemon.state, ['query', 'silence'])).out).toEqual([
      'SILENCE                               STATE   UNTIL                METHOD  EVENT      KEPT  BY    REASON',
      `${SILENCE}  active  ${SHOWN}  (all)   (all)      0     root  the move`,
      `${ENDED}  ended   ${SHOWN}  oncall  node_down  12    root  a^Jtest`,
    ]);
    daemon.answers(`DELETE /api/v1/silences/${SILENCE}`, [204, undefined]);
    expect((await shell(daemon.state, ['delete', 'silence', '111111'])).out).toEqual([`Silence ${SILENCE} has ended`]);
    expect((await shell(daemon.state, ['delete', 'silence', ENDED])).err).toEqual([
      `ID: no silence's id is, begins or ends with "${ENDED}". "fallover query silence" lists the silences.`,
    ]);
    daemon.answers('GET /api/v1/silences', [200, { silences: [] }]);
    expect((await shell(daemon.state, ['query', 'silence'])).out).toEqual(['Nothing is silenced.']);
  });
});

describe('fallover query run', () => {
  const run = {
    id: RUN,
    event: 'node_down',
    args: [],
    eventClass: 'node',
    origin: { kind: 'person', name: 'root' },
    drill: false,
    state: 'ended',
    outcome: 'failed',
    acceptedAt: AT,
    warnings: 0,
    steps: [],
    phases: [],
    participants: [],
    lost: [],
    waitingFor: [],
    toRun: [],
    skipped: [],
    warnedAt: [],
    decisions: [],
    children: [],
  };

  it('says who knows of it, what was told and to whom it goes next', async () => {
    await using daemon = await smallDaemon();
    daemon.answers(`GET /api/v1/runs/${RUN}`, [200, run]);
    const told = {
      notifications: [notification(), { ...other, moment: 'success', recipients: [] }],
      acknowledgement: { run: RUN, by: 'anna', at: AT, comment: 'on my way' },
      escalations: [{ from: 'oncall', to: 'boss', at: AT }],
    };
    daemon.answers(`GET /api/v1/runs/${RUN}/notifications`, [200, told]);
    expect((await shell(daemon.state, ['query', 'run', RUN])).out.slice(-4)).toEqual([
      `ACKNOWLEDGED="by anna at ${AT}: on my way"`,
      `NOTIFIED="failure by oncall to anna@example.com (delivered), bob@example.com: failed (${ONE})"`,
      `NOTIFIED="success by oncall: waiting (${TWO})"`,
      `ESCALATES="from oncall to boss at ${AT}"`,
    ]);
    daemon.answers(`GET /api/v1/runs/${RUN}/notifications`, [200, { notifications: [], escalations: [] }]);
    expect((await shell(daemon.state, ['query', 'run', RUN])).out.at(-1)).toBe(`ACCEPTED="${AT}"`);
    expect((await shell(daemon.state, ['query', 'run', RUN, '--json'])).out).toEqual([JSON.stringify(run)]);
  });
});
