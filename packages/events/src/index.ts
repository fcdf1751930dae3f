export * from './catalogue/types.ts';
export * from './definition/effective.ts';
export * from './definition/types.ts';
export * from './names.ts';
export * from './result.ts';
export * from './runs/command-line.ts';
export * from './runs/step-id.ts';
export * from './runs/types.ts';
