export * from './backend.ts';
export * from './cluster-store.ts';
