export * from './compile.ts';
export * from './hacmp-out.ts';
export * from './newest.ts';
export * from './output-follower.ts';
export * from './report.ts';
export { filesOfLog } from './rotate.ts';
