import { describe, expect, it } from 'vitest';
import { storeError, storeFaultOf, storeFaultSentence } from './faults.ts';

const path = '/var/lib/fallover/store.db';

describe('what is wrong with a store', () => {
  it.each([
    [
      { code: 'store_url_not_understood', url: 'x:y' },
      'The store "x:y" is not understood: write sqlite:PATH, memory: or etcd://HOST:PORT.',
    ],
    [
      { code: 'store_corrupt', path, reason: 'file is not a database' },
      'The store /var/lib/fallover/store.db is damaged or not a store of Fallover (file is not a database): put back a copy of it, or move it away to start with an empty cluster.',
    ],
    [
      { code: 'store_of_a_newer_version', path, format: 2, understood: 1 },
      'The store /var/lib/fallover/store.db has format 2, and this version understands formats up to 1: start the version that wrote it.',
    ],
    [
      { code: 'store_full', path },
      'The store /var/lib/fallover/store.db cannot grow, its disk is full: nothing was written; make room and try again.',
    ],
    [
      { code: 'store_not_writable', path, reason: 'EACCES' },
      'The store /var/lib/fallover/store.db cannot be written (EACCES): check its directory, its owner and its permissions.',
    ],
    [
      { code: 'store_busy', path },
      'The store /var/lib/fallover/store.db is held by another process: nothing was written; end that process or try again.',
    ],
    [
      { code: 'store_failed', path, reason: 'disk I/O error' },
      'The store /var/lib/fallover/store.db failed (disk I/O error): nothing was written; look at the disk.',
    ],
    [
      { code: 'watch_too_old', after: 12 },
      'The changes after revision 12 are no longer kept: read the state again and watch from there.',
    ],
  ] as const)('%o is said in a sentence', (fault, sentence) => {
    expect(storeFaultSentence(fault)).toBe(sentence);
    expect(storeError(fault).message).toBe(sentence);
    expect(storeFaultOf(storeError(fault))).toEqual(fault);
  });

  it('is not to be found in any other error', () => {
    expect(storeFaultOf(new Error('x'))).toBeUndefined();
    expect(storeFaultOf('x')).toBeUndefined();
  });
});
