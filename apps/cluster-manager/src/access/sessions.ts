import { createHash, randomBytes } from 'node:crypto';
import type { DatabaseSync } from 'node:sqlite';
import type { Account } from './accounts.ts';
import type { Principal } from './principal.ts';

const IDLE_MS = 12 * 60 * 60 * 1000;
const ABSOLUTE_MS = 7 * 24 * 60 * 60 * 1000;
/** Last use is written at most once a minute; a commit for each request would cost more than it tells. */
const TOUCH_MS = 60 * 1000;

export interface Sessions {
  /** The new session's token: 256 random bits, opaque. Only its SHA-256 is kept. */
  start(account: string): string;
  /** Who the token stands for; undefined once the session is idle for 12 hours, 7 days old, or ended. */
  principalOf(token: string): Principal | undefined;
  /** The same without counting as use: for a stream that is open anyway. */
  peek(token: string): Principal | undefined;
  end(token: string): void;
}

interface Row extends Account {
  startedAt: number;
  usedAt: number;
}

export function sessions(db: DatabaseSync, { now }: { now: () => number }): Sessions {
  db.exec(`CREATE TABLE IF NOT EXISTS sessions (
    token_hash TEXT PRIMARY KEY,
    account TEXT NOT NULL,
    started_at INTEGER NOT NULL,
    used_at INTEGER NOT NULL
  ) STRICT`);
  const put = db.prepare('INSERT INTO sessions (token_hash, account, started_at, used_at) VALUES (?, ?, ?, ?)');
  // The role is the account's of now, not the one at sign-in.
  const get = db.prepare(`SELECT a.name, a.role, s.started_at AS startedAt, s.used_at AS usedAt
    FROM sessions s JOIN accounts a ON a.name = s.account WHERE s.token_hash = ?`);
  const touch = db.prepare('UPDATE sessions SET used_at = ? WHERE token_hash = ?');
  const remove = db.prepare('DELETE FROM sessions WHERE token_hash = ?');
  const removeExpired = db.prepare('DELETE FROM sessions WHERE used_at <= ? OR started_at <= ?');
  const hashOf = (token: string) => createHash('sha256').update(token).digest('hex');

  const live = (tokenHash: string): Row | undefined => {
    const row = get.get(tokenHash) as Row | undefined;
    return row && now() - row.usedAt < IDLE_MS && now() - row.startedAt < ABSOLUTE_MS ? row : undefined;
  };
  /** Whoever is signed in can still look when the disk is full; the session then only ends sooner. */
  const noteUse = (tokenHash: string) => {
    try {
      touch.run(now(), tokenHash);
    } catch {
      return;
    }
  };
  const principal = ({ name, role }: Row): Principal => ({ name, role, via: 'session' });

  return {
    start(account) {
      removeExpired.run(now() - IDLE_MS, now() - ABSOLUTE_MS);
      const token = randomBytes(32).toString('base64url');
      put.run(hashOf(token), account, now(), now());
      return token;
    },
    principalOf(token) {
      const tokenHash = hashOf(token);
      const row = live(tokenHash);
      if (!row) return undefined;
      if (now() - row.usedAt >= TOUCH_MS) noteUse(tokenHash);
      return principal(row);
    },
    peek(token) {
      const row = live(hashOf(token));
      return row && principal(row);
    },
    end: (token) => void remove.run(hashOf(token)),
  };
}

const COOKIE = 'fallover_session';
const COOKIE_RULES = 'Path=/; HttpOnly; SameSite=Strict';

/** Without Max-Age: the browser forgets it when it closes, and the daemon decides when it ends. */
export const sessionCookie = (token: string, secure: boolean): string =>
  `${COOKIE}=${token}; ${COOKIE_RULES}${secure ? '; Secure' : ''}`;

export const endedSessionCookie = (secure: boolean): string =>
  `${COOKIE}=; ${COOKIE_RULES}; Max-Age=0${secure ? '; Secure' : ''}`;

/** The token of a `Cookie` header; undefined for anything that cannot be one. */
export function tokenOf(header: string | undefined): string | undefined {
  for (const pair of header?.split(';') ?? []) {
    const [name = '', value = ''] = pair.trim().split('=', 2);
    if (name === COOKIE && /^[A-Za-z0-9_-]{43}$/.test(value)) return value;
  }
  return undefined;
}
