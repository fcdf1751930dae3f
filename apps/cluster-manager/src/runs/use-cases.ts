import type { RunView } from '@fallover/contract';
import {
  applyRecord,
  awaitedDecision,
  checkArguments,
  err,
  isStepRunning,
  knownNames,
  membershipSentence,
  nodesOfSites,
  ok,
  parseStepId,
  type Result,
  type RunRecord,
  refusedByMembership,
  runOf,
} from '@fallover/events';
import type { ClusterStore, QueuedEvent, StoredDecision } from '@fallover/store';
import type { Emulator } from '../emulation/emulate.ts';
import type { Refusal, UseCases } from '../http/use-cases.ts';
import type { Journal } from '../journal/journal.ts';
import type { EventQueue } from '../queue/event-queue.ts';
import type { Clock } from './clock.ts';
import type { Engine } from './engine.ts';
import { cancelledRow } from './live-run.ts';
import { CHANGED_MEANWHILE, invalid, noSuchRun, refused, worded } from './refusals.ts';
import type { ActiveDocument } from './resume.ts';
import type { StepOutput } from './step-output.ts';
import { queuedView, summaryOf, summaryOfQueued, type ViewTools, viewOf } from './view.ts';

export type RunUseCases = Pick<UseCases, 'runEvent' | 'getRun' | 'abortRun' | 'recover' | 'callEvent'>;

export interface RunUseCaseParts {
  node: string;
  store: ClusterStore;
  journal: Journal;
  engine: Engine;
  queue: EventQueue;
  clock: Clock;
  newRunId(): string;
  /** Other nodes have the store too: what is cancelled here is in their journals as well. */
  shared: boolean;
  /** The nodes that are members of the cluster now. */
  live(): readonly string[];
  /** All nodes that have a cluster manager, whether it takes part now or not. */
  managed(): readonly string[];
  active(): Promise<ActiveDocument>;
  emulation: Pick<Emulator, 'hashOf'>;
  output: StepOutput;
  view: ViewTools;
  changed(run: string): void;
}

const recordsOf = ({ engine, journal }: Pick<RunUseCaseParts, 'engine' | 'journal'>, run: string): readonly RunRecord[] => {
  const live = engine.live(run);
  return live ? [...live.records, ...live.later] : journal.records(run);
};

/** Any run, whether it waits, runs or has ended long ago. */
export function runViewer(parts: Pick<RunUseCaseParts, 'node' | 'store' | 'journal' | 'engine' | 'view'>) {
  const { node, store, journal } = parts;
  const fromJournal = (run: string): RunView | undefined => {
    const row = journal.row(run);
    if (!row) return undefined;
    return row.state === 'cancelled' ? queuedView(summaryOf(row), node) : viewOf(row, recordsOf(parts, run), parts.view);
  };
  return async (run: string): Promise<Result<RunView, Refusal>> => {
    const seen = fromJournal(run);
    if (seen) return ok(seen);
    const waiting = (await store.queue()).find((event) => event.run === run);
    // It may have left the queue since then, and be on its way to the journal.
    const current = waiting ? undefined : (await store.current())?.plan;
    const late = fromJournal(run);
    if (late) return ok(late);
    const accepted = waiting ?? (current?.id === run ? { ...current, run } : undefined);
    return accepted ? ok(queuedView(summaryOfQueued(accepted), node)) : noSuchRun(journal, run);
  };
}

