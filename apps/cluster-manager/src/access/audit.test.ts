import { DatabaseSync } from 'node:sqlite';
import { describe, expect, it } from 'vitest';
import { type AuditEntry, auditTrail } from './audit.ts';

const now = () => Date.UTC(2026, 10, 23, 14, 22, 10);
const entry = (action: string): AuditEntry => ({
  principal: 'anna',
  via: 'session',
  action,
  target: '/api/v1/runs',
  phase: 'intent',
});

function trailOf(actions: string[]) {
  const db = new DatabaseSync(':memory:');
  const trail = auditTrail(db, { now });
  for (const action of actions) trail.append(entry(action));
  return { db, trail };
}

/** What somebody does who has the file and knows SQL. */
function tamper(db: DatabaseSync, sql: string) {
  for (const { name } of db.prepare("SELECT name FROM sqlite_schema WHERE type = 'trigger'").all())
    db.exec(`DROP TRIGGER ${name}`);
  db.exec(sql);
}

describe('audit trail', () => {
  it('keeps lines in order, each with its number, and reads them newest first', () => {
    const { trail } = trailOf(['runEvent', 'abortRun', 'recover']);
    expect(trail.read({ limit: 2 }).map(({ number, action, at }) => [number, action, at])).toEqual([
      [3, 'recover', '2026-11-23T14:22:10.000Z'],
      [2, 'abortRun', '2026-11-23T14:22:10.000Z'],
    ]);
    expect(trail.read({ before: 2, limit: 10 }).map(({ action }) => action)).toEqual(['runEvent']);
  });

  it('has the hash that SHA-256 gives over the hash before and the line', () => {
    const { trail } = trailOf([]);
    expect(trail.append(entry('runEvent')).hash).toBe('0b65c3c8419b0b1a06c092bd6bee33bfa601446ec406b6c4c65ebf22132cac5d');
  });

  it('is whole when nothing was changed, also when it is empty or opened again', async () => {
    expect(await trailOf([]).trail.verify()).toEqual({ whole: true, count: 0 });
    const { db, trail } = trailOf(['a', 'b', 'c']);
    expect(await trail.verify()).toEqual({ whole: true, count: 3 });
    const again = auditTrail(db, { now });
    again.append(entry('d'));
    expect(await again.verify()).toEqual({ whole: true, count: 4 });
  });

  it('is whole while lines are added behind the verification', async () => {
    const { trail } = trailOf(Array.from({ length: 2500 }, (_, index) => `action ${index}`));
    const verdict = trail.verify();
    trail.append(entry('meanwhile'));
    expect(await verdict).toEqual({ whole: true, count: 2500 });
  });

  it('keeps any text as it was given', async () => {
    const { trail } = trailOf([]);
    const detail = 'NUL \u0000, half a pair \ud800, line\nend, \u2028';
    trail.append({ ...entry('a'), detail });
    expect(trail.read({ limit: 1 })[0]?.detail).toBe(detail);
    expect(await trail.verify()).toEqual({ whole: true, count: 1 });
  });

  it('refuses to change or remove a line', () => {
    const { db } = trailOf(['a', 'b']);
    for (const sql of ["UPDATE audit_trail SET entry = 'x'", 'DELETE FROM audit_trail', 'DELETE FROM audit_head'])
      expect(() => db.exec(sql)).toThrow('The audit trail is append-only.');
    expect(() => db.exec("INSERT INTO audit_trail VALUES (9, 'x', 'x')")).toThrow(
      'A line of the audit trail is added at its end only.',
    );
    expect(() => db.exec('UPDATE audit_head SET count = 1')).toThrow('The head of the audit trail only goes forward.');
  });

  const swap = `UPDATE audit_trail SET number = -2 WHERE number = 2; UPDATE audit_trail SET number = 2 WHERE number = 3;
    UPDATE audit_trail SET number = 3 WHERE number = -2`;
  it.each([
    ['an edited line', "UPDATE audit_trail SET entry = replace(entry, 'anna', 'otto') WHERE number = 2", 2],
    ['an edited hash', "UPDATE audit_trail SET hash = 'x' WHERE number = 2", 2],
    ['a line edited with its hash', "UPDATE audit_trail SET entry = '{}', hash = lower(hex('x')) WHERE number = 2", 2],
    ['the first line missing', 'DELETE FROM audit_trail WHERE number = 1', 1],
    ['a line missing in the middle', 'DELETE FROM audit_trail WHERE number = 2', 2],
    [
      'lines that closed the gap',
      'DELETE FROM audit_trail WHERE number = 2; UPDATE audit_trail SET number = number - 1 WHERE number > 2',
      2,
    ],
    ['two lines exchanged', swap, 2],
    ['the end cut off', 'DELETE FROM audit_trail WHERE number > 2', 3],
    ['everything cut off', 'DELETE FROM audit_trail', 1],
    ['a line added past the head', "INSERT INTO audit_trail VALUES (5, '{}', 'x')", 5],
    ['the head set back', 'UPDATE audit_head SET count = 3', 4],
    ['the head gone', 'DELETE FROM audit_head', 1],
    ['another hash in the head', "UPDATE audit_head SET hash = 'x'", 4],
  ])('finds %s', async (_, sql, brokenAt) => {
    const { db, trail } = trailOf(['a', 'b', 'c', 'd']);
    tamper(db, sql);
    expect(await trail.verify()).toEqual({ whole: false, brokenAt });
  });

  it('shows a line that was made unreadable', () => {
    const { db, trail } = trailOf(['a']);
    tamper(db, "UPDATE audit_trail SET entry = 'rubbish'");
    expect(trail.read({ limit: 1 })[0]).toMatchObject({ number: 1, action: 'unreadable', detail: 'rubbish' });
  });
});
