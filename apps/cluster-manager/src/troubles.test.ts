import { describe, expect, it } from 'vitest';
import { type Trouble, troubleSentence, troubles } from './troubles.ts';

const SENTENCES: [Trouble, string][] = [
  [
    { code: 'journal_not_writable', reason: 'database or disk is full' },
    'The journal cannot be written (database or disk is full). No step is started until it can: make room on the disk of the state directory.',
  ],
  [
    { code: 'step_log_not_writable', reason: 'ENOSPC' },
    'The output of a built-in command could not be written (ENOSPC). The event goes on without it.',
  ],
  [
    { code: 'queue_stopped', reason: 'the store is lost' },
    'The next event of the queue could not be started (the store is lost). It stays queued; it is tried again with the next event.',
  ],
  [
    { code: 'defect', reason: 'x is not a function' },
    'The cluster manager met a fault of its own and an event may stand still; its log has the details: x is not a function',
  ],
];

describe('a trouble', () => {
  it.each(SENTENCES)('is one sentence: %o', (trouble, sentence) => {
    expect(troubleSentence(trouble)).toBe(sentence);
  });

  it('is news when it begins, changes or ends, and stays until it is over', () => {
    const open = troubles();
    expect(open.set('journal_not_writable', 'It is full.')).toBe(true);
    expect(open.set('journal_not_writable', 'It is full.')).toBe(false);
    expect(open.all()).toEqual([{ code: 'journal_not_writable', sentence: 'It is full.' }]);
    expect(open.set('journal_not_writable', undefined)).toBe(true);
    expect(open.set('journal_not_writable', undefined)).toBe(false);
    expect(open.all()).toEqual([]);
  });

  it('of single members of etcd is not told while the store itself is out of reach', () => {
    const open = troubles();
    open.set('etcd_members_silent', 'Of the 3 members of etcd etcd3 does not answer.');
    open.set('store', 'etcd has no quorum.');
    expect(open.all().map(({ code }) => code)).toEqual(['store']);
    open.set('store', undefined);
    expect(open.all().map(({ code }) => code)).toEqual(['etcd_members_silent']);
  });
});
