import { err, type InputFault, inputSentence, inputWarningSentence, type RunRefusal, runRefusalSentence } from '@fallover/events';
import type { Refusal } from '../http/use-cases.ts';
import type { Journal } from '../journal/journal.ts';

export const CHANGED_MEANWHILE: Refusal = {
  code: 'changed_meanwhile',
  status: 409,
  sentence: 'Somebody else changed this meanwhile. Nothing was done; look again and repeat it if you still want it.',
};

const REFUSAL_STATUS = {
  run_not_found: 404,
  step_not_running: 409,
  nested_too_deep: 409,
  nothing_to_recover: 409,
  already_decided: 409,
  run_not_waiting: 409,
  nothing_to_abort: 409,
  not_interrupted: 409,
  not_a_live_node: 400,
  plan_changed: 409,
  run_removed: 404,
} as const satisfies Record<RunRefusal['code'], Refusal['status']>;

export const refused = (refusal: RunRefusal): { ok: false; error: Refusal } =>
  err({ code: refusal.code, status: REFUSAL_STATUS[refusal.code], sentence: runRefusalSentence(refusal) });

export function invalid(faults: InputFault[]): { ok: false; error: Refusal } {
  const worded = faults.map((fault) => ({ code: fault.code, field: fault.field, sentence: inputSentence(fault) }));
  return err({ code: 'invalid_input', status: 400, sentence: worded.map(({ sentence }) => sentence).join(' '), faults: worded });
}

export const worded = (warning: Parameters<typeof inputWarningSentence>[0]) => ({
  code: warning.code,
  field: warning.field,
  sentence: inputWarningSentence(warning),
});

/** Of a run that the journal does not have: ids begin with their time, so an old one is one that was removed. */
export function noSuchRun(journal: Pick<Journal, 'removedUpTo'>, run: string): { ok: false; error: Refusal } {
  const removed = journal.removedUpTo();
  const isOld = removed !== undefined && /^[0-9a-f-]{36}$/.test(run) && run <= removed.run;
  return refused(isOld ? { code: 'run_removed', run, at: removed.at } : { code: 'run_not_found', run });
}
