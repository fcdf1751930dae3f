import {
  type FenceEnd,
  NAME,
  parseStepId,
  START_FAULTS,
  STEP_KINDS,
  type StartedCommand,
  type StartFault,
  type StepKind,
  type StepResult,
} from '@fallover/events';
import type { FenceRequest, ScriptProcessEnd, ScriptRequest, StartRequest } from './executor.ts';

/** What the daemon says to the launcher. Nothing in it can carry a path or an argv. */
export type ToLauncher =
  | ({ type: 'start' } & StartRequest)
  | { type: 'abort'; step: string; graceMs: number }
  | { type: 'acknowledge'; step: string }
  /** Nanoseconds of CLOCK_BOOTTIME, in digits: a number would not be exact. */
  | { type: 'deadline'; deadline: { at: string; lease: string } | null }
  | ({ type: 'fence'; id: string } & FenceRequest)
  | ({ type: 'script' } & ScriptRequest)
  | { type: 'end_script'; id: string }
  | { type: 'acknowledge_script'; id: string };

export const MALFORMED = ['line_too_long', 'not_json', 'unknown_message', 'malformed_request', 'already_started'] as const;
export type MalformedCode = (typeof MALFORMED)[number];

/** What the launcher answers. */
export type FromLauncher =
  | { type: 'ready'; pid: number; id: string }
  | { type: 'command'; step: string; command: StartedCommand }
  | { type: 'finished'; step: string; result: StepResult }
  | { type: 'fence_ended'; id: string; end: FenceEnd }
  | { type: 'script_ended'; id: string; end: ScriptProcessEnd }
  | { type: 'malformed'; code: MalformedCode; step?: string };

type Fields = Record<string, unknown>;

const isStep = (value: unknown): value is string => typeof value === 'string' && parseStepId(value) !== undefined;
const isText = (value: unknown, form: RegExp): value is string => typeof value === 'string' && form.test(value);
const isName = (value: unknown): value is string => typeof value === 'string' && NAME.test(value);
const isNames = (value: unknown): value is string[] => Array.isArray(value) && value.length <= 1024 && value.every(isName);
const isWhole = (value: unknown, most: number): value is number =>
  Number.isInteger(value) && (value as number) >= 0 && (value as number) <= most;
/** What execve can take: text without NUL that has an encoding. */
const isArgument = (value: unknown): value is string =>
  typeof value === 'string' && !value.includes('\0') && value.isWellFormed();
const isMissingOr = (value: unknown, is: (value: unknown) => boolean): boolean => value === undefined || is(value);

const HASH = /^[0-9a-f]{64}$/;
const TOKEN = /^[0-9]{1,20}$/;
const LEASE = /^[\x21-\x7e]{1,128}$/;
const BOOT_TIME = /^[0-9]{1,19}$/;
const LONGEST_GRACE_MS = 24 * 3600 * 1000;

const START_FIELDS = new Set([
  ...[
    'type',
    'step',
    'kind',
    'event',
    'args',
    'customEvent',
    'status',
    'revision',
    'membership',
    'failedNode',
    'groupName',
    'drill',
    'token',
    'slow',
  ],
]);

/** Reads what came over the channel: a message, or what is wrong with it and, where it can be told, with which step's. */
export function parseToLauncher(line: string): ToLauncher | { type: 'malformed'; code: MalformedCode; step?: string } {
  const fields = parseFields(line);
  if (!fields) return { type: 'malformed', code: 'not_json' };
  const step = isStep(fields.step) ? fields.step : undefined;
  const malformed = { type: 'malformed', code: 'malformed_request', ...(step === undefined ? {} : { step }) } as const;
  switch (fields.type) {
    case 'start':
      return step !== undefined && isStartRequest(fields, step)
        ? (fields as unknown as { type: 'start' } & StartRequest)
        : malformed;
    case 'abort':
      return step !== undefined && isWhole(fields.graceMs, LONGEST_GRACE_MS)
        ? { type: 'abort', step, graceMs: fields.graceMs }
        : malformed;
    case 'deadline':
      return fields.deadline === null || isDeadline(fields.deadline)
        ? { type: 'deadline', deadline: fields.deadline }
        : malformed;
    case 'fence':
      return isFenceRequest(fields) ? fields : malformed;
    case 'script':
      return isScriptRequest(fields) ? fields : malformed;
    case 'end_script':
    case 'acknowledge_script':
      return isScriptId(fields.id) ? { type: fields.type, id: fields.id } : malformed;
    case 'acknowledge':
      return step === undefined ? malformed : { type: 'acknowledge', step };
    default:
      return { ...malformed, code: 'unknown_message' };
  }
}

