import { type StoreFault, storeError } from '../faults.ts';

/** SQLite's primary result codes, as far as they say something to an administrator. */
const BUSY = 5;
const LOCKED = 6;
const READONLY = 8;
const CORRUPT = 11;
const FULL = 13;
const CANTOPEN = 14;
const NOTADB = 26;

/** The fault behind an error of SQLite or of the file system; undefined for a defect. */
export function sqliteFault(error: unknown, path: string): StoreFault | undefined {
  if (!(error instanceof Error)) return undefined;
  const { code, errcode } = error as { code?: string; errcode?: number };
  const reason = error.message;
  if (code === 'ENOSPC' || code === 'EDQUOT') return { code: 'store_full', path };
  if (typeof code === 'string' && /^E[A-Z]+$/.test(code)) return { code: 'store_not_writable', path, reason };
  if (code !== 'ERR_SQLITE_ERROR' || errcode === undefined) return undefined;
  switch (errcode & 0xff) {
    case BUSY:
    case LOCKED:
      return { code: 'store_busy', path };
    case READONLY:
    case CANTOPEN:
      return { code: 'store_not_writable', path, reason };
    case CORRUPT:
    case NOTADB:
      return { code: 'store_corrupt', path, reason };
    case FULL:
      return { code: 'store_full', path };
    default:
      return { code: 'store_failed', path, reason };
  }
}

/** Does it; what SQLite throws comes out with its fault. */
export function withFaults<Value>(path: string, work: () => Value): Value {
  try {
    return work();
  } catch (error) {
    const fault = sqliteFault(error, path);
    throw fault === undefined ? error : storeError(fault, error);
  }
}
