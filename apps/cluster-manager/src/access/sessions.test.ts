import { DatabaseSync } from 'node:sqlite';
import { describe, expect, it } from 'vitest';
import { accounts } from './accounts.ts';
import { endedSessionCookie, sessionCookie, sessions, tokenOf } from './sessions.ts';

const MINUTE = 60 * 1000;
const HOUR = 60 * MINUTE;

function fresh() {
  const clock = { ms: Date.UTC(2026, 10, 23) };
  const now = () => clock.ms;
  const db = new DatabaseSync(':memory:');
  accounts(db, { now }).insert({ name: 'anna', role: 'operator', passwordHash: 'x' });
  return { db, clock, open: sessions(db, { now }) };
}
const anna = { name: 'anna', role: 'operator', via: 'session' };

describe('sessions', () => {
  it('know who started them until they are ended', () => {
    const { open } = fresh();
    const token = open.start('anna');
    expect(open.principalOf(token)).toEqual(anna);
    open.end(token);
    expect(open.principalOf(token)).toBeUndefined();
  });

  it('have a random token of 256 bits, which does not stand in the database', () => {
    const { db, open } = fresh();
    const token = open.start('anna');
    expect(Buffer.from(token, 'base64url')).toHaveLength(32);
    expect(open.start('anna')).not.toBe(token);
    expect(JSON.stringify(db.prepare('SELECT * FROM sessions').all())).not.toContain(token);
  });

  it('end after twelve idle hours; a look without use does not count', () => {
    const { clock, open } = fresh();
    const token = open.start('anna');
    clock.ms += 11 * HOUR;
    expect(open.principalOf(token)).toEqual(anna);
    clock.ms += 11 * HOUR;
    expect(open.peek(token)).toEqual(anna);
    clock.ms += HOUR;
    expect(open.principalOf(token)).toBeUndefined();
  });

  it('end after seven days, however much they are used', () => {
    const { clock, open } = fresh();
    const token = open.start('anna');
    for (let hour = 0; hour < 7 * 24 - 1; hour += 1) {
      clock.ms += HOUR;
      expect(open.principalOf(token)).toEqual(anna);
    }
    clock.ms += HOUR;
    expect(open.principalOf(token)).toBeUndefined();
  });

  it('have the role that the account has now', () => {
    const { db, open } = fresh();
    const token = open.start('anna');
    db.exec("UPDATE accounts SET role = 'monitor'");
    expect(open.principalOf(token)?.role).toBe('monitor');
  });

  it('can be used while nothing can be written', () => {
    const { db, clock, open } = fresh();
    const token = open.start('anna');
    clock.ms += HOUR;
    db.exec('PRAGMA query_only = ON');
    expect(open.principalOf(token)).toEqual(anna);
  });

  it('are removed from the database some time after they ended', () => {
    const { db, clock, open } = fresh();
    open.start('anna');
    clock.ms += 13 * HOUR;
    open.start('anna');
    expect(db.prepare('SELECT count(*) AS n FROM sessions').get()).toEqual({ n: 1 });
  });
});

describe('the session cookie', () => {
  it('is out of reach for scripts and other sites, and kept off plain HTTP behind TLS', () => {
    expect(sessionCookie('abc', false)).toBe('fallover_session=abc; Path=/; HttpOnly; SameSite=Strict');
    expect(sessionCookie('abc', true)).toBe('fallover_session=abc; Path=/; HttpOnly; SameSite=Strict; Secure');
    expect(endedSessionCookie(false)).toBe('fallover_session=; Path=/; HttpOnly; SameSite=Strict; Max-Age=0');
  });

  it('is found among others, and only when it can be a token', () => {
    const token = 'A'.repeat(43);
    expect(tokenOf(`theme=dark; fallover_session=${token}`)).toBe(token);
    expect(tokenOf('fallover_session=../../etc')).toBeUndefined();
    expect(tokenOf(`not_fallover_session=${token}`)).toBeUndefined();
    expect(tokenOf(undefined)).toBeUndefined();
  });
});
