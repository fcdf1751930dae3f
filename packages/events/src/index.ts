export * from './catalogue/catalogue.ts';
export * from './catalogue/check-arguments.ts';
export * from './catalogue/types.ts';
export { eventUsage } from './catalogue/usage.ts';
export * from './clmgr/attributes.ts';
export { classWord } from './clmgr/class-word.ts';
export { byEntry } from './definition/by-entry.ts';
export * from './definition/canonical.ts';
export * from './definition/check.ts';
export { checkEntry, entryChecker } from './definition/check-entry.ts';
export * from './definition/effective.ts';
export * from './definition/fields.ts';
export { entryUsers, knownNames, namesOf, nodesOf } from './definition/names-of.ts';
export * from './definition/types.ts';
export {
  changedFields,
  changesBetween,
  countChanges,
  type EntryChange,
  reverted,
} from './definition/values.ts';
export * from './event-summaries/fold.ts';
export * from './event-summaries/format.ts';
export * from './event-summaries/local-time.ts';
export * from './event-summaries/types.ts';
export { LONGEST_IMPORT, LONGEST_SCRIPT } from './exchange/limits.ts';
export { type ImportPlan, planImport } from './exchange/plan-import.ts';
export { EXPORT_FORMATS, IMPORT_FORMATS } from './exchange/types.ts';
export { exportFileName, writeConfiguration } from './exchange/write-configuration.ts';
export { ARGUMENT_HELP, FIELD_HELP } from './help/fields.ts';
export { helpPanelAt, PANEL_HELP } from './help/panels.ts';
export * from './names.ts';
export * from './notification/contact.ts';
export * from './notification/settings.ts';
export * from './notification/transports.ts';
export * from './notification/types.ts';
export * from './queue/next-event.ts';
export * from './result.ts';
export { type KeptRun, runsToRemove } from './retention/runs-to-remove.ts';
export * from './runs/command-line.ts';
export { destructionOf } from './runs/destruction.ts';
export { hasSucceeded, isOver } from './runs/pipeline.ts';
export { CHILD_EVENTS, planPipeline, planRun, programOn } from './runs/plan.ts';
export { canonicalPlan } from './runs/plan-text.ts';
export * from './runs/run.ts';
export * from './runs/step-id.ts';
export * from './runs/time-until-warning.ts';
export * from './runs/types.ts';
export * from './script-library/check-text.ts';
export * from './script-library/scripts.ts';
export { readSyntaxFindings, type SyntaxFinding } from './script-library/syntax.ts';
export { sequenceStepWords, sequencesOf } from './sequences/sequences.ts';
export type { EventSequence, SequenceStep } from './sequences/types.ts';
export { commandsOn } from './verification/command-places.ts';
export * from './verification/library.ts';
export * from './verification/types.ts';
export { type Overriding, overriding, verifyDefinition } from './verification/verify-definition.ts';
export * from './wording/event-summaries.ts';
export * from './wording/exchange.ts';
export * from './wording/input.ts';
export * from './wording/interruption.ts';
export { quoted } from './wording/quoted.ts';
export { failureSentence, type RunRefusal, runRefusalSentence, stepWords } from './wording/run.ts';
export * from './wording/script-library.ts';
export * from './wording/start-fault.ts';
export { automaticLines, automaticMessage, findingSentence } from './wording/verification.ts';
