import { spawnSync } from 'node:child_process';
import { request as httpRequest } from 'node:http';
import { join } from 'node:path';
import type { NotificationView } from '@fallover/contract';
import type { RemoteNotificationMethod } from '@fallover/events';
import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest';
import { type TestCluster, testCluster } from './cluster.ts';
import { header, type MailSink, mailSink } from './mail-sink.ts';

let on: TestCluster;
let sink: MailSink;
beforeEach(async () => {
  on = await testCluster();
  sink = await mailSink();
});
afterEach(async () => {
  await on.end();
  await sink.close();
});

const put = async (entryClass: string, name: string, fields: object, revision = 0) => {
  const reply = await on.ask('PUT', `/api/v1/entries/${entryClass}/${name}`, { revision, fields });
  if (reply.status >= 300) throw new Error(JSON.stringify(reply.body));
  return reply.body;
};
const synchronise = async () => expect((await on.ask('POST', '/api/v1/configuration/synchronise', {})).status).toBe(201);
const relay = () => put('cluster', 'payroll', { mailRelay: { cluster: sink.url } });
const method = (fields: RemoteNotificationMethod): RemoteNotificationMethod => ({
  contact: { cluster: 'ada@example.org' },
  methodEvents: { cluster: ['node_up'] },
  ...fields,
});
const log = async (query = ''): Promise<NotificationView[]> =>
  (await on.ask('GET', `/api/v1/notifications${query}`)).body.notifications;
const settled = (count: number): Promise<NotificationView[]> =>
  vi.waitFor(
    async () => {
      const found = await log();
      expect(found).toHaveLength(count);
      expect(found.filter(({ state }) => state === 'waiting' || state === 'sending')).toEqual([]);
      return found;
    },
    { timeout: 10_000 },
  );

/** The lines of a stream until its end. */
const follow = (path: string): Promise<{ event: string; data: { text?: string; state?: string } }[]> =>
  new Promise((resolve, reject) => {
    const request = httpRequest({ socketPath: join(on.state, 'control.sock'), path }, (response) => {
      let text = '';
      response.setEncoding('utf8').on('data', (chunk: string) => (text += chunk));
      response.on('end', () => {
        const events = text.split('\n\n').flatMap((block) => {
          const event = /^event: (.*)$/m.exec(block)?.[1];
          const data = /^data: (.*)$/m.exec(block)?.[1];
          return event === undefined || data === undefined ? [] : [{ event, data: JSON.parse(data) }];
        });
        resolve(events);
      });
    });
    request.on('error', reject);
    request.end();
  });

