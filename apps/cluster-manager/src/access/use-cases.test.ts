import { afterEach, describe, expect, it } from 'vitest';
import { type Got, site } from '../http/app.test-support.ts';

let daemon: Awaited<ReturnType<typeof site>>;
afterEach(() => daemon.close());

const password = 'correct horse battery';
const setCookie = (got: Got) => got.headers['set-cookie']?.[0] ?? '';
const cookieIn = (got: Got) => setCookie(got).split(';')[0];

describe('access', () => {
  it('begins with the set-up address, and then needs the password', async () => {
    daemon = await site();
    const token = daemon.setUp.issue();
    expect((await daemon.ask('/api/v1/session')).json).toEqual({ setUpNeeded: true });

    const created = await daemon.ask('/api/v1/setup', { body: { token, name: 'anna', password } });
    expect([created.status, created.json]).toEqual([201, { principal: { name: 'anna', role: 'admin', via: 'session' } }]);
    expect((await daemon.ask('/api/v1/session', { cookie: cookieIn(created) })).json).toEqual({
      principal: { name: 'anna', role: 'admin', via: 'session' },
      setUpNeeded: false,
      cluster: 'testcluster',
      node: 'nodea',
    });
    const again = await daemon.ask('/api/v1/setup', { body: { token, name: 'otto', password } });
    expect([again.status, again.json.code]).toEqual([409, 'administrator_exists']);

    const signedIn = await daemon.ask('/api/v1/session', { body: { name: 'anna', password } });
    expect(signedIn.status).toBe(201);
    expect(setCookie(signedIn)).toMatch(/^fallover_session=[A-Za-z0-9_-]{43}; Path=\/; HttpOnly; SameSite=Strict$/);
  });

  it('ends with signing out', async () => {
    daemon = await site();
    const cookie = daemon.cookieOf('admin');
    const out = await daemon.ask('/api/v1/session', { method: 'DELETE', cookie });
    expect([out.status, setCookie(out)]).toEqual([204, 'fallover_session=; Path=/; HttpOnly; SameSite=Strict; Max-Age=0']);
    const later = await daemon.ask('/api/v1/audit', { cookie });
    expect([later.status, later.json.title]).toEqual([401, 'Nobody is signed in, or the session has ended. Sign in.']);
  });

  it('ends the session before when somebody signs in again', async () => {
    daemon = await site();
    await daemon.people.create({ name: 'anna', role: 'admin', password });
    const first = await daemon.ask('/api/v1/session', { body: { name: 'anna', password } });
    await daemon.ask('/api/v1/session', { body: { name: 'anna', password }, cookie: cookieIn(first) });
    expect((await daemon.ask('/api/v1/audit', { cookie: cookieIn(first) })).status).toBe(401);
  });

  it('says which field of the set-up is wrong', async () => {
    daemon = await site();
    const token = daemon.setUp.issue();
    const got = await daemon.ask('/api/v1/setup', { body: { token, name: 'anna', password: 'short' } });
    const sentence = 'The password has 5 characters. It needs at least 12.';
    expect(got.json).toMatchObject({
      status: 400,
      code: 'password_too_short',
      title: sentence,
      faults: [{ code: 'password_too_short', field: 'password', sentence }],
    });
    const stale = await daemon.ask('/api/v1/setup', { body: { token: 'x', name: 'anna', password } });
    expect([stale.status, stale.json.code]).toEqual([403, 'setup_token_not_valid']);
  });

  it('tells who fails too often when to try again', async () => {
    daemon = await site();
    const body = { name: 'anna', password: 'wrong' };
    for (let n = 0; n < 5; n += 1) expect((await daemon.ask('/api/v1/session', { body })).status).toBe(401);
    const got = await daemon.ask('/api/v1/session', { body });
    expect([got.status, got.json.title, got.headers['retry-after']]).toEqual([
      429,
      'Too many attempts to sign in have failed. Try again in 15 minutes.',
      '900',
    ]);
  });

  it('has room for thirty tries a minute from an address, and none is refused on the control socket', async () => {
    daemon = await site();
    const body = { token: 'x', name: 'anna', password };
    const codes: string[] = [];
    for (let n = 0; n < 31; n += 1) codes.push((await daemon.ask('/api/v1/setup', { body })).json.code);
    expect(codes.indexOf('too_many_requests')).toBe(30);
    const refused = await daemon.ask('/api/v1/setup', { body });
    expect([refused.status, refused.json.title]).toEqual([
      429,
      'Too many requests to sign in came from this address. Try again in 60 seconds.',
    ]);
    expect((await daemon.askLocally('/api/v1/setup', { body })).json.code).toBe('setup_token_not_valid');
  });

  it('keeps to TLS where browsers come over TLS', async () => {
    const host = { secure: true, listenHost: '127.0.0.1', hostNames: ['console.example'] };
    daemon = await site({}, { site: host, behindTlsProxy: true });
    await daemon.people.create({ name: 'anna', role: 'admin', password });
    const body = { name: 'anna', password };
    const proxied = { Host: 'console.example', 'X-Forwarded-For': '198.51.100.7', 'X-Forwarded-Proto': 'https' };
    const inClear = await daemon.ask('/api/v1/session', { body, headers: proxied, origin: 'http://console.example' });
    expect(inClear.json.code).toBe('origin_foreign');
    const signedIn = await daemon.ask('/api/v1/session', { body, headers: proxied, origin: 'https://console.example' });
    expect(setCookie(signedIn)).toMatch(/; HttpOnly; SameSite=Strict; Secure$/);
    expect(signedIn.headers['strict-transport-security']).toBe('max-age=31536000');
    expect(daemon.audit.read({ before: 2, limit: 1 })[0]?.detail).toBe('{"name":"anna","address":"198.51.100.7"}');
  });

  it('does not believe what anybody says about addresses when there is no proxy', async () => {
    daemon = await site();
    const body = { name: 'anna', password };
    await daemon.ask('/api/v1/session', { body, headers: { 'X-Forwarded-For': '198.51.100.7' } });
    expect(daemon.audit.read({ before: 2, limit: 1 })[0]?.detail).toBe('{"name":"anna","address":"127.0.0.1"}');
  });

  it('is seen in the audit trail, which says when its chain is broken', async () => {
    daemon = await site();
    await daemon.ask('/api/v1/session', { body: { name: 'anna', password } });
    const { json } = await daemon.askLocally('/api/v1/audit?limit=1');
    expect(json).toMatchObject({
      whole: true,
      entries: [{ number: 2, action: 'signIn', phase: 'effect', outcome: 'sign_in_refused' }],
    });
    daemon.db.exec("DROP TRIGGER audit_trail_no_update; UPDATE audit_trail SET entry = '{}' WHERE number = 1");
    expect((await daemon.askLocally('/api/v1/audit')).json).toMatchObject({ whole: false, brokenAt: 1 });
  });
});
