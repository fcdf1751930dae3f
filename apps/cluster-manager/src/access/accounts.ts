import type { DatabaseSync } from 'node:sqlite';
import type { Role } from '@fallover/contract';
import { err, NAME, ok, type Result } from '@fallover/events';
import type { AccountFault, SignInFault } from './faults.ts';
import { charactersOf, decoyHash, hashPassword, LONGEST_PASSWORD, matches, SHORTEST_PASSWORD } from './passwords.ts';
import { signInFailures } from './sign-in-failures.ts';

export interface Account {
  name: string;
  role: Role;
}
export interface NewAccount extends Account {
  password: string;
}
/** What stands in the table: the hash is argon2id, in PHC form. */
export interface PreparedAccount extends Account {
  passwordHash: string;
}

export interface Accounts {
  /** True until the first account is created. There is no default account and no default password. */
  none(): boolean;
  /** Checks name and password and hashes it; the slow part, to be done outside of a transaction. */
  prepare(account: NewAccount): Promise<Result<PreparedAccount, AccountFault>>;
  /** Synchronous, so that it can share a commit with something else. */
  insert(account: PreparedAccount): Result<Account, AccountFault>;
  create(account: NewAccount): Promise<Result<Account, AccountFault>>;
  signIn(attempt: { name: string; password: string; address: string }): Promise<Result<Account, SignInFault>>;
}

export function accounts(db: DatabaseSync, { now }: { now: () => number }): Accounts {
  db.exec(`CREATE TABLE IF NOT EXISTS accounts (
    name TEXT PRIMARY KEY,
    role TEXT NOT NULL CHECK (role IN ('monitor', 'operator', 'admin')),
    password_hash TEXT NOT NULL,
    created_at TEXT NOT NULL
  ) STRICT`);
  const first = db.prepare('SELECT 1 FROM accounts LIMIT 1');
  const byName = db.prepare('SELECT name, role, password_hash AS passwordHash FROM accounts WHERE name = ?');
  const add = db.prepare(
    'INSERT INTO accounts (name, role, password_hash, created_at) VALUES (?, ?, ?, ?) ON CONFLICT (name) DO NOTHING',
  );
  const decoy = decoyHash();
  const failures = signInFailures({ now });

  const self: Accounts = {
    none: () => first.get() === undefined,
    async prepare({ name, role, password }) {
      const characters = charactersOf(password);
      if (!NAME.test(name)) return err({ code: 'not_a_name', text: name });
      if (characters < SHORTEST_PASSWORD) return err({ code: 'password_too_short', characters });
      if (characters > LONGEST_PASSWORD) return err({ code: 'password_too_long', characters });
      return ok({ name, role, passwordHash: await hashPassword(password) });
    },
    insert({ name, role, passwordHash }) {
      const { changes } = add.run(name, role, passwordHash, new Date(now()).toISOString());
      return changes === 1 ? ok({ name, role }) : err({ code: 'account_exists', name });
    },
    async create(account) {
      const prepared = await self.prepare(account);
      return prepared.ok ? self.insert(prepared.value) : prepared;
    },
    async signIn({ name, password, address }) {
      const retryAfterSeconds = failures.begin(name, address);
      if (retryAfterSeconds !== undefined) return err({ code: 'too_many_failures', retryAfterSeconds });
      const found = byName.get(name) as PreparedAccount | undefined;
      // An unknown name costs the same work, so that the time taken does not tell which names exist.
      const right = await matches(found?.passwordHash ?? (await decoy), password);
      if (!found || !right) return err({ code: 'sign_in_refused' });
      failures.succeeded(name, address);
      return ok({ name: found.name, role: found.role });
    },
  };
  return self;
}
