export * from './backend.ts';
export * from './cluster-store.ts';
export { type StoreError, type StoreFault, storeFaultOf, storeFaultSentence } from './faults.ts';
export { openStore } from './open-store.ts';
