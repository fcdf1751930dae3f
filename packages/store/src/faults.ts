import { type EtcdFault, etcdFaultSentence } from './etcd/faults.ts';

/** What can be wrong with a store. `path` is the file's. */
export type StoreFault =
  | { code: 'store_url_not_understood'; url: string }
  | { code: 'store_corrupt'; path: string; reason: string }
  | { code: 'store_of_a_newer_version'; path: string; format: number; understood: number }
  | { code: 'store_full'; path: string }
  | { code: 'store_not_writable'; path: string; reason: string }
  | { code: 'store_busy'; path: string }
  | { code: 'store_failed'; path: string; reason: string }
  | { code: 'watch_too_old'; after: number }
  | EtcdFault;

/** What is wrong, where, and what to do. `question`: whoever asked wanted to read only. */
export function storeFaultSentence(fault: StoreFault, asked: { question?: boolean } = {}): string {
  switch (fault.code) {
    case 'store_url_not_understood':
      return `The store "${fault.url}" is not understood: write sqlite:PATH, memory: or etcd://HOST:PORT.`;
    case 'store_corrupt':
      return `The store ${fault.path} is damaged or not a store of Fallover (${fault.reason}): put back a copy of it, or move it away to start with an empty cluster.`;
    case 'store_of_a_newer_version':
      return `The store ${fault.path} has format ${fault.format}, and this version understands formats up to ${fault.understood}: start the version that wrote it.`;
    case 'store_full':
      return `The store ${fault.path} cannot grow, its disk is full: nothing was written; make room and try again.`;
    case 'store_not_writable':
      return `The store ${fault.path} cannot be written (${fault.reason}): check its directory, its owner and its permissions.`;
    case 'store_busy':
      return `The store ${fault.path} is held by another process: nothing was written; end that process or try again.`;
    case 'store_failed':
      return `The store ${fault.path} failed (${fault.reason}): nothing was written; look at the disk.`;
    case 'watch_too_old':
      return `The changes after revision ${fault.after} are no longer kept: read the state again and watch from there.`;
    default:
      return etcdFaultSentence(fault, asked);
  }
}

/** A store that is lost while it is used is thrown, with its fault. */
export type StoreError = Error & { fault: StoreFault };

export const storeError = (fault: StoreFault, cause?: unknown): StoreError =>
  Object.assign(new Error(storeFaultSentence(fault), { cause }), { fault });

/** The fault of an error that a store threw; undefined for any other error. */
export const storeFaultOf = (error: unknown): StoreFault | undefined =>
  error instanceof Error && 'fault' in error ? (error as StoreError).fault : undefined;