export function runUseCases(parts: RunUseCaseParts): RunUseCases {
  const { store, journal, engine, clock, emulation } = parts;
  const view = runViewer(parts);

  let deciding: Promise<unknown> = Promise.resolve();
  /** One decision at a time: the second of two sees what the first has done. */
  function inTurn<Value>(decide: () => Promise<Value>): Promise<Value> {
    const turn = deciding.then(decide);
    deciding = turn.catch(() => {});
    return turn;
  }

  return {
    async runEvent({ body: { event, args, drill, node: asked, plan } }, { principal, request }) {
      const live = parts.live();
      if (asked !== undefined && !live.includes(asked)) return refused({ code: 'not_a_live_node', node: asked, live });
      const { document } = await parts.active();
      const { faults, warnings } = checkArguments(event, args, knownNames(document, parts.managed()));
      if (faults.length > 0) return invalid(faults);
      const goesOn = refusedByMembership(event, args, { live, sites: nodesOfSites(document) }, drill);
      if (goesOn) return err({ code: goesOn.code, status: 409, sentence: membershipSentence(goesOn) });
      if (plan !== undefined && plan !== (await emulation.hashOf(event, args, asked)))
        return refused({ code: 'plan_changed', event });
      // Before the id, which has a time of its own: a list since this moment then has the run.
      const acceptedAt = clock.now();
      const run = parts.newRunId();
      const reply = { run, warnings: warnings.map(worded) };
      const accepted: QueuedEvent = {
        run,
        event,
        args,
        origin: { kind: 'person', name: principal.name },
        drill,
        acceptedAt,
        ...(asked === undefined ? {} : { node: asked }),
      };
      const written = await store.enqueue(request, accepted, { status: 201, body: JSON.stringify(reply) });
      if (written.outcome === 'repeated') return { repeated: written.answer };
      if (written.outcome === 'changed_meanwhile') return err(CHANGED_MEANWHILE);
      void parts.queue.process();
      parts.changed(run);
      return ok(reply);
    },

    getRun: ({ parameters: { run } }) => view(run),

    async abortRun({ parameters: { run }, body: { step } }, { principal }) {
      if (!engine.live(run))
        return refused(journal.row(run) ? { code: 'nothing_to_abort', run } : { code: 'run_not_found', run });
      const aborted = await engine.abort(run, principal.name, step);
      return aborted.length > 0 ? ok({ aborted }) : refused({ code: 'nothing_to_abort', run });
    },

    recover: ({ body: { run, as, cancelQueue } }, { principal, request }) =>
      inTurn(async () => {
        const current = await store.current();
        const live = current && engine.live(current.plan.id);
        const number = live && awaitedDecision(live.state);
        if (!current || !live || number === undefined) return refused({ code: 'nothing_to_recover' });
        if (run !== undefined && run !== live.id) return refused({ code: 'run_not_waiting', run });
        const other = current.decisions.find((one) => one.number === number);
        if (other) return refused({ code: 'already_decided', as: other.as, by: other.by });
        const decision: StoredDecision = { as, by: principal.name, at: clock.now(), cancelQueue, number };
        const { skipped } = applyRecord(live.state, { kind: 'decided', ...decision });
        let cancelled: QueuedEvent[] = [];
        const replyWith = (events: QueuedEvent[]) => ({ run: live.id, skipped, cancelled: events.map((event) => event.run) });
        const answer = (events: QueuedEvent[]) => {
          cancelled = events;
          return { status: 200, body: JSON.stringify(replyWith(events)) };
        };
        const rowOf = (event: QueuedEvent): string => JSON.stringify(cancelledRow(event));
        const written = await store.decide(request, live.id, decision, answer, ...(parts.shared ? [rowOf] : []));
        if (written.outcome === 'repeated') return { repeated: written.answer };
        if (written.outcome === 'changed_meanwhile') return err(CHANGED_MEANWHILE);
        if (cancelled.length > 0) journal.append([], cancelled.map(cancelledRow));
        await engine.decide(live.id, decision);
        for (const event of cancelled) parts.changed(event.run);
        return ok(replyWith(cancelled));
      }),

    async callEvent({ body: { step, event, args } }, { request }) {
      const live = parseStepId(step) && engine.live(runOf(step));
      if (!live || !isStepRunning(live.state, step)) return refused({ code: 'step_not_running', step });
      const { faults } = checkArguments(event, args, { nodes: parts.managed() });
      if (faults.length > 0) return invalid(faults);
      const called = await engine.callEvent({ step, event, args, request: request.id });
      return called.ok ? ok({ status: called.value }) : refused(called.error);
    },
  };
}
