import {
  applyRecord,
  awaitedDecision,
  type Decision,
  type DefinitionDocument,
  type DueStep,
  due,
  err,
  findEvent,
  lostParticipants,
  needsEventError,
  parseStepId,
  planRun,
  programOn,
  type Result,
  type RunPlan,
  type RunRecord,
  type RunState,
  recordKey,
  runningSteps,
  runOf,
  startRun,
} from '@fallover/events';
import type { Journal } from '../journal/journal.ts';
import type { RunRow } from '../journal/run-row.ts';
import type { Membership } from '../membership/membership.ts';
import type { Clock } from './clock.ts';
import { type Followed, follow } from './follow.ts';
import { type LiveRun, liveRun, remember, rowOf } from './live-run.ts';
import type { RunLog, ToldEntry } from './run-log.ts';
import type { StepStarter } from './step-starter.ts';
import { type CallFault, callSubEvent, type SubEventCall, wakeCallers } from './sub-events.ts';
import { dueWarnings, scheduleWarning } from './warnings.ts';

export interface EngineParts {
  journal: Pick<Journal, 'row'>;
  membership: Membership;
  /** The log that the engine writes to, and by which it is told. */
  log: RunLog;
  steps(tools: StepTools): StepStarter;
  clock: Clock;
  newRunId(): string;
  documentOf(hash: string): Promise<DefinitionDocument>;
  /** Sees every record of a run once it is durable, in order: writes hacmp.out. */
  recorded(run: LiveRun, records: readonly RunRecord[]): void;
  /** Something about a run has changed: screens are told. */
  changed(run: string): void;
  /** A run has come to its end. */
  ended(run: LiveRun): Promise<void>;
  trouble(code: 'defect', reason: string): void;
  /** A write has failed because of the store: resolves when it is worth trying again; throws what is no fault of the store. */
  retry(error: unknown): Promise<void>;
  stopped: AbortSignal;
}

/** What those who start steps tell the engine. */
export interface StepTools {
  tell(run: string, records: RunRecord[]): Promise<void>;
  /** A record that needs no commit of its own; it goes with the next. */
  mention(run: string, record: RunRecord): void;
  callEvent(call: SubEventCall): Promise<Result<number, CallFault>>;
}

export interface Engine {
  /** Starts a root run that the store has made current. */
  begin(plan: RunPlan): Promise<void>;
  /** Takes up a run of which this is recorded; its open steps are said to have ended or to be lost by `tell`. */
  takeUp(records: RunRecord[]): LiveRun | undefined;
  /** What this node alone knows of its steps; safe before anything follows from it. */
  tell(run: string, records: RunRecord[]): Promise<void>;
  /** The engine is told what stands in the log, in its order, and which control keys have moved. */
  told(entries: readonly ToldEntry[], controls?: ReadonlyMap<string, number>): Promise<void>;
  /** Membership or coordinator have changed: what is due now may be another. */
  look(): void;
  live(run: string): LiveRun | undefined;
  all(): LiveRun[];
  callEvent(call: SubEventCall): Promise<Result<number, CallFault>>;
  /** The steps that are told to end. */
  abort(run: string, by: string, step?: string): Promise<string[]>;
  /** Recorded only while the run waits for the decision of this number: what comes later decides nothing. */
  decide(run: string, decision: { as: Decision; by: string; at: string; cancelQueue: boolean; number: number }): Promise<void>;
}

/** What is to be recorded of a run as it is now, and the plans of runs that it raises beside the queue. */
type Decide = (state: RunState) => { records: RunRecord[]; children?: RunPlan[] };
const NOTHING: Decide = () => ({ records: [] });

