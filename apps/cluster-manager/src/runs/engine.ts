import { setTimeout as delay } from 'node:timers/promises';
import {
  DEEPEST_SUB_EVENT,
  type Decision,
  type DefinitionDocument,
  type DueStep,
  depthOf,
  err,
  findEvent,
  isOver,
  isStepRunning,
  nextWarningAfter,
  ok,
  planPipeline,
  planRun,
  programOn,
  type Result,
  type RunPlan,
  type RunRecord,
  type RunState,
  runningSteps,
  runOf,
  type StepResult,
  subEventScope,
} from '@fallover/events';
import type { ClusterStore } from '@fallover/store';
import type { Executor } from '../executor/executor.ts';
import { type Journal, type JournalEntry, JournalNotWritable } from '../journal/journal.ts';
import { type BuiltInContext, builtIn } from './built-in.ts';
import { type Clock, elapsed } from './clock.ts';
import { follow } from './follow.ts';
import { type LiveRun, liveRun, remember, rowOf, warnedPipelines } from './live-run.ts';
import type { StepOutput } from './step-output.ts';

export interface EngineParts {
  node: string;
  journal: Journal;
  store: ClusterStore;
  executor: Executor;
  clock: Clock;
  newRunId(): string;
  documentOf(hash: string): Promise<DefinitionDocument>;
  output: StepOutput;
  automaticFindings: BuiltInContext['automaticFindings'];
  /** Sees every record of a run once it is durable, in order: writes hacmp.out. */
  recorded(run: LiveRun, records: readonly RunRecord[]): void;
  /** Something about a run has changed: screens are told. */
  changed(run: string): void;
  /** No root run is current any more. */
  idle(): void;
  trouble(code: 'journal_not_writable' | 'defect', reason: string | undefined): void;
  /** Ends a step that a launcher of an earlier daemon still runs, with its processes. */
  abortLeftover(step: string): void;
  stopped: AbortSignal;
}

export interface Engine {
  /** Starts a root run that the store has made current, or a child whose plan is in the journal. */
  begin(plan: RunPlan): Promise<void>;
  /** Takes up a run from the journal; its open steps are said to have ended or to be lost by `tell`. */
  takeUp(run: string): Promise<LiveRun | undefined>;
  tell(run: string, records: RunRecord[]): Promise<void>;
  live(run: string): LiveRun | undefined;
  all(): LiveRun[];
  callEvent(call: { step: string; event: string; args: string[]; request?: string }): Promise<Result<number, CallFault>>;
  /** The steps that are told to end. */
  abort(run: string, by: string, step?: string): Promise<string[]>;
  decide(run: string, decision: { as: Decision; by: string; at: string; cancelQueue: boolean; number: number }): Promise<void>;
}

export type CallFault = { code: 'step_not_running'; step: string } | { code: 'nested_too_deep'; step: string; deepest: number };

/** Between TERM and KILL. */
const ABORT_GRACE_MS = 5_000;
const JOURNAL_RETRY_MS = 1_000;
const UNKNOWN_STATUS = 1;
const LONGEST_TIMER_MS = 2 ** 31 - 1;

/** What a step's records are decided from its run, and the plans of runs that it raises beside the queue. */
type Decide = (state: RunState) => { records: RunRecord[]; children?: RunPlan[] };

