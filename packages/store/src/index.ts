export * from './backend.ts';
export * from './cluster-store.ts';
export * from './coordination.ts';
export { storeFaultOf, storeFaultSentence } from './faults.ts';
export { openStore } from './open-store.ts';
