import { describe, expect, it } from 'vitest';
import { ctime } from '../ctime.ts';
import { problem, shell, smallDaemon } from '../fixtures/small-daemon.ts';

const AT = '2026-11-26T15:16:29.000Z';
const DATE = ctime(new Date(AT));
const C = '/api/v1/components/c';

describe('fallover ctdb event run', () => {
  it.each([
    ['ok', 0, []],
    ['failed', 8, ['Event takeip in c failed']],
    ['timed_out', 110, ['Event takeip in c timed out']],
    ['cancelled', 125, ['Event takeip in c got cancelled']],
    ['interrupted', 5, ['Failed to run event takeip in c, result=5']],
  ])('of an event that is %s exits with %i', async (outcome, result, out) => {
    await using daemon = await smallDaemon();
    daemon.answers(`POST ${C}/runs`, [201, { outcome, result }]);
    const said = await shell(daemon.state, ['ctdb', 'event', 'run', '20', 'c', 'takeip', 'eth0', '10.0.0.1 24', '']);
    expect(said).toEqual({ status: result, out, err: [] });
    expect(daemon.asked.at(-1)?.body).toEqual({
      event: 'takeip',
      args: ['eth0', '10.0.0.1', '24'],
      timeoutSeconds: 20,
      wait: true,
    });
  });

  it('reads the timeout as CTDB does', async () => {
    await using daemon = await smallDaemon();
    daemon.answers(`POST ${C}/runs`, [201, { outcome: 'ok', result: 0 }]);
    const seconds = [];
    for (const text of ['7', '7s', 'x', '-3', '999999999']) {
      await shell(daemon.state, ['ctdb', 'event', 'run', text, 'c', 'e']);
      seconds.push((daemon.asked.at(-1)?.body as { timeoutSeconds: number } | undefined)?.timeoutSeconds);
    }
    expect(seconds).toEqual([7, 7, 0, 0, 86_400]);
  });

  it('says what is missing as CTDB does, and what is refused in the words of CTDB and of Fallover', async () => {
    await using daemon = await smallDaemon();
    daemon.answers(`POST ${C}/runs`, [404, problem('no_component', 'There is no component.', 404)]);
    const run = ['ctdb', 'event', 'run', '20', 'c', 'e'];
    expect(await shell(daemon.state, run)).toEqual({ status: 2, out: ['Event dir for c does not exist'], err: [] });
    daemon.answers(`POST ${C}/runs`, [409, problem('component_observed', 'It is observed.', 409)]);
    expect(await shell(daemon.state, run)).toEqual({
      status: 22,
      out: ['Failed to run event e in c, result=22'],
      err: ['It is observed.'],
    });
    expect((await shell('/nonexistent', run)).status).toBe(3);
  });
});

describe('fallover ctdb event status', () => {
  it('prints each script, and exits with the status of the one that failed', async () => {
    await using daemon = await smallDaemon();
    const scripts = [
      { script: '01.ok', status: 'OK', durationMs: 2, startedAt: AT, output: 'x' },
      { script: '02.off', status: 'DISABLED', startedAt: AT, output: '' },
      { script: '50.x', status: 'CANNOT RUN', errno: 36, durationMs: 2, startedAt: AT, output: 'out\n' },
    ];
    daemon.answers(`GET ${C}/status/monitor`, [200, { component: 'c', event: 'monitor', result: 36, scripts }]);
    expect(await shell(daemon.state, ['ctdb', 'event', 'status', 'c', 'monitor'])).toEqual({
      status: 36,
      out: [
        `01.ok                OK         0.002 ${DATE}`,
        '02.off               DISABLED  ',
        '50.x                 CANNOT RUN (File name too long)',
        '  OUTPUT: out',
        '',
      ],
      err: [],
    });
  });

  it('says that an event never ran, or that there is no directory', async () => {
    await using daemon = await smallDaemon();
    const status = ['ctdb', 'event', 'status', 'c', 'monitor'];
    daemon.answers(`GET ${C}/status/monitor`, [404, problem('event_never_run', 'It never ran.', 404)]);
    expect(await shell(daemon.state, status)).toEqual({ status: 22, out: ['Event monitor has never run in c'], err: [] });
    daemon.answers(`GET ${C}/status/monitor`, [404, problem('no_component', 'No.', 404)]);
    expect(await shell(daemon.state, status)).toEqual({ status: 2, out: ['Event dir for c does not exist'], err: [] });
  });
});

describe('fallover ctdb event script', () => {
  it('lists the installed scripts, then the others', async () => {
    await using daemon = await smallDaemon();
    const component = {
      installed: [{ name: '05.sys', path: '/share/05.sys.script' }],
      scripts: [
        { name: '05.sys', enabled: true, link: '/share/05.sys.script' },
        { name: '10.own', enabled: false },
      ],
    };
    daemon.answers(`GET ${C}`, [200, component]);
    expect(await shell(daemon.state, ['ctdb', 'event', 'script', 'list', 'c'])).toEqual({
      status: 0,
      out: ['* 05.sys', '', '  10.own'],
      err: [],
    });
  });

  it.each([
    ['enable', 'no_such_event_script', 404, 2, ['Script 10.x does not exist in c']],
    ['enable', 'no_component', 404, 2, ['Script 10.x does not exist in c']],
    ['disable', 'no_component', 404, 0, []],
    ['enable', 'not_an_event_script', 400, 22, ['Script 10.x is invalid in c']],
    ['disable', 'not_a_file_or_link', 409, 22, []],
    ['disable', 'script_not_changed', 409, 5, []],
  ])('%s of what is refused as %s', async (action, code, http, status, out) => {
    await using daemon = await smallDaemon();
    daemon.answers(`POST ${C}/scripts/10.x/${action}`, [http, problem(code, 'So it is.', http)]);
    const said = await shell(daemon.state, ['ctdb', 'event', 'script', action, 'c', '10.x']);
    expect([said.status, said.out]).toEqual([status, out]);
  });

  it('exits with 1 when it is called wrongly, as CTDB does', async () => {
    for (const words of [[], ['run', '5', 'c'], ['status', 'c'], ['script'], ['script', 'list'], ['script', 'x', 'c'], ['x']])
      expect((await shell('/nonexistent', ['ctdb', 'event', ...words])).status).toBe(1);
    expect((await shell('/nonexistent', ['ctdb', 'x'])).status).toBe(2);
  });
});

describe('ctime', () => {
  it('has the day in two places', () => {
    expect(ctime(new Date(2026, 0, 5, 3, 4, 5))).toBe('Mon Jan  5 03:04:05 2026');
  });
});
