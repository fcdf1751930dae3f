import type { NotificationView } from '@fallover/contract';
import { describe, expect, it } from 'vitest';
import { breaks, problem, shell, smallDaemon, stream } from '../fixtures/small-daemon.ts';

const AT = '2026-11-23T05:00:00.000Z';
const RUN = '0199aaaa-0000-7000-8000-000000abcdef';
const POST = 'POST /api/v1/notification-methods/oncall/test';
const STREAM = 'GET /api/v1/notification-tests/t1/stream';

const line = (direction: string, text: string, recipient = 'anna@example.com') => ({
  event: 'line',
  data: { at: AT, recipient, direction, text },
});
const recipient = (to: string, state: NotificationView['recipients'][number]['state'], answer?: string) => ({
  to,
  state,
  attempts: answer === undefined ? [] : [{ number: 1, node: 'nodea', at: AT, answer }],
});
const test = (more: Partial<NotificationView> = {}): NotificationView => ({
  id: 'n1',
  method: 'oncall',
  moment: 'test',
  event: 'node_down',
  args: ['nodea'],
  node: 'nodea',
  drill: false,
  at: AT,
  expiresAt: AT,
  severity: 'error',
  subject: 'node_down',
  text: 'node_down on nodea',
  state: 'delivered',
  nodes: ['nodea'],
  recipients: [recipient('anna@example.com', 'delivered', '250 queued')],
  ...more,
});
const end = (more?: Partial<NotificationView>) => ({ event: 'end', data: test(more) });

describe('fallover send-test', () => {
  it('shows the conversation with its control characters made visible, then who got it', async () => {
    await using daemon = await smallDaemon();
    daemon.answers(POST, [201, { test: 't1' }]);
    daemon.answers(
      STREAM,
      stream([
        line('note', 'Connecting to mail.example.com:25', ''),
        line('received', '220 mail\u001b[2J'),
        line('sent', 'EHLO nodea\r\n'),
        line('sent', 'AUTH PLAIN ••••'),
        line('sent', 'RCPT TO:<bob@example.com>', 'bob@example.com'),
        line('received', '550-no\r\n550 such user', 'bob@example.com'),
        end({
          state: 'failed',
          recipients: [
            recipient('anna@example.com', 'delivered', '250 queued'),
            recipient('bob@example.com', 'failed', '550 no such\nuser'),
          ],
        }),
      ]),
    );
    expect(await shell(daemon.state, ['send-test', 'oncall'])).toEqual({
      status: 1,
      out: [
        '* Connecting to mail.example.com:25',
        'To anna@example.com',
        '< 220 mail^[[2J',
        '> EHLO nodea',
        '> AUTH PLAIN ••••',
        'To bob@example.com',
        '> RCPT TO:<bob@example.com>',
        '< 550-no',
        '< 550 such user',
        'anna@example.com delivered: 250 queued',
        'bob@example.com failed: 550 no such^Juser',
        'The test of method oncall failed: 1 of 2 recipients reached (notification n1)',
      ],
      err: [],
    });
    expect(daemon.asked[0]?.body).toEqual({});
  });

  it('is about the event, arguments, run and moment that are given, and exits with 0 when all got it', async () => {
    await using daemon = await smallDaemon();
    daemon.answers(POST, [201, { test: 't1' }]);
    daemon.answers(STREAM, stream([end()]));
    const words = ['--moment', 'failure', 'oncall', 'network_down', '--run', RUN, '-1', 'net1', '--', '--json'];
    expect((await shell(daemon.state, ['send-test', ...words])).out.at(-1)).toBe(
      'The test of method oncall is delivered: 1 of 1 recipient reached (notification n1)',
    );
    expect(daemon.asked[0]?.body).toEqual({
      event: 'network_down',
      args: ['-1', 'net1', '--json'],
      run: RUN,
      moment: 'failure',
    });
    expect(await shell(daemon.state, ['send-test', 'oncall', '--json'])).toEqual({
      status: 0,
      out: [JSON.stringify(test())],
      err: [],
    });
  });

  it('says why nothing could be tried', async () => {
    await using daemon = await smallDaemon();
    daemon.answers(POST, [201, { test: 't1' }]);
    const fault = { code: 'x', sentence: 'The tty /dev/ttyS0 is not there.' };
    daemon.answers(STREAM, stream([end({ state: 'failed', recipients: [], fault })]));
    expect(await shell(daemon.state, ['send-test', 'oncall'])).toEqual({
      status: 1,
      out: ['The test of method oncall failed: The tty /dev/ttyS0 is not there.'],
      err: [],
    });
  });

  it('hears each line once when the stream breaks and is asked for again', async () => {
    await using daemon = await smallDaemon();
    daemon.answers(POST, [201, { test: 't1' }]);
    const first = line('sent', 'AT', '5551234#');
    daemon.answers(
      STREAM,
      stream([first]),
      breaks,
      stream([first, line('received', 'OK', '5551234#'), end({ recipients: [recipient('5551234#', 'delivered')] })]),
    );
    expect((await shell(daemon.state, ['send-test', 'oncall'])).out.slice(0, 4)).toEqual([
      'To 5551234#',
      '> AT',
      '< OK',
      '5551234# delivered',
    ]);
  });

  it('does not know what became of a test that the daemon has forgotten', async () => {
    await using daemon = await smallDaemon();
    daemon.answers(POST, [201, { test: 't1' }]);
    const gone = problem('not_found', 'There is no test "t1", or it was over more than ten minutes ago.', 404);
    daemon.answers(STREAM, stream([line('sent', 'AT', '')]), [404, gone]);
    expect(await shell(daemon.state, ['send-test', 'oncall'])).toEqual({
      status: 1,
      out: ['> AT'],
      err: [
        'There is no test "t1", or it was over more than ten minutes ago.',
        'What became of the test is not known here.',
        '  "fallover query notification --method oncall" shows how it ends.',
      ],
    });
  });

  it('is left to itself by Ctrl-C', async () => {
    await using daemon = await smallDaemon();
    daemon.answers(POST, [201, { test: 't1' }]);
    daemon.answers(STREAM, stream([line('sent', 'AT', '')], { stays: true }));
    expect(await shell(daemon.state, ['send-test', 'oncall'], { interruptWhen: '> AT' })).toEqual({
      status: 130,
      out: ['> AT'],
      err: ['The test goes on.', '  "fallover query notification --method oncall" shows how it ends.'],
    });
  });

  it('exits with 2 when it is refused, such as too soon after another', async () => {
    await using daemon = await smallDaemon();
    const sentence = 'A test was sent by oncall just now. Wait 20 seconds.';
    daemon.answers(POST, [429, problem('too_many_tests', sentence, 429)]);
    expect(await shell(daemon.state, ['send-test', 'oncall'])).toEqual({ status: 2, out: [], err: [sentence] });
    expect(await shell(daemon.state, ['send-test', 'oncall', '--moment', 'later'])).toEqual({
      status: 2,
      out: [],
      err: ['--moment: "later" is not one of start, success, failure, warning.'],
    });
    expect((await shell(daemon.state, ['send-test'])).err[0]).toBe('Something is missing here.');
  });

  it('exits with 3 when there is no daemon', async () => {
    expect((await shell('/nonexistent', ['send-test', 'oncall'])).status).toBe(3);
  });
});
