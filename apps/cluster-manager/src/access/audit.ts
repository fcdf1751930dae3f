import { createHash } from 'node:crypto';
import type { DatabaseSync } from 'node:sqlite';
import { setImmediate } from 'node:timers/promises';
import { inTransaction } from './transaction.ts';

export interface AuditEntry {
  principal: string;
  via: string;
  action: string;
  target: string;
  /** The intent is durable before the effect begins; the effect follows it, with what came of it. */
  phase: 'intent' | 'effect';
  outcome?: string;
  requestId?: string;
  /** Where the request came from. */
  address?: string;
  detail?: string;
}
export interface AuditRow extends AuditEntry {
  /** From 1, without a gap. */
  number: number;
  at: string;
  hash: string;
}
export type AuditVerdict = { whole: true; count: number } | { whole: false; brokenAt: number };

export interface AuditTrail {
  /** Durable on return. */
  append(entry: AuditEntry): AuditRow;
  /** Newest first, with numbers below `before`. */
  read(options: { before?: number; limit: number }): AuditRow[];
  /** Oldest first, with numbers above `after`. */
  readOn(options: { after: number; limit: number }): AuditRow[];
  /** Follows the chain from the first line to the head; `brokenAt` is the first line that is edited, missing or added. */
  verify(): Promise<AuditVerdict>;
  /** To be written down elsewhere (the daemon's log does): it is what shows that a later end was cut off. */
  head(): { count: number; hash: string };
}

interface StoredLine {
  number: number;
  entry: string;
  hash: string;
}

const START = '0'.repeat(64);
const VERIFIED_AT_ONCE = 1000;
const hashOf = (before: string, entry: string) => createHash('sha256').update(`${before}\n${entry}`).digest('hex');

/**
 * An append-only chain: each line's hash is SHA-256 over the hash before it and the line. An edited, missing, exchanged or
 * added line breaks the chain; lines cut off at the end are missed by the head, a record of its own with count and hash.
 *
 * What cannot be found from this file alone: somebody with write access to it who computes every hash from a line to the
 * end anew and sets the head accordingly, or cuts off the end and sets the head back. Against that, compare `head()` with
 * one that was written down outside of this machine.
 */
