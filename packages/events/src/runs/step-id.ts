import { NAME } from '../names.ts';

/** How deep sub-events may call sub-events (DOMAIN.md section 1). */
export const DEEPEST_SUB_EVENT = 16;

export interface StepPath {
  run: string;
  phase: string;
  node: string;
  /** What calls what, outermost first; the last one is the step itself. */
  steps: { subEvent?: { call: number; event: string }; key: string; attempt: number }[];
}

const RUN_ID = /^[0-9a-f]{8}-[0-9a-f]{4}-7[0-9a-f]{3}-[89ab][0-9a-f]{3}-[0-9a-f]{12}$/;
const PHASE = /^[1-9][0-9]{0,3}(\.[1-9][0-9]{0,3})?$/;
const KEY = /^(notify_start|notify_complete|event|recovery|(pre_event|post_event|command)\.[1-9][0-9]{0,3})$/;
const ATTEMPT = /^[1-9][0-9]{0,5}$/;
const CALL = /^([1-9][0-9]{0,5})\.([A-Za-z0-9][A-Za-z0-9_.-]{0,63})$/;

const isRunId = (text: string): boolean => RUN_ID.test(text);

export const stepId = (scope: string, key: string, attempt: number): string => `${scope}/${key}/${attempt}`;
export const subEventScope = (caller: string, call: number, event: string): string => `${caller}/${call}.${event}`;
export const runOf = (stepOrScope: string): string => stepOrScope.slice(0, stepOrScope.indexOf('/'));
export const scopeOf = (step: string): string => step.split('/').slice(0, -2).join('/');

/** Reads a step's id; undefined for anything else, so that an id from outside never becomes a path unchecked. */
export function parseStepId(text: string): StepPath | undefined {
  if (text.length > 4096) return undefined;
  const [run = '', phase = '', node = '', ...rest] = text.split('/');
  if (!isRunId(run) || !PHASE.test(phase) || !NAME.test(node) || rest.length < 2) return undefined;
  const steps: StepPath['steps'] = [];
  for (let at = 0; at < rest.length; ) {
    const call = at === 0 ? undefined : CALL.exec(rest[at] ?? '');
    if (at > 0 && !call) return undefined;
    const [key = '', attempt = ''] = rest.slice(call ? at + 1 : at);
    if (!KEY.test(key) || !ATTEMPT.test(attempt)) return undefined;
    const subEvent = call ? { subEvent: { call: Number(call[1]), event: call[2] as string } } : {};
    steps.push({ ...subEvent, key, attempt: Number(attempt) });
    at += call ? 3 : 2;
  }
  return steps.length > DEEPEST_SUB_EVENT + 1 ? undefined : { run, phase, node, steps };
}

/** How many sub-events deep a step is: 0 for a step of a root event. */
export const depthOf = (step: string): number => (parseStepId(step)?.steps.length ?? 1) - 1;