describe('remote notification', () => {
  it('tells of a run that was processed once, to each recipient, with the words of the method', async () => {
    await relay();
    await put(
      'notification_method',
      'oncall',
      method({ contact: { cluster: 'ada@example.org bob@example.org' }, methodText: { cluster: '%e of %o on %n: 100 %%' } }),
    );
    await synchronise();
    const run = await on.run('node_up', 'nodea');
    const [told] = await settled(1);
    expect(told).toMatchObject({
      method: 'oncall',
      moment: 'success',
      run: run.id,
      state: 'delivered',
      subject: 'payroll: node_up nodea was processed on nodea',
    });
    expect(sink.mails.map(({ to }) => to[0]).sort()).toEqual(['ada@example.org', 'bob@example.org']);
    expect(sink.mails[0]?.text).toContain('node_up of nodea on nodea: 100 %');
    const ids = sink.mails.map(({ text }) => header(text, 'Message-ID'));
    expect(new Set(ids).size).toBe(2);
    const ofRun = await on.ask('GET', `/api/v1/runs/${run.id}/notifications`);
    expect(ofRun.body).toMatchObject({ notifications: [{ id: told?.id }], escalations: [] });
  });

  it('tells of a failed event once, says why, and that nothing fails over until somebody recovers', async () => {
    await relay();
    const events = ['node_up', 'event_error', 'process_resources'];
    await put('notification_method', 'oncall', method({ methodEvents: { cluster: events } }));
    await on.configure({ node_up: { eventCommand: { cluster: on.script('fails', 'exit 3') } } });
    const run = await on.run('node_up', 'nodea');
    expect(run.state).toBe('awaiting_decision');
    await vi.waitFor(async () => expect((await on.ask('GET', '/api/v1/runs')).body.runs).toHaveLength(2));
    const [told] = await settled(1);
    expect(told).toMatchObject({ moment: 'failure', subject: 'payroll: node_up nodea FAILED with status 3 on nodea' });
    const [mail] = sink.mails;
    expect(mail?.text).toContain('The event command of node_up nodea ended with status 3 on nodea.');
    expect(mail?.text.replaceAll('=\r\n', '')).toContain(
      'The cluster does not fail over until somebody recovers from script failure.',
    );
    await on.ask('POST', '/api/v1/recover', { as: 'succeeded' });
    expect((await settled(2)).map(({ moment }) => moment)).toEqual(['success', 'failure']);
  });

  it('never delays an event, and tells it once the server is back', async () => {
    await relay();
    await put('notification_method', 'oncall', method({ timeout: { cluster: 2 } }));
    await synchronise();
    await sink.close();
    const began = Date.now();
    const run = await on.run('node_up', 'nodea');
    expect(run.outcome).toBe('succeeded');
    expect(Date.now() - began).toBeLessThan(5_000);
    const tried = await vi.waitFor(async () => {
      const [one] = await log();
      expect(one?.recipients[0]?.attempts.at(-1)?.outcome).toBe('failed');
      return one;
    });
    expect(tried).toMatchObject({ state: 'waiting', recipients: [{ attempts: [{ code: 'connection_refused' }] }] });
    sink = await mailSink({}, sink.port);
    await vi.waitFor(() => expect(sink.mails).toHaveLength(1), { timeout: 15_000 });
  }, 30_000);

  it('keeps no secret in clear: not in the store, the revisions, the audit trail, smit.script or an answer', async () => {
    await sink.close();
    const logins: (string | undefined)[] = [];
    sink = await mailSink({
      disabledCommands: ['STARTTLS'],
      authOptional: false,
      allowInsecureAuth: true,
      onAuth({ username, password }, _session, done) {
        logins.push(`${username}:${password}`);
        done(null, { user: username });
      },
    });
    await relay();
    const secret = 'geheim-4711-xyz';
    const settings = { cluster: ['user=ada', `password=${secret}`, 'security=none'] };
    const saved = await put('notification_method', 'oncall', method({ settings }));
    const [, sealed] = saved.entry.draft.fields.settings.cluster;
    expect(sealed).toMatch(/^password=sealed:v1:/);
    // Saved again as it was read, and typed again: both are no change.
    await put('notification_method', 'oncall', saved.entry.draft.fields, saved.entry.draft.revision);
    await synchronise();
    await on.run('node_up', 'nodea');
    await settled(1);
    expect(logins).toEqual([`ada:${secret}`]);
    const file = JSON.stringify({
      format: 1,
      cluster: 'payroll',
      entries: [{ class: 'notification_method', name: 'other', fields: { contact: { cluster: 'a@b' }, settings } }],
    });
    expect((await on.ask('POST', '/api/v1/configuration/import', { text: file, whole: false })).status).toBe(200);
    const started = await on.ask('POST', '/api/v1/notification-tests', {
      method: { name: 'typed', fields: method({ settings }) },
    });
    const heard = await follow(`/api/v1/notification-tests/${started.body.test}/stream`);
    expect(heard.at(-1)).toMatchObject({ event: 'end', data: { state: 'delivered' } });
    expect(JSON.stringify(heard)).not.toContain(secret);
    expect(JSON.stringify(heard)).not.toContain(Buffer.from(secret).toString('base64'));
    const found = (text: string) => spawnSync('grep', ['-rlaF', text, on.state], { encoding: 'utf8' }).stdout.trim();
    expect(found('ada@example.org')).not.toBe('');
    expect([found(secret), found(Buffer.from(secret).toString('base64').slice(0, 16))]).toEqual(['', '']);
  });

  it('sends a test before anything is saved, shows the conversation, and says why it failed', async () => {
    const typed = (fields: RemoteNotificationMethod) => ({
      method: { name: 'oncall', fields: method(fields) },
      event: 'node_down',
    });
    const refused = await on.ask(
      'POST',
      '/api/v1/notification-tests',
      typed({ contact: { cluster: 'nobody' }, settings: { cluster: ['port=x', 'colour=red'] }, transport: { cluster: 'smtp' } }),
    );
    expect(refused.status).toBe(400);
    expect(refused.body.faults.map(({ field }: { field: string }) => field).sort()).toEqual([
      'contact',
      'settings.colour',
      'settings.port',
    ]);
    const server = ['server=127.0.0.1', `port=${sink.port}`];
    const started = await on.ask('POST', '/api/v1/notification-tests', typed({ settings: { cluster: server } }));
    expect(started.status).toBe(201);
    const heard = await follow(`/api/v1/notification-tests/${started.body.test}/stream`);
    expect(heard.map(({ data }) => data.text ?? '').join('\n')).toMatch(/220 [\s\S]*RCPT TO:<ada@example.org>[\s\S]*250 Queued/);
    expect(sink.mails[0]?.text).toContain('Subject: TEST: payroll: node_down nodea');
    await sink.close();
    const again = await on.ask('POST', '/api/v1/notification-tests', typed({ settings: { cluster: server } }));
    const failed = await follow(`/api/v1/notification-tests/${again.body.test}/stream`);
    expect(failed.at(-1)).toMatchObject({ event: 'end', data: { state: 'failed' } });
    expect((await log('?method=oncall')).map(({ moment, state }) => [moment, state])).toEqual([
      ['test', 'failed'],
      ['test', 'delivered'],
    ]);
    sink = await mailSink();
  });

  it('bounds tests, and says when the next one can be sent', async () => {
    const body = {
      method: { name: 'oncall', fields: method({ settings: { cluster: ['server=127.0.0.1', `port=${sink.port}`] } }) },
    };
    const statuses = [];
    for (let count = 0; count < 31; count += 1) statuses.push((await on.ask('POST', '/api/v1/notification-tests', body)).status);
    expect(statuses).toEqual([...Array.from({ length: 30 }, () => 201), 429]);
    const refused = await on.ask('POST', '/api/v1/notification-tests', body);
    expect(JSON.stringify(refused.body)).toMatch(/Too many tests were sent\. The next one can be sent in \d+ seconds\./);
  });

  it('escalates until somebody acknowledges, and keeps who that was', async () => {
    await relay();
    await put('notification_method', 'boss', { contact: { cluster: 'boss@example.org' } });
    await put('notification_method', 'chief', { contact: { cluster: 'chief@example.org' } });
    await put(
      'notification_method',
      'oncall',
      method({
        when: { cluster: ['success'] },
        escalateTo: { cluster: ['boss', 'chief'] },
        escalateAfter: { cluster: ['1', '600'] },
      }),
    );
    await synchronise();
    const run = await on.run('node_up', 'nodea');
    await vi.waitFor(() => expect(sink.mails).toHaveLength(2), { timeout: 10_000 });
    expect(sink.mails[1]?.to).toEqual(['boss@example.org']);
    expect(sink.mails[1]?.text).toContain('Subject: Not acknowledged: payroll: node_up nodea was processed on nodea');
    const before = await on.ask('GET', `/api/v1/runs/${run.id}/notifications`);
    expect(before.body.escalations).toMatchObject([{ from: 'oncall', to: 'chief' }]);
    const known = await on.ask('POST', `/api/v1/runs/${run.id}/acknowledge`, { comment: 'I am on it' });
    expect(known.body.acknowledgement).toMatchObject({ by: 'local administrator', comment: 'I am on it' });
    const again = await on.ask('POST', `/api/v1/runs/${run.id}/acknowledge`, { comment: 'me too' });
    expect(again.body.acknowledgement.comment).toBe('I am on it');
    const after = (await settled(3)).map(({ method: name, state }) => [name, state]).sort();
    expect(after).toEqual([
      ['boss', 'delivered'],
      ['chief', 'acknowledged'],
      ['oncall', 'delivered'],
    ]);
    expect((await on.ask('GET', `/api/v1/runs/${run.id}/notifications`)).body.escalations).toEqual([]);
  });

  it('tells a node_down that a node_up undoes within the hold time as one', async () => {
    await relay();
    await put(
      'notification_method',
      'oncall',
      method({ methodEvents: { cluster: ['network_down', 'network_up'] }, holdTime: { cluster: 2 } }),
    );
    await synchronise();
    await on.run('network_down', '-1', 'net1');
    await on.run('network_up', '-1', 'net1');
    const found = await settled(2);
    expect(found.map(({ event, state }) => [event, state])).toEqual([
      ['network_up', 'delivered'],
      ['network_down', 'grouped'],
    ]);
    expect(sink.mails).toHaveLength(1);
    expect(sink.mails[0]?.text.replaceAll('=\r\n', '')).toMatch(/Before, at .*network_down -1 net1 was processed/);
  });

  it('sends again what failed, for a person, and counts it as new for the receiver', async () => {
    await relay();
    await put('notification_method', 'oncall', method({ retryCounter: { cluster: 0 } }));
    await synchronise();
    await sink.close();
    await on.run('node_up', 'nodea');
    const [failed] = await settled(1);
    expect(failed?.state).toBe('failed');
    sink = await mailSink({}, sink.port);
    const path = `/api/v1/notifications/${encodeURIComponent(failed?.id ?? '')}/redeliver`;
    expect((await on.ask('POST', path, {})).body.notification).toMatchObject({
      state: 'waiting',
      redeliveredBy: 'local administrator',
    });
    await vi.waitFor(() => expect(sink.mails).toHaveLength(1));
    await settled(1);
    expect((await on.ask('POST', path, {})).body.code).toBe('nobody_left_to_tell');
    expect((await on.ask('POST', path, { all: true })).status).toBe(200);
    await vi.waitFor(() => expect(sink.mails).toHaveLength(2));
    const ids = sink.mails.map(({ text }) => header(text, 'Message-ID'));
    expect(new Set(ids).size).toBe(2);
  });

  it('silences by method and event, with an end and an author', async () => {
    await relay();
    await put('notification_method', 'oncall', method({}));
    await synchronise();
    const made = await on.ask('POST', '/api/v1/silences', { event: 'node_up', minutes: 5, reason: 'disk change' });
    expect(made.body.silence).toMatchObject({ by: 'local administrator', active: true, kept: 0 });
    expect((await on.ask('POST', '/api/v1/silences', { event: 'node_op', minutes: 5, reason: 'x' })).status).toBe(400);
    await on.run('node_up', 'nodea');
    expect((await settled(1))[0]).toMatchObject({ state: 'silenced', silence: made.body.silence.id });
    expect((await on.ask('GET', '/api/v1/silences')).body.silences).toMatchObject([{ kept: 1 }]);
    expect((await on.ask('DELETE', `/api/v1/silences/${made.body.silence.id}`)).status).toBe(204);
    await on.run('node_up', 'nodea');
    await vi.waitFor(() => expect(sink.mails).toHaveLength(1));
  });

  it('says what a method lacks on this node as it is saved, and shows the form of each transport', async () => {
    const saved = await put('notification_method', 'sms', {
      contact: { cluster: '0151234567#' },
      settings: { cluster: ['tty=/dev/no-modem'] },
    });
    expect(saved.warnings.map(({ sentence }: { sentence: string }) => sentence).join()).toMatch(
      /On node nodea: .*\/dev\/no-modem/,
    );
    const { transports } = (await on.ask('GET', '/api/v1/notification-transports')).body;
    const sms = transports.find(({ kind }: { kind: string }) => kind === 'gsm_sms');
    expect(sms.settings.properties.tty).toMatchObject({ perNode: true });
    const { methods } = (await on.ask('GET', '/api/v1/notification-methods')).body;
    expect(methods).toMatchObject([{ name: 'sms', transport: 'gsm_sms', stale: true, waiting: 0 }]);
  });

  it('goes on after a restart where it was, and tells nothing twice', async () => {
    await relay();
    await put('notification_method', 'oncall', method({}));
    await synchronise();
    for (let count = 0; count < 5; count += 1) await on.run('node_up', 'nodea');
    await settled(5);
    await on.restart();
    await on.run('node_up', 'nodea');
    await settled(6);
    expect(sink.mails).toHaveLength(6);
  });
});
