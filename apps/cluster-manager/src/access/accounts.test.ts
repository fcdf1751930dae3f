import { DatabaseSync } from 'node:sqlite';
import { describe, expect, it } from 'vitest';
import { accounts } from './accounts.ts';
import { accessSentence } from './faults.ts';

const MINUTE = 60 * 1000;
const anna = { name: 'anna', role: 'admin', password: 'correct horse battery' } as const;

function fresh() {
  const clock = { ms: Date.UTC(2026, 10, 23) };
  const db = new DatabaseSync(':memory:');
  return { db, clock, people: accounts(db, { now: () => clock.ms }) };
}

describe('accounts', () => {
  it('has none at first: no default name, no default password', () => {
    expect(fresh().people.none()).toBe(true);
  });

  it('keeps an argon2id hash and not the password', async () => {
    const { db, people } = fresh();
    expect(await people.create(anna)).toEqual({ ok: true, value: { name: 'anna', role: 'admin' } });
    const [row] = db.prepare('SELECT * FROM accounts').all();
    expect(String(row?.password_hash)).toMatch(/^\$argon2id\$v=19\$m=19456,t=2,p=1\$/);
    expect(JSON.stringify(row)).not.toContain('correct');
  });

  it('refuses a second account of the same name', async () => {
    const { people } = fresh();
    await people.create(anna);
    expect(await people.create(anna)).toEqual({ ok: false, error: { code: 'account_exists', name: 'anna' } });
  });

  it.each([
    ['eleven chr.', { code: 'password_too_short', characters: 11 }],
    ['😀'.repeat(11), { code: 'password_too_short', characters: 11 }],
    ['x'.repeat(1025), { code: 'password_too_long', characters: 1025 }],
  ])('refuses the password %.20s', async (password, error) => {
    expect(await fresh().people.create({ ...anna, password })).toEqual({ ok: false, error });
  });

  it('refuses what is not a name', async () => {
    expect(await fresh().people.create({ ...anna, name: 'local administrator' })).toEqual({
      ok: false,
      error: { code: 'not_a_name', text: 'local administrator' },
    });
  });
});

describe('sign in', () => {
  it('accepts the password, also when another keyboard composes it differently', async () => {
    const { people } = fresh();
    await people.create({ ...anna, password: 'caf\u00e9 caf\u00e9 caf\u00e9' });
    expect(await people.signIn({ name: 'anna', password: 'cafe\u0301 cafe\u0301 cafe\u0301', address: 'a' })).toEqual({
      ok: true,
      value: { name: 'anna', role: 'admin' },
    });
  });

  it('does not tell a wrong password from an unknown name', async () => {
    const { people } = fresh();
    await people.create(anna);
    const refused = { ok: false, error: { code: 'sign_in_refused' } };
    expect(await people.signIn({ name: 'anna', password: 'wrong', address: 'a' })).toEqual(refused);
    expect(await people.signIn({ name: 'nobody', password: 'wrong', address: 'a' })).toEqual(refused);
  });

  it('refuses a name from an address after five failures, for fifteen minutes, and another address not', async () => {
    const { people, clock } = fresh();
    await people.create(anna);
    // At once, so that none has failed yet when the last one is tried.
    const tries = await Promise.all(
      Array.from({ length: 7 }, () => people.signIn({ name: 'anna', password: 'x', address: 'a' })),
    );
    expect(tries.map((tried) => (tried.ok ? 'in' : tried.error.code))).toEqual([
      ...Array.from({ length: 5 }, () => 'sign_in_refused'),
      'too_many_failures',
      'too_many_failures',
    ]);
    clock.ms += 14 * MINUTE;
    expect(await people.signIn({ ...anna, address: 'a' })).toEqual({
      ok: false,
      error: { code: 'too_many_failures', retryAfterSeconds: 60 },
    });
    expect((await people.signIn({ ...anna, address: 'b' })).ok).toBe(true);
    clock.ms += MINUTE;
    expect((await people.signIn({ ...anna, address: 'a' })).ok).toBe(true);
  });

  it('refuses an address after thirty failures, whatever the names', async () => {
    const { people } = fresh();
    const codes: string[] = [];
    for (let n = 0; n < 31; n += 1) {
      const tried = await people.signIn({ name: `name${n}`, password: 'x', address: 'a' });
      codes.push(tried.ok ? 'in' : tried.error.code);
    }
    expect(codes.indexOf('too_many_failures')).toBe(30);
  });

  it('forgets the failures of a name once it has signed in', async () => {
    const { people } = fresh();
    await people.create(anna);
    for (let n = 0; n < 12; n += 1) {
      const password = n % 4 === 3 ? anna.password : 'x';
      expect((await people.signIn({ name: 'anna', password, address: 'a' })).ok).toBe(n % 4 === 3);
    }
  });
});

describe('sentences of access', () => {
  it.each([
    [
      { code: 'not_a_name', text: 'a b' } as const,
      '"a b" cannot be the name of an account. A name has 1 to 64 letters, digits, dots, underscores or hyphens, and begins with a letter or a digit.',
    ],
    [{ code: 'password_too_short', characters: 8 } as const, 'The password has 8 characters. It needs at least 12.'],
    [{ code: 'password_too_long', characters: 2000 } as const, 'The password has 2000 characters. It can have at most 1024.'],
    [{ code: 'account_exists', name: 'anna' } as const, 'There is an account named anna already. Choose another name.'],
    [{ code: 'sign_in_refused' } as const, 'The name or the password is not right.'],
    [
      { code: 'too_many_failures', retryAfterSeconds: 61 } as const,
      'Too many attempts to sign in have failed. Try again in 2 minutes.',
    ],
    [
      { code: 'too_many_failures', retryAfterSeconds: 5 } as const,
      'Too many attempts to sign in have failed. Try again in 1 minute.',
    ],
    [
      { code: 'setup_token_not_valid' } as const,
      'This set-up address is not valid any more: each start of the cluster manager prints a new one, which can be used once. Use the address that the last start printed.',
    ],
    [{ code: 'administrator_exists' } as const, 'The administrator has been created already. Sign in.'],
  ])('says %o', (fault, sentence) => {
    expect(accessSentence(fault)).toBe(sentence);
  });
});
