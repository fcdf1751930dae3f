import { describe, expect, it } from 'vitest';
import { logReadSentence, logWriteSentence } from './event-summaries.ts';

describe('faults of a log', () => {
  const path = '/var/log/fallover/hacmp.out';

  it.each([
    [
      'log_not_writable',
      'EACCES',
      `The log ${path} cannot be written (EACCES). Events go on without it; check the directory and its permissions.`,
    ],
    [
      'log_disk_full',
      'ENOSPC',
      `The log ${path} cannot be written: no space is left for it (ENOSPC). Events go on without it; free some space.`,
    ],
    [
      'log_not_rotated',
      'EROFS',
      `The log ${path} cannot be rotated (EROFS) and goes on growing; check the directory and its permissions.`,
    ],
  ] as const)('%s, when it is written', (code, reason, sentence) => {
    expect(logWriteSentence({ code, path, reason })).toBe(sentence);
  });

  it('when it is read', () => {
    expect(logReadSentence({ code: 'log_not_found', path })).toBe(
      `There is no log ${path}. Name a file such as hacmp.out with --file.`,
    );
    expect(logReadSentence({ code: 'log_not_a_regular_file', path })).toBe(
      `${path} is not a regular file. Name a log such as hacmp.out with --file.`,
    );
    expect(logReadSentence({ code: 'log_not_readable', path, reason: 'EACCES' })).toBe(
      `The log ${path} cannot be read (EACCES). Check its permissions.`,
    );
  });
});
