export * from './backend.ts';
export * from './cluster-store.ts';
export * from './coordination.ts';
export { type StoreFault, storeFaultOf, storeFaultSentence } from './faults.ts';
export { openStore } from './open-store.ts';