/** Runs events: asks the pure rules what comes next, records it, and only then does it. */
export function runEngine(parts: EngineParts): Engine {
  const { clock, journal, log, membership } = parts;
  const { node } = membership;
  const runs = new Map<string, LiveRun>();
  const documents = new Map<string, DefinitionDocument>();
  /** Steps that this daemon has tried to claim and not started: a claim of an earlier daemon is none of them. */
  const attempted = new Set<string>();
  const steps = parts.steps({ tell, callEvent, mention });

  async function documentOf(hash: string): Promise<DefinitionDocument> {
    const document = documents.get(hash) ?? (await parts.documentOf(hash));
    documents.set(hash, document);
    if (documents.size > 8) documents.delete(documents.keys().next().value as string);
    return document;
  }

  /** One change of a run at a time: decide on its newest state and write it, until nothing has overtaken it. */
  function change(run: LiveRun, decide: Decide, options: { once?: boolean } = {}): Promise<void> {
    const turn = run.turn.then(() => changeNow(run, decide, options));
    run.turn = turn.catch((error: unknown) => {
      if (!parts.stopped.aborted && !options.once)
        parts.trouble('defect', error instanceof Error ? (error.stack ?? error.message) : String(error));
    });
    return turn;
  }

  async function changeNow(run: LiveRun, decide: Decide, { once = false }: { once?: boolean }): Promise<void> {
    const later = run.later.splice(0);
    // A daemon that ends starts nothing more; what its launcher finishes is for the next one to record.
    while (!parts.stopped.aborted) {
      const document = await documentOf(run.state.plan.revision.hash);
      const { records, children = [] } = decide(run.state);
      const fresh = [...later, ...records].filter((record) => !run.known.has(recordKey(record)));
      const followed = following(run, run.state, fresh, document);
      const at = clock.now();
      const raised = children.map((plan) => ({
        run: plan.id,
        record: { kind: 'planned', at, plan, clock: clock.reading() } as const,
      }));
      if (followed.entries.length === 0) return;
      const begins = [...children, ...followed.children].map(({ id }) => id);
      if (await write(run, { ...followed, entries: [...followed.entries, ...raised] }, begins, once)) return;
    }
  }

  /** False when it is to be decided anew. */
  async function write(run: LiveRun, followed: Followed, begins: string[], once = false): Promise<boolean> {
    const { entries, claims, coordinates } = followed;
    for (const step of claims) attempted.add(step);
    try {
      const batch = { entries, begins, run: run.id, control: run.control, claims: claims.length > 0, coordinates };
      return (await log.write(batch)) === 'written';
    } catch (error) {
      if (once || parts.stopped.aborted) throw error;
      await parts.retry(error);
      return false;
    }
  }

  function following(run: LiveRun, state: RunState, records: RunRecord[], document: DefinitionDocument): Followed {
    return follow(state, records, {
      at: clock.now(),
      clock: clock.reading(),
      mayClaim: (step) => mayClaim(state.plan, step),
      coordinates: membership.isCoordinator(),
      members: membership.members(),
      planChild: (event, args, failedNode) => planChild(run, document, { event, args, failedNode }),
    });
  }

  /** A node starts its own steps, while it takes part in the run by the membership that it has, and somebody coordinates. */
  function mayClaim({ participants }: RunPlan, { pipeline }: DueStep): boolean {
    const own = membership.own();
    if (pipeline.node !== node || own === undefined || !membership.coordinator()) return false;
    return participants === undefined || participants.some((one) => one.node === node && one.membership === own);
  }

  const hasDuties = (run: LiveRun): boolean =>
    due(run.state).some((step) => mayClaim(run.state.plan, step)) ||
    (membership.isCoordinator() && (needsEventError(run.state) || lostParticipants(run.state, membership.members()).length > 0));

  /** A child of a run, beside the queue, without recovery command: event_error on all members, config_too_long here. */
  function planChild(
    run: LiveRun,
    document: DefinitionDocument,
    { event, args, failedNode }: { event: string; args: string[]; failedNode?: string },
  ): RunPlan | { running: string } {
    const nodes = failedNode === undefined ? [node] : [...membership.members().keys()].sort();
    const running = [...runs.values()].find(
      ({ state: { plan } }) => plan.parent === run.id && plan.event === event && plan.program[0]?.[0]?.node === nodes[0],
    );
    if (running) return { running: running.id };
    const { plan } = run.state;
    const members = membership.members();
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
      ...(plan.participants === undefined
        ? {}
        : { participants: nodes.map((name) => ({ node: name, membership: members.get(name) ?? 0 })) }),
      ...(failedNode === undefined ? {} : { failedNode }),
      program: programOn(nodes, event, args),
      defaultTimeUntilWarning: 0,
    });
  }

  /** What stands in the log becomes this node's view: durable first, then shown, then acted on. */
  async function told(entries: readonly ToldEntry[], controls: ReadonlyMap<string, number> = new Map()): Promise<void> {
    const news = new Map<string, { run: LiveRun; before: RunState; state: RunState; records: RunRecord[]; isNew: boolean }>();
    const durable: ToldEntry[] = [];
    const starts: { run: LiveRun; step: DueStep; entry: number }[] = [];
    const aborts: { run: LiveRun; step: string }[] = [];
    for (const entry of entries) {
      const { record } = entry;
      const known = news.get(entry.run) ?? newsOf(entry);
      if (known) {
        if (known.run.known.has(recordKey(record))) continue;
        news.set(entry.run, known);
        if (record.kind === 'started' && attempted.has(record.step)) {
          const step = due(known.state).find(({ id }) => id === record.step);
          if (step) starts.push({ run: known.run, step, entry: durable.length });
        }
        if (record.kind === 'abort')
          for (const step of ownSteps(known.state))
            if (record.step === undefined || record.step === step) aborts.push({ run: known.run, step });
        if (record.kind !== 'planned') known.state = applyRecord(known.state, record);
        known.records.push(record);
        known.run.known.add(recordKey(record));
      }
      durable.push(entry);
    }
    const rows = [...news.values()].flatMap(({ run, before, state, records, isNew }): RunRow[] =>
      isNew || isNews(before, state) ? [rowOf(state, [...run.records, ...records])] : [],
    );
    const numbers = await log.journal(durable, rows);

    for (const { run, state, records } of news.values()) {
      runs.set(run.id, run);
      run.state = state;
      remember(run, records);
      parts.recorded(run, records);
    }
    for (const [id, revision] of controls) {
      const run = runs.get(id);
      if (run) run.control = Math.max(run.control, revision);
    }
    for (const { run, step, entry } of starts) {
      attempted.delete(step.id);
      // Whether the claim had been written was not known for so long that the node is lost by now.
      if (run.state.pipelines[step.pipeline.scope]?.lost) continue;
      steps.start(run, step, String(durable[entry]?.place?.revision ?? numbers[entry] ?? 0));
    }
    for (const { run, step } of aborts) steps.abort(run, step);
    for (const { run } of news.values()) await settled(run);
  }

  function newsOf({ run, record }: ToldEntry) {
    const live = runs.get(run);
    if (live) return { run: live, before: live.state, state: live.state, records: [], isNew: false };
    if (record.kind !== 'planned' || journal.row(run)) return undefined;
    const state = startRun(record.plan);
    return { run: emptyRun(record), before: state, state, records: [], isNew: true };
  }

  const emptyRun = (record: RunRecord): LiveRun => ({ ...(liveRun([record]) as LiveRun), records: [], known: new Set() });

  const ownSteps = (state: RunState): string[] => runningSteps(state).filter((step) => parseStepId(step)?.node === node);

  async function settled(run: LiveRun): Promise<void> {
    wakeCallers(run);
    warnInTime(run);
    parts.changed(run.id);
    if (run.state.state !== 'ended') {
      if (hasDuties(run)) quietly(change(run, NOTHING));
      return;
    }
    clearTimeout(run.warningTimer);
    runs.delete(run.id);
    await parts.ended(run);
  }

  /** A node that is no member may not know how its runs went on; it looks again when it is one. */
  function warnInTime(run: LiveRun): void {
    clearTimeout(run.warningTimer);
    if (!parts.stopped.aborted && membership.own() !== undefined) scheduleWarning(run, { node, clock }, () => quietly(warn(run)));
  }

  async function warn(run: LiveRun): Promise<void> {
    const document = await documentOf(run.state.plan.revision.hash);
    await change(run, () => {
      const [warning] = dueWarnings(run, node, clock).filter(({ inMs }) => inMs <= 0);
      if (!warning || membership.own() === undefined) return { records: [] };
      const { scope, seconds, event } = warning;
      const child = planChild(run, document, { event: 'config_too_long', args: [String(seconds), event] });
      const said = { kind: 'warned', at: clock.now(), scope, seconds, clock: clock.reading() } as const;
      return 'running' in child ? { records: [said] } : { records: [{ ...said, child: child.id }], children: [child] };
    });
    warnInTime(run);
  }

  async function callEvent(call: SubEventCall): Promise<Result<number, CallFault>> {
    const run = runs.get(runOf(call.step));
    if (!run) return err({ code: 'step_not_running', step: call.step });
    const document = await documentOf(run.state.plan.revision.hash);
    const at = clock.now();
    return callSubEvent(run, call, { node, document, at, change: (decide) => change(run, decide) });
  }

  function mention(id: string, record: RunRecord): void {
    runs.get(id)?.later.push(record);
    parts.changed(id);
  }

  async function tell(id: string, records: RunRecord[]): Promise<void> {
    const run = runs.get(id);
    const entries = [...(run?.later ?? []), ...records].map((record) => ({ run: id, record }));
    await log.keep(entries);
    if (run) await change(run, () => ({ records }));
  }

  return {
    async begin(plan) {
      const record: RunRecord = { kind: 'planned', at: clock.now(), plan, clock: clock.reading() };
      const run = emptyRun(record);
      // The plan and its first claims are one commit.
      const followed = following(run, run.state, [], await documentOf(plan.revision.hash));
      await write(run, { ...followed, entries: [{ run: plan.id, record }, ...followed.entries] }, [plan.id]);
    },
    takeUp(records) {
      const run = liveRun(records);
      if (!run) return undefined;
      runs.set(run.id, run);
      warnInTime(run);
      return run;
    },
    tell,
    told,
    look() {
      for (const run of runs.values()) {
        warnInTime(run);
        if (hasDuties(run)) quietly(change(run, NOTHING));
      }
    },
    live: (run) => runs.get(run),
    all: () => [...runs.values()],
    callEvent,
    async abort(id, by, step) {
      const run = runs.get(id);
      if (!run) return [];
      let aborted: string[] = [];
      const decide: Decide = (state) => {
        aborted = runningSteps(state).filter((running) => step === undefined || running === step);
        const record: RunRecord = { kind: 'abort', at: clock.now(), by, ...(step === undefined ? {} : { step }) };
        return { records: aborted.length === 0 ? [] : [record] };
      };
      await change(run, decide, { once: true });
      return aborted;
    },
    async decide(id, decision) {
      const run = runs.get(id);
      const decide: Decide = (state) => ({
        records: awaitedDecision(state) === decision.number ? [{ kind: 'decided', ...decision }] : [],
      });
      if (run) await change(run, decide);
    },
  };
}

/** What went wrong has been told as a trouble where it happened. */
const quietly = (promise: Promise<unknown>): void => void promise.catch(() => {});

/** Whether lists show the run differently now. */
const isNews = (before: RunState, after: RunState): boolean =>
  before.state !== after.state || before.outcome !== after.outcome || before.warnings.length !== after.warnings.length;