function isStartRequest(fields: Fields, step: string): boolean {
  const last = parseStepId(step)?.steps.at(-1);
  const membership = fields.membership as Fields | null | undefined;
  return (
    Object.keys(fields).every((name) => START_FIELDS.has(name)) &&
    last !== undefined &&
    STEP_KINDS.includes(fields.kind as StepKind) &&
    last.key.split('.', 1)[0] === fields.kind &&
    isName(fields.event) &&
    isMissingOr(last.subEvent?.event, (event) => event === fields.event) &&
    Array.isArray(fields.args) &&
    fields.args.every(isArgument) &&
    (fields.kind === 'pre_event' || fields.kind === 'post_event'
      ? isName(fields.customEvent)
      : fields.customEvent === undefined) &&
    isWhole(fields.status, 255) &&
    isText(fields.revision, HASH) &&
    typeof membership === 'object' &&
    membership !== null &&
    Object.keys(membership).length === 2 &&
    isNames(membership.before) &&
    isNames(membership.after) &&
    isMissingOr(fields.failedNode, isName) &&
    isMissingOr(fields.groupName, isName) &&
    typeof fields.drill === 'boolean' &&
    isMissingOr(fields.token, (token) => isText(token, TOKEN)) &&
    isMissingOr(fields.slow, (slow) => typeof slow === 'boolean')
  );
}

const isDeadline = (value: unknown): value is { at: string; lease: string } => {
  const { at, lease } = (value ?? {}) as Fields;
  return isText(at, BOOT_TIME) && isText(lease, LEASE);
};

const FENCE_FIELDS = new Set(['type', 'id', 'revision', 'node', 'timeoutMs']);

const isFenceRequest = (fields: Fields): fields is { type: 'fence'; id: string } & FenceRequest & Fields =>
  Object.keys(fields).every((name) => FENCE_FIELDS.has(name)) &&
  isName(fields.id) &&
  isText(fields.revision, HASH) &&
  isName(fields.node) &&
  isWhole(fields.timeoutMs, LONGEST_GRACE_MS);

/** The id of an event script: its run, and its place there. */
const isScriptId = (value: unknown): value is string => isText(value, SCRIPT_ID);
const SCRIPT_ID = /^[0-9a-f-]{36}\.[0-9]{1,5}$/;
const SCRIPT_FIELDS = new Set(['type', 'id', 'component', 'file', 'event', 'args', 'timeoutMs']);

const isScriptRequest = (fields: Fields): fields is { type: 'script' } & ScriptRequest & Fields =>
  Object.keys(fields).every((name) => SCRIPT_FIELDS.has(name)) &&
  isScriptId(fields.id) &&
  isName(fields.component) &&
  // A file of the directory itself, and nothing above or below it.
  typeof fields.file === 'string' &&
  /^[0-9][0-9]\.[^/\0]{1,252}$/.test(fields.file) &&
  isName(fields.event) &&
  Array.isArray(fields.args) &&
  fields.args.every(isArgument) &&
  isMissingOr(fields.timeoutMs, (ms) => isWhole(ms, LONGEST_GRACE_MS));

/** Reads the launcher's answer; undefined for anything else. */
export function parseFromLauncher(line: string): FromLauncher | undefined {
  const fields = parseFields(line);
  switch (fields?.type) {
    case 'ready':
      return isWhole(fields.pid, 2 ** 31) && isName(fields.id) ? { type: 'ready', pid: fields.pid, id: fields.id } : undefined;
    case 'command': {
      const command = parseStartedCommand(fields.command);
      return isStep(fields.step) && command ? { type: 'command', step: fields.step, command } : undefined;
    }
    case 'finished': {
      const result = parseStepResult(fields.result);
      return isStep(fields.step) && result ? { type: 'finished', step: fields.step, result } : undefined;
    }
    case 'fence_ended': {
      const end = parseFenceEnd(fields.end);
      return isName(fields.id) && end ? { type: 'fence_ended', id: fields.id, end } : undefined;
    }
    case 'script_ended': {
      const end = parseScriptEnd(fields.end);
      return isScriptId(fields.id) && end ? { type: 'script_ended', id: fields.id, end } : undefined;
    }
    case 'malformed':
      return MALFORMED.includes(fields.code as MalformedCode)
        ? { type: 'malformed', code: fields.code as MalformedCode, ...(isStep(fields.step) ? { step: fields.step } : {}) }
        : undefined;
    default:
      return undefined;
  }
}