export function auditTrail(db: DatabaseSync, { now }: { now: () => number }): AuditTrail {
  // A line is kept as the JSON text that was hashed: no encoding of the database stands between it and its hash.
  db.exec(`
    CREATE TABLE IF NOT EXISTS audit_trail (number INTEGER PRIMARY KEY, entry TEXT NOT NULL, hash TEXT NOT NULL) STRICT;
    CREATE TABLE IF NOT EXISTS audit_head (only INTEGER PRIMARY KEY CHECK (only = 1), count INTEGER NOT NULL, hash TEXT NOT NULL) STRICT;
    INSERT OR IGNORE INTO audit_head (only, count, hash) SELECT 1, 0, '${START}' WHERE NOT EXISTS (SELECT 1 FROM audit_trail);
    CREATE TRIGGER IF NOT EXISTS audit_trail_no_update BEFORE UPDATE ON audit_trail
      BEGIN SELECT RAISE(ABORT, 'The audit trail is append-only.'); END;
    CREATE TRIGGER IF NOT EXISTS audit_trail_no_delete BEFORE DELETE ON audit_trail
      BEGIN SELECT RAISE(ABORT, 'The audit trail is append-only.'); END;
    CREATE TRIGGER IF NOT EXISTS audit_trail_next BEFORE INSERT ON audit_trail
      WHEN NEW.number IS NOT (SELECT count + 1 FROM audit_head)
      BEGIN SELECT RAISE(ABORT, 'A line of the audit trail is added at its end only.'); END;
    CREATE TRIGGER IF NOT EXISTS audit_head_forward BEFORE UPDATE ON audit_head
      WHEN NEW.count <> OLD.count + 1
      BEGIN SELECT RAISE(ABORT, 'The head of the audit trail only goes forward.'); END;
    CREATE TRIGGER IF NOT EXISTS audit_head_no_delete BEFORE DELETE ON audit_head
      BEGIN SELECT RAISE(ABORT, 'The audit trail is append-only.'); END;
  `);
  const insert = db.prepare('INSERT INTO audit_trail (number, entry, hash) VALUES (?, ?, ?)');
  const advance = db.prepare('UPDATE audit_head SET count = ?, hash = ? WHERE only = 1');
  const getHead = db.prepare('SELECT count, hash FROM audit_head');
  const newest = db.prepare('SELECT number, entry, hash FROM audit_trail WHERE number < ? ORDER BY number DESC LIMIT ?');
  const between = db.prepare(
    'SELECT number, entry, hash FROM audit_trail WHERE number > ? AND number <= ? ORDER BY number LIMIT ?',
  );
  const last = db.prepare('SELECT coalesce(max(number), 0) AS number FROM audit_trail');

  const head = () => {
    const { count, hash } = (getHead.get() ?? { count: 0, hash: '' }) as { count: number; hash: string };
    return { count, hash };
  };

  return {
    head,
    append: (entry) =>
      inTransaction(db, () => {
        const before = head();
        const number = before.count + 1;
        const at = new Date(now()).toISOString();
        const text = JSON.stringify({ number, at, ...entry });
        const hash = hashOf(before.hash, text);
        insert.run(number, text, hash);
        advance.run(number, hash);
        return { number, at, ...entry, hash };
      }),
    read: ({ before = Number.MAX_SAFE_INTEGER, limit }) => (newest.all(before, limit) as unknown as StoredLine[]).map(readable),
    readOn: ({ after, limit }) => (between.all(after, Number.MAX_SAFE_INTEGER, limit) as unknown as StoredLine[]).map(readable),
    async verify() {
      const end = head();
      const lines = (last.get() as { number: number }).number;
      let [count, hash] = [0, START];
      while (count < end.count) {
        // Up to the head as it was: lines may be added while this is at work.
        const slice = between.all(count, end.count, VERIFIED_AT_ONCE) as unknown as StoredLine[];
        if (slice.length === 0) return { whole: false, brokenAt: count + 1 };
        for (const line of slice) {
          if (line.number !== count + 1 || line.hash !== hashOf(hash, line.entry)) return { whole: false, brokenAt: count + 1 };
          [count, hash] = [line.number, line.hash];
        }
        await setImmediate();
      }
      if (lines !== end.count) return { whole: false, brokenAt: end.count + 1 };
      if (hash !== end.hash) return { whole: false, brokenAt: Math.max(1, end.count) };
      return { whole: true, count };
    },
  };
}

/** A line as it stands, also when somebody has made something else of it; `verify` names that one. */
function readable({ number, entry, hash }: StoredLine): AuditRow {
  const line = parsed(entry);
  if (!line)
    return { number, at: '', principal: '', via: '', action: 'unreadable', target: '', phase: 'effect', detail: entry, hash };
  const text = (key: string): string => (typeof line[key] === 'string' ? line[key] : '');
  const phase = line.phase === 'intent' ? 'intent' : 'effect';
  const row = {
    number,
    at: text('at'),
    principal: text('principal'),
    via: text('via'),
    action: text('action'),
    target: text('target'),
  };
  const optional = ['outcome', 'requestId', 'address', 'detail'].filter((key) => typeof line[key] === 'string');
  return { ...row, phase, ...Object.fromEntries(optional.map((key) => [key, text(key)])), hash };
}

function parsed(entry: string): Record<string, unknown> | undefined {
  try {
    const line: unknown = JSON.parse(entry);
    return typeof line === 'object' && line !== null ? (line as Record<string, unknown>) : undefined;
  } catch {
    return undefined;
  }
}
