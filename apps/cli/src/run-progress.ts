import type { RunView, StepView } from '@fallover/contract';
import { expectedWords } from '@fallover/events';
import { shortStep } from './steps.ts';
import { visible, visibleLine } from './visible.ts';

/** A piece of a step's output, from a byte of it on. */
export interface OutputPiece {
  step: string;
  from: number;
  /** So many; the text has another length where it is no UTF-8. */
  bytes: number;
  text: string;
}

export interface RunProgress {
  /** The lines that this state of the run adds. */
  view(run: RunView): string[];
  /** The lines that this piece of output adds, with what had to wait for it. */
  output(piece: OutputPiece): string[];
  /** Whether output is still to come of a step that has ended. */
  waiting(): boolean;
  /** What is left: half a line of output, steps whose output did not come. */
  rest(): string[];
}

/** A line that has no end is shown once it is this long. */
const LONGEST_LINE = 8192;

/** Tells a run as it goes on: a line when a step starts or ends, its output between, whatever came twice only once. */
export function runProgress(): RunProgress {
  const told = new Set<string>();
  const seen = new Map<string, number>();
  const unended = new Map<string, string>();
  /** Output that came before the word that its step has started. */
  const early = new Map<string, OutputPiece[]>();
  /** Steps that were over in the state before the latest. */
  let over = new Set<string>();
  let latest: RunView | undefined;

  const once = (key: string, lines: () => string[]): string[] => {
    if (told.has(key)) return [];
    told.add(key);
    return lines();
  };

  function tell(force: boolean): string[] {
    if (!latest) return [];
    const run = latest;
    const lines: string[] = [];
    const called = Map.groupBy(run.steps, ({ scope }) => callerOf(scope));
    const isStep = new Set(run.steps.map(({ id }) => id));
    /** False when there is something to wait for. */
    const tellStep = (step: StepView): boolean => {
      lines.push(...once(`start ${step.id}`, () => [startLine(step), ...(early.get(step.id) ?? []).flatMap(add)]));
      early.delete(step.id);
      // What a step called stands between its start and its end.
      if (!(called.get(step.id) ?? []).every(tellStep)) return false;
      if (step.state === 'running') return true;
      // The word that it ended, and all behind it, waits for its output. What has not come by the next state does not come.
      if (!force && lacksOutput(step) && !over.has(step.id)) return false;
      lines.push(...once(`end ${step.id}`, () => [...flush(step.id), ...endLines(step)]));
      return true;
    };
    run.steps.filter(({ scope }) => !isStep.has(callerOf(scope))).every(tellStep);
    for (const { scope, seconds } of run.warnedAt)
      lines.push(
        ...once(`warning ${scope} ${seconds}`, () => [`config_too_long: ${shortStep(scope)} still runs after ${seconds} s`]),
      );
    for (const child of run.children)
      lines.push(...once(`child ${child.run}`, () => [`${child.event} runs beside it as run ${child.run}`]));
    return lines;
  }

  const lacksOutput = (step: StepView) => !told.has(`end ${step.id}`) && (seen.get(step.id) ?? 0) < (step.outputBytes ?? 0);

  function flush(step: string): string[] {
    const text = unended.get(step) ?? '';
    unended.delete(step);
    return text === '' ? [] : [outputLine(step, text)];
  }

  function add({ step, from, bytes, text }: OutputPiece): string[] {
    const before = seen.get(step) ?? 0;
    if (from + bytes <= before) return [];
    seen.set(step, from + bytes);
    const fresh = from >= before ? text : new TextDecoder().decode(new TextEncoder().encode(text).subarray(before - from));
    const gap =
      from > before
        ? [
            ...flush(step),
            `${shortStep(step)} | (${from - before} bytes of output are left out here; the log of the run has all)`,
          ]
        : [];
    const lines = ((unended.get(step) ?? '') + fresh).split('\n');
    const last = lines.pop() ?? '';
    unended.set(step, last.length > LONGEST_LINE ? '' : last);
    if (last.length > LONGEST_LINE) lines.push(last);
    return [...gap, ...lines.map((line) => outputLine(step, line))];
  }

  return {
    view(run) {
      over = new Set(latest?.steps.filter((step) => step.state !== 'running').map((step) => step.id));
      latest = run;
      return tell(false);
    },
    output(piece) {
      if (told.has(`start ${piece.step}`)) return [...add(piece), ...tell(false)];
      early.set(piece.step, [...(early.get(piece.step) ?? []), piece]);
      return [];
    },
    waiting: () => latest?.steps.some((step) => step.state !== 'running' && lacksOutput(step)) ?? false,
    rest: () => [...tell(true), ...[...unended.keys()].flatMap(flush)],
  };
}

/** A sub-event's scope hangs below the step that called it. */
const callerOf = (scope: string): string => scope.slice(0, scope.lastIndexOf('/'));

const outputLine = (step: string, text: string): string =>
  `${shortStep(step)} | ${visible(text.endsWith('\r') ? text.slice(0, -1) : text)}`;

function startLine(step: StepView): string {
  const what = step.command ?? (step.customEvent === undefined ? `the built-in command of ${step.event}` : 'nothing to start');
  const custom = step.customEvent === undefined ? '' : ` (custom event ${step.customEvent})`;
  return `${shortStep(step.id)} starts: ${visibleLine(what + custom)}`;
}

function endLines(step: StepView): string[] {
  const label = shortStep(step.id);
  if (step.state === 'interrupted') return [`${label} was interrupted: what became of it is not known`];
  const signal = step.signal === undefined ? '' : ` by ${step.signal}`;
  const took = step.durationMs === undefined ? '' : ` after ${seconds(step.durationMs)}`;
  const fault = step.fault === undefined ? [] : [`${label} could not be started: ${visibleLine(step.fault.sentence)}`];
  const lost =
    step.outputLostFrom === undefined
      ? []
      : [`${label}: its output is lost from byte ${step.outputLostFrom} on; the log could not be written`];
  return [...fault, ...lost, `${label} ended with ${step.status ?? '?'}${signal}${expectedWords(step)}${took}`];
}

/** Behind an outcome: what the steps of a lost node did is not known. */
export const withoutWords = ({ without = [] }: Pick<RunView, 'without'>): string =>
  without.length === 0 ? '' : ` without ${without.join(', ')}`;

/** Milliseconds as a person reads them. */
export function seconds(ms: number): string {
  return ms < 60_000 ? `${(ms / 1000).toFixed(2)} s` : `${Math.floor(ms / 60_000)} min ${Math.round((ms % 60_000) / 1000)} s`;
}