function parseStartedCommand(value: unknown): StartedCommand | undefined {
  const { argv, environment, pid, sha256 } = (value ?? {}) as Fields;
  const sound =
    Array.isArray(argv) &&
    argv.every((word) => typeof word === 'string') &&
    typeof environment === 'object' &&
    environment !== null &&
    Object.values(environment).every((text) => typeof text === 'string') &&
    isMissingOr(pid, (number) => isWhole(number, 2 ** 31)) &&
    isMissingOr(sha256, (text) => typeof text === 'string' && HASH.test(text));
  return sound ? (value as StartedCommand) : undefined;
}

/** Also reads the results that a launcher left on disk. */
export function parseStepResult(value: unknown): StepResult | undefined {
  const { status, signal, fault, expelled, durationMs, outputBytes, outputLostFrom } = (value ?? {}) as Fields;
  const sound =
    isWhole(status, 255) &&
    isMissingOr(signal, (name) => typeof name === 'string') &&
    isMissingOr(fault, isStartFault) &&
    isMissingOr(expelled, (is) => is === true) &&
    typeof durationMs === 'number' &&
    durationMs >= 0 &&
    isWhole(outputBytes, Number.MAX_SAFE_INTEGER) &&
    isMissingOr(outputLostFrom, (bytes) => isWhole(bytes, Number.MAX_SAFE_INTEGER));
  return sound ? (value as StepResult) : undefined;
}

function parseFenceEnd(value: unknown): FenceEnd | undefined {
  const { status, signal, fault, timedOut, expelled, durationMs, output } = (value ?? {}) as Fields;
  const sound =
    isWhole(status, 255) &&
    isMissingOr(signal, (name) => typeof name === 'string') &&
    isMissingOr(fault, isStartFault) &&
    [timedOut, expelled].every((is) => isMissingOr(is, (said) => said === true)) &&
    typeof durationMs === 'number' &&
    durationMs >= 0 &&
    typeof output === 'string';
  return sound ? (value as FenceEnd) : undefined;
}

/** Also reads what a launcher left on disk. */
export function parseScriptEnd(value: unknown): ScriptProcessEnd | undefined {
  const said = (value ?? {}) as Fields;
  const { status, signal, fault, startedAt, durationMs, output, outputCut, debugOutput } = said;
  const sound =
    isWhole(status, 255) &&
    isMissingOr(signal, (name) => typeof name === 'string') &&
    isMissingOr(fault, isStartFault) &&
    [said.gone, said.timedOut, said.ended].every((is) => isMissingOr(is, (told) => told === true)) &&
    isWhole(startedAt, Number.MAX_SAFE_INTEGER) &&
    typeof durationMs === 'number' &&
    durationMs >= 0 &&
    typeof output === 'string' &&
    isMissingOr(outputCut, (bytes) => isWhole(bytes, Number.MAX_SAFE_INTEGER)) &&
    isMissingOr(debugOutput, (text) => typeof text === 'string');
  return sound ? (value as ScriptProcessEnd) : undefined;
}

function isStartFault(value: unknown): value is StartFault {
  const { code, path, reason } = (value ?? {}) as Fields;
  return (
    START_FAULTS.includes(code as StartFault['code']) &&
    typeof path === 'string' &&
    isMissingOr(reason, (text) => typeof text === 'string')
  );
}

function parseFields(line: string): Fields | undefined {
  try {
    const value: unknown = JSON.parse(line);
    return typeof value === 'object' && value !== null && !Array.isArray(value) ? (value as Fields) : undefined;
  } catch {
    return undefined;
  }
}
