export * from './access.ts';
export * from './changes.ts';
export * from './cluster.ts';
export { applyLines, type CommandInput, type CommandName, commandLine, hasCommandLine } from './command-line.ts';
export { shellWord } from './command-words.ts';
export * from './component-hook.ts';
export * from './components.ts';
export * from './configuration.ts';
export * from './emulation.ts';
export * from './endpoint.ts';
export * from './entries.ts';
export * from './entry-fields.ts';
export * from './exchange.ts';
export * from './hacmp-out.ts';
export * from './logs.ts';
export * from './nodes.ts';
export * from './notification.ts';
export {
  downloadOutput,
  getOutputLines,
  type OutputLineView,
  searchOutput,
} from './output.ts';
export * from './peers.ts';
export * from './problem.ts';
export * from './revisions.ts';
export * from './runs.ts';
export * from './script-library.ts';
export * from './summaries.ts';
export * from './unanswered.ts';
export * from './verification.ts';