/** Runs events: asks the pure rules what comes next, records it, and only then does it. */
export function runEngine(parts: EngineParts): Engine {
  const { clock, journal, executor, node } = parts;
  const runs = new Map<string, LiveRun>();
  const documents = new Map<string, DefinitionDocument>();

  async function documentOf(hash: string): Promise<DefinitionDocument> {
    const document = documents.get(hash) ?? (await parts.documentOf(hash));
    documents.set(hash, document);
    if (documents.size > 8) documents.delete(documents.keys().next().value as string);
    return document;
  }

  /** One change of a run at a time: decide on its newest state, make it durable, then start what is due. */
  function change(run: LiveRun, decide: Decide): Promise<void> {
    const turn = run.turn.then(() => changeNow(run, decide));
    run.turn = turn.catch((error: unknown) => {
      if (!parts.stopped.aborted)
        parts.trouble('defect', error instanceof Error ? (error.stack ?? error.message) : String(error));
    });
    return turn;
  }

  async function changeNow(run: LiveRun, decide: Decide): Promise<void> {
    // A daemon that ends starts nothing more; what its launcher finishes is for the next one to record.
    if (parts.stopped.aborted) return;
    const document = await documentOf(run.state.plan.revision.hash);
    const { records, children = [] } = decide(run.state);
    const at = clock.now();
    const reading = clock.reading();
    const before = run.state;
    const followed = follow(before, [...run.later.splice(0), ...records], {
      at,
      clock: reading,
      planChild: (event, args, failedNode) => planChild(run, document, { event, args, failedNode }),
    });
    const own = followed.entries.flatMap((entry) => (entry.run === run.id ? [entry.record] : []));
    if (own.length === 0) return;
    const raised = [...children, ...followed.children];
    const planned = children.map(
      (plan): JournalEntry => ({ run: plan.id, record: { kind: 'planned', at, plan, clock: reading } }),
    );
    const raisedRuns = raised.map((plan) => liveRun([{ kind: 'planned', at, plan, clock: reading }]) as LiveRun);
    const allRecords = [...run.records, ...own];
    const rows = raisedRuns.map((child) => rowOf(child.state, child.records));
    if (isNews(before, followed.state, run)) rows.push(rowOf(followed.state, allRecords));
    await commit([...followed.entries, ...planned], rows);

    run.state = followed.state;
    remember(run, own);
    parts.recorded(run, own);
    for (const step of followed.starts) start(run, step);
    for (const child of raisedRuns) {
      runs.set(child.id, child);
      parts.recorded(child, child.records);
      quietly(change(child, () => ({ records: [] })));
    }
    wake(run);
    scheduleWarning(run);
    parts.changed(run.id);
    if (run.state.state === 'ended') await end(run);
  }

  async function commit(entries: JournalEntry[], rows: Parameters<Journal['append']>[1]): Promise<void> {
    for (;;) {
      try {
        journal.append(entries, rows);
        parts.trouble('journal_not_writable', undefined);
        return;
      } catch (error) {
        if (!(error instanceof JournalNotWritable)) throw error;
        parts.trouble('journal_not_writable', error.message);
        await delay(JOURNAL_RETRY_MS, undefined, { signal: parts.stopped });
      }
    }
  }

  /** A child of a run: beside the queue, on all nodes, without recovery command. */
  function planChild(
    run: LiveRun,
    document: DefinitionDocument,
    { event, args, failedNode }: { event: string; args: string[]; failedNode?: string },
  ): RunPlan | undefined {
    if ([...runs.values()].some(({ state }) => state.plan.parent === run.id && state.plan.event === event)) return undefined;
    const { plan } = run.state;
    return planRun({
      id: parts.newRunId(),
      event,
      args,
      eventClass: findEvent(event)?.eventClass ?? 'cluster_wide',
      origin: { kind: 'cluster_manager', name: plan.id },
      parent: run.id,
      drill: plan.drill,
      revision: plan.revision,
      document,
      acceptedAt: clock.now(),
      membership: plan.membership,
      ...(failedNode === undefined ? {} : { failedNode }),
      program: programOn(failedNode === undefined ? [node] : plan.membership.after, event, args),
      defaultTimeUntilWarning: 0,
    });
  }

  function start(run: LiveRun, due: DueStep): void {
    const { plan } = run.state;
    if (due.step.kind === 'event' && due.step.command === undefined) {
      quietly(runBuiltIn(run, due));
      return;
    }
    executor.start(
      {
        step: due.id,
        kind: due.step.kind,
        event: due.pipeline.event,
        args: due.pipeline.args,
        ...(due.step.customEvent === undefined ? {} : { customEvent: due.step.customEvent }),
        status: due.status,
        revision: plan.revision.hash,
        membership: plan.membership,
        ...(plan.failedNode === undefined ? {} : { failedNode: plan.failedNode }),
        drill: plan.drill,
      },
      {
        command: (command) => {
          run.later.push({ kind: 'command', at: clock.now(), step: due.id, command });
          parts.changed(run.id);
        },
        finished: (result) => quietly(finished(run, due.id, result).then(() => executor.acknowledge(due.id))),
        lost: () => quietly(tell(run.id, [{ kind: 'interrupted', at: clock.now(), step: due.id, reason: 'launcher_died' }])),
      },
    );
  }

  const finished = (run: LiveRun, step: string, result: StepResult): Promise<void> =>
    change(run, () => ({ records: [{ kind: 'finished', at: clock.now(), step, result }] }));

  async function runBuiltIn(run: LiveRun, { id, pipeline }: DueStep): Promise<void> {
    const began = clock.reading();
    const abort = new AbortController();
    run.builtIns.set(id, abort);
    let status = 1;
    try {
      status = await builtIn({
        event: pipeline.event,
        args: pipeline.args,
        node,
        failedNode: run.state.plan.failedNode,
        say: (line) => parts.output.append(id, `${line}\n`),
        automaticFindings: parts.automaticFindings,
        call: async (event, args) => {
          const called = await callEvent({ step: id, event, args: [...args] });
          return called.ok ? called.value : 126;
        },
        signal: abort.signal,
      });
    } catch (error) {
      parts.trouble('defect', error instanceof Error ? (error.stack ?? error.message) : String(error));
    }
    run.builtIns.delete(id);
    if (abort.signal.aborted) status ||= 128 + 15;
    const durationMs = clock.reading().ms - began.ms;
    await finished(run, id, { status, durationMs, outputBytes: parts.output.size(id) });
  }

  async function callEvent(call: {
    step: string;
    event: string;
    args: string[];
    request?: string;
  }): Promise<Result<number, CallFault>> {
    const { step, event, args, request } = call;
    const run = runs.get(runOf(step));
    const refused: Result<number, CallFault> = err({ code: 'step_not_running', step });
    if (!run) return refused;
    const earlier = request === undefined ? undefined : run.calls.get(request);
    if (earlier !== undefined) return ok(await earlier);
    if (depthOf(step) >= DEEPEST_SUB_EVENT) return err({ code: 'nested_too_deep', step, deepest: DEEPEST_SUB_EVENT });
    const document = await documentOf(run.state.plan.revision.hash);
    let scope: string | undefined;
    let answer: Promise<number> | undefined;
    await change(run, (state) => {
      if (!isStepRunning(state, step)) return { records: [] };
      const calls = Object.values(state.pipelines).filter(({ caller }) => caller === step).length;
      const called = subEventScope(step, calls + 1, event);
      scope = called;
      answer = new Promise<number>((resolve) => run.waiting.set(called, resolve));
      if (request !== undefined) run.calls.set(request, answer);
      const pipeline = planPipeline({ scope: called, node, event, args, expectedStatus: 0, document });
      return { records: [{ kind: 'sub_event', at: clock.now(), pipeline, caller: step }] };
    });
    return scope === undefined || !answer ? refused : ok(await answer);
  }

  /**
   * Tells who waits for a sub-event its STATUS; one whose caller has ended is told as well, though nobody may listen. Of one
   * whose step was lost the status is not known: the caller goes on, and is not told that all is well.
   */
  function wake(run: LiveRun): void {
    for (const [scope, resolve] of run.waiting) {
      const pipeline = run.state.pipelines[scope];
      if (!pipeline) continue;
      const orphan = pipeline.caller !== undefined && !isStepRunning(run.state, pipeline.caller);
      const isLost = pipeline.interrupted || !isOver(pipeline);
      if (isLost && !pipeline.interrupted && !orphan) continue;
      run.waiting.delete(scope);
      const notZero = isLost ? UNKNOWN_STATUS : pipeline.aborted ? 128 + 15 : 0;
      resolve(pipeline.status || notZero);
    }
  }

  function scheduleWarning(run: LiveRun): void {
    clearTimeout(run.warningTimer);
    const soonest = Math.min(...dueWarnings(run).map(({ inMs }) => inMs));
    if (!Number.isFinite(soonest) || parts.stopped.aborted) return;
    run.warningTimer = setTimeout(() => quietly(warn(run)), Math.min(Math.max(soonest, 0), LONGEST_TIMER_MS));
  }

  const dueWarnings = (run: LiveRun): { scope: string; seconds: number; event: string; inMs: number }[] =>
    warnedPipelines(run).flatMap(({ planned: { scope, event, timeUntilWarning = 0 } }) => {
      const began = run.began.get(scope);
      if (!began) return [];
      const given = run.state.warnings.filter((warning) => warning.scope === scope).length;
      const seconds = nextWarningAfter(timeUntilWarning, given);
      return [{ scope, seconds, event, inMs: seconds * 1000 - elapsed(clock, began) }];
    });

  async function warn(run: LiveRun): Promise<void> {
    const document = await documentOf(run.state.plan.revision.hash);
    await change(run, () => {
      const [warning] = dueWarnings(run).filter(({ inMs }) => inMs <= 0);
      if (!warning) return { records: [] };
      const { scope, seconds, event } = warning;
      const child = planChild(run, document, { event: 'config_too_long', args: [String(seconds), event] });
      const at = clock.now();
      const said: RunRecord = {
        kind: 'warned',
        at,
        scope,
        seconds,
        clock: clock.reading(),
        ...(child ? { child: child.id } : {}),
      };
      return { records: [said], children: child ? [child] : [] };
    });
    scheduleWarning(run);
  }

  async function end(run: LiveRun): Promise<void> {
    clearTimeout(run.warningTimer);
    runs.delete(run.id);
    if (run.state.plan.parent !== undefined) return;
    await parts.store.end(run.id);
    parts.idle();
  }

  async function tell(id: string, records: RunRecord[]): Promise<void> {
    const run = runs.get(id);
    if (run) await change(run, () => ({ records }));
  }

  async function takeUp(id: string): Promise<LiveRun | undefined> {
    const run = liveRun(journal.records(id));
    if (!run) return undefined;
    runs.set(id, run);
    scheduleWarning(run);
    return run;
  }

  return {
    async begin(plan) {
      const record: RunRecord = { kind: 'planned', at: clock.now(), plan, clock: clock.reading() };
      const run: LiveRun = { ...(liveRun([record]) as LiveRun), records: [] };
      runs.set(plan.id, run);
      await change(run, () => ({ records: [record] })); // the plan and its first claims are one commit
    },
    takeUp,
    tell,
    live: (run) => runs.get(run),
    all: () => [...runs.values()],
    callEvent,
    async abort(id, by, step) {
      const run = runs.get(id);
      if (!run) return [];
      let aborted: string[] = [];
      await change(run, (state) => {
        aborted = runningSteps(state).filter((running) => step === undefined || running === step);
        return {
          records: aborted.length === 0 ? [] : [{ kind: 'abort', at: clock.now(), by, ...(step === undefined ? {} : { step }) }],
        };
      });
      for (const running of aborted) {
        run.builtIns.get(running)?.abort();
        if (!run.builtIns.has(running) && !executor.abort(running, ABORT_GRACE_MS)) parts.abortLeftover(running);
      }
      return aborted;
    },
    async decide(id, decision) {
      const run = runs.get(id);
      if (run) await change(run, () => ({ records: [{ kind: 'decided', ...decision }] }));
    },
  };
}

/** What went wrong has been told as a trouble where it happened. */
const quietly = (promise: Promise<unknown>): void => void promise.catch(() => {});

/** Whether lists show the run differently now. */
const isNews = (before: RunState, after: RunState, run: LiveRun): boolean =>
  run.records.length <= 1 ||
  before.state !== after.state ||
  before.outcome !== after.outcome ||
  before.warnings.length !== after.warnings.length;
