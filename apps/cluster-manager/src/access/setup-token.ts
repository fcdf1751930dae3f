import { createHash, randomBytes } from 'node:crypto';
import type { DatabaseSync } from 'node:sqlite';
import { err, type Result } from '@fallover/events';
import type { Account, Accounts } from './accounts.ts';
import type { SetUpFault } from './faults.ts';
import { inTransaction } from './transaction.ts';

export interface SetupToken {
  needed(): boolean;
  /** A new one-time token at each start until there is an administrator; the one before is void. Undefined afterwards. */
  issue(): string | undefined;
  /** Uses the token up and creates the administrator in one commit: never one without the other. */
  createAdministrator(wish: { token: string; name: string; password: string }): Promise<Result<Account, SetUpFault>>;
}

/** The address that the first start prints. The token stands behind `#`, so that no proxy's log and no Referer gets it. */
export const setUpUrl = (url: string, token: string): string => `${url}/setup#${token}`;

export function setupToken(db: DatabaseSync, { accounts, now }: { accounts: Accounts; now: () => number }): SetupToken {
  db.exec(`CREATE TABLE IF NOT EXISTS setup_token (
    only INTEGER PRIMARY KEY CHECK (only = 1),
    token_hash TEXT NOT NULL,
    issued_at TEXT NOT NULL
  ) STRICT`);
  const put = db.prepare('INSERT OR REPLACE INTO setup_token (only, token_hash, issued_at) VALUES (1, ?, ?)');
  const isCurrent = db.prepare('SELECT 1 FROM setup_token WHERE token_hash = ?');
  const use = db.prepare('DELETE FROM setup_token WHERE token_hash = ?');
  const hashOf = (token: string) => createHash('sha256').update(token).digest('hex');

  return {
    needed: () => accounts.none(),
    issue() {
      if (!accounts.none()) return undefined;
      const token = randomBytes(32).toString('base64url');
      put.run(hashOf(token), new Date(now()).toISOString());
      return token;
    },
    async createAdministrator({ token, name, password }) {
      const tokenHash = hashOf(token);
      if (!accounts.none()) return err({ code: 'administrator_exists' });
      // Looked at first too: without it anybody could make the daemon hash passwords.
      if (!isCurrent.get(tokenHash)) return err({ code: 'setup_token_not_valid' });
      const prepared = await accounts.prepare({ name, role: 'admin', password });
      if (!prepared.ok) return prepared;
      return inTransaction(db, (): Result<Account, SetUpFault> => {
        if (!accounts.none()) return err({ code: 'administrator_exists' });
        if (use.run(tokenHash).changes !== 1) return err({ code: 'setup_token_not_valid' });
        return accounts.insert(prepared.value);
      });
    },
  };
}
