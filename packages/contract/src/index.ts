export * from './access.ts';
export * from './cluster.ts';
export * from './configuration.ts';
export * from './endpoint.ts';
export * from './output.ts';
export * from './problem.ts';
export * from './runs.ts';
export * from './summaries.ts';
