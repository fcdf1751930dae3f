import { DatabaseSync } from 'node:sqlite';
import { describe, expect, it } from 'vitest';
import { accounts } from './accounts.ts';
import { setUpUrl, setupToken } from './setup-token.ts';

const now = () => Date.UTC(2026, 10, 23);

/** What a start of the daemon makes of the database. */
function start(db: DatabaseSync) {
  const people = accounts(db, { now });
  const setUp = setupToken(db, { accounts: people, now });
  return { people, setUp, token: setUp.issue() ?? '' };
}
const wish = (token: string, name = 'anna') => ({ token, name, password: 'correct horse battery' });

describe('set-up token', () => {
  it('creates the administrator, once', async () => {
    const { people, setUp, token } = start(new DatabaseSync(':memory:'));
    expect(setUp.needed()).toBe(true);
    expect(await setUp.createAdministrator(wish(token))).toEqual({ ok: true, value: { name: 'anna', role: 'admin' } });
    expect(setUp.needed()).toBe(false);
    expect(people.none()).toBe(false);
    expect(await setUp.createAdministrator(wish(token, 'otto'))).toEqual({ ok: false, error: { code: 'administrator_exists' } });
  });

  it('lets only one of two at the same time through', async () => {
    const { setUp, token } = start(new DatabaseSync(':memory:'));
    const both = await Promise.all([setUp.createAdministrator(wish(token)), setUp.createAdministrator(wish(token, 'otto'))]);
    expect(both.map(({ ok }) => ok).sort()).toEqual([false, true]);
  });

  it('is void once the daemon was started again, and then a new one holds', async () => {
    const db = new DatabaseSync(':memory:');
    const before = start(db).token;
    const { setUp, token } = start(db);
    expect(token).not.toBe(before);
    expect(await setUp.createAdministrator(wish(before))).toEqual({ ok: false, error: { code: 'setup_token_not_valid' } });
    expect((await setUp.createAdministrator(wish(token))).ok).toBe(true);
  });

  it('stays good after a password that was refused', async () => {
    const { setUp, token } = start(new DatabaseSync(':memory:'));
    expect(await setUp.createAdministrator({ ...wish(token), password: 'short' })).toEqual({
      ok: false,
      error: { code: 'password_too_short', characters: 5 },
    });
    expect((await setUp.createAdministrator(wish(token))).ok).toBe(true);
  });

  it('is not issued any more when there is an administrator', async () => {
    const db = new DatabaseSync(':memory:');
    const { setUp, token } = start(db);
    await setUp.createAdministrator(wish(token));
    expect(start(db).setUp.issue()).toBeUndefined();
  });

  it('does not stand in the database', () => {
    const db = new DatabaseSync(':memory:');
    const { token } = start(db);
    expect(token).toMatch(/^[A-Za-z0-9_-]{43}$/);
    expect(JSON.stringify(db.prepare('SELECT * FROM setup_token').all())).not.toContain(token);
  });

  it('stands behind # in the address', () => {
    expect(setUpUrl('http://127.0.0.1:8770', 'abc')).toBe('http://127.0.0.1:8770/setup#abc');
  });
});
