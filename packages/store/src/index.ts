export * from './backend.ts';
export * from './cluster-store.ts';
export * from './coordination.ts';
export { type StoreFault, storeFaultOf, storeFaultSentence } from './faults.ts';
export type { StoreAccess } from './etcd/access.ts';
export type { StoreIdentity } from './etcd/etcd-backend.ts';
export { type OpenedStore, openStore } from './open-store.ts';
export * from './peers.ts';
