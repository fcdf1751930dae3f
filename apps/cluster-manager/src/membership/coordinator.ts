import {
  findEvent,
  nextEvent,
  type Participant,
  type RunPlan,
  type RunRecord,
  replay,
  rollUp,
  rollUpSentence,
} from '@fallover/events';
import { type ClusterStore, type Coordinator, type NodeDocument, type QueuedEvent, storeFaultOf } from '@fallover/store';
import type { Clock } from '../runs/clock.ts';
import type { Engine } from '../runs/engine.ts';
import { decideAsAsked } from '../runs/asked-decisions.ts';
import { cancelledRow, rowOf } from '../runs/live-run.ts';
import type { ClusterView } from './cluster-view.ts';
import { type Duty, effects, effectsOfRun, isMembershipEvent, MEMBERSHIP, membershipDuties, participantsOf } from './duties.ts';
import type { TakingPart } from './taking-part.ts';

export interface CoordinatorLoop {
  /** Does what is to be done now; call it whenever something may have changed. */
  tend(): Promise<void>;
}

export interface CoordinatorLoopParts {
  store: ClusterStore;
  view: ClusterView;
  membership: TakingPart;
  engine: Engine;
  clock: Clock;
  newRunId(): string;
  /** The plan of a queued event for those who take part, by what is active. */
  plan(event: QueuedEvent, participants: readonly Participant[]): Promise<RunPlan>;
  /** Makes sure that a node that was lost does nothing any more. */
  fence(node: string): Promise<Pick<NonNullable<NodeDocument['lost']>, 'fencing' | 'fencedAt' | 'sentence'>>;
  failed(error: unknown): void;
  stopped: AbortSignal;
}

/**
 * The coordinator's work, of which every part can be done again by another one: it is elected when there is none, ends runs
 * that are over, notes who joined and who was lost, and takes the next event. All of it is written only while it is coordinator.
 */
export function coordinatorLoop(parts: CoordinatorLoopParts): CoordinatorLoop {
  const { store, view, membership, engine, clock, stopped } = parts;
  const fencing = new Set<number>();
  let turn = Promise.resolve();
  let isWaiting = false;

  async function tendNow(): Promise<void> {
    if (stopped.aborted || view.trouble() || membership.own() === undefined) return;
    const joined = membership.joined();
    if (!view.coordinator()) return joined && void (await store.electCoordinator(joined.member, joined.lease));
    const coordinator = view.coordinator();
    if (!membership.isCoordinator() || !coordinator) return;
    for (const run of view.openRuns()) if (!engine.live(run)) await endIfOver(run, coordinator);
    for (const duty of membershipDuties({ members: membership.members(), nodes: view.nodes() })) await fulfil(duty, coordinator);
    const current = await store.current();
    const live = current && engine.live(current.plan.id);
    if (live) await decideAsAsked(engine, live, current);
    if (!current) await startNext(coordinator);
  }

  async function endIfOver(run: string, coordinator: Coordinator): Promise<void> {
    const records = (await store.runRecords(run))?.records.map(({ record }) => record) ?? [];
    const state = replay(records);
    if (state?.state !== 'ended') return;
    const row = rowOf(state, records);
    const succeeded = state.outcome === 'succeeded';
    await store.endRun(run, JSON.stringify(row), effectsOfRun(state.plan, { succeeded, at: row.endedAt ?? clock.now() }), {
      coordinator,
    });
  }

  async function fulfil(duty: Duty, coordinator: Coordinator): Promise<void> {
    const as = { coordinator };
    const { node } = duty;
    switch (duty.kind) {
      case 'note_lost':
        await store.changeNode(effects.noteLost(node, duty.membership, clock.now()), { as });
        return;
      case 'fence':
        void fence(duty, coordinator);
        return;
      case 'node_up':
        await store.changeNode(effects.nodeUp(node, duty.membership), { as, event: eventOf('node_up', [node]) });
        return;
      case 'node_down': {
        const event = eventOf('node_down', duty.how === undefined ? [node] : [node, duty.how], duty.by);
        // Where nobody was up beside it there is nobody to process its leaving; whoever comes begins with node_up.
        const isAlone = participants(event).length === 0;
        await store.changeNode(effects.nodeDown(node, duty.how), isAlone ? { as } : { as, event });
      }
    }
  }

  /** Beside all else: it takes as long as the fence command does. */
  async function fence(
    { node, membership: lost, isBack }: Extract<Duty, { kind: 'fence' }>,
    coordinator: Coordinator,
  ): Promise<void> {
    if (fencing.has(lost)) return;
    fencing.add(lost);
    try {
      const result = isBack ? { fencing: 'rejoined' as const } : await parts.fence(node);
      await store.changeNode(effects.fenced(node, lost, { ...result, fencedAt: clock.now() }), { as: { coordinator } });
    } catch (error) {
      again(error);
    } finally {
      fencing.delete(lost);
    }
  }

  const eventOf = (event: string, args: string[], by?: string): QueuedEvent => ({
    run: parts.newRunId(),
    event,
    args,
    origin: { kind: 'cluster_manager', name: MEMBERSHIP, ...(by === undefined ? {} : { by }) },
    drill: false,
    acceptedAt: clock.now(),
  });

  const participants = (event: QueuedEvent): Participant[] =>
    participantsOf(event, { members: membership.members(), nodes: view.nodes() });

  async function startNext(coordinator: Coordinator): Promise<void> {
    const queue = await tidied(await store.queue(), coordinator);
    const next = nextEvent(
      queue.filter((event) => participants(event).length > 0),
      (event) => findEvent(event)?.eventClass ?? 'user_defined',
    );
    if (!next) return; // none, or nobody is up yet
    const plan = await parts.plan(next, participants(next));
    const record: RunRecord = { kind: 'planned', at: clock.now(), plan, clock: clock.reading() };
    await store.startRun(next, plan, [record], { coordinator });
  }

  /** Without what a later event makes needless, and without a node's leaving where nobody is left to process it. */
  async function tidied(queue: readonly QueuedEvent[], coordinator: Coordinator): Promise<QueuedEvent[]> {
    const as = { coordinator };
    const gone = new Set<string>();
    for (const { run, by, why } of rollUp(queue)) {
      const [event, later] = [queue.find((one) => one.run === run), queue.find((one) => one.run === by)];
      if (!event || !later) continue;
      const sentence = rollUpSentence({ event: event.event, by: later.event, why });
      const row = { ...cancelledRow(event), rolledUp: { by, event: later.event, args: later.args, sentence } };
      if (await store.rollUpEvent(event, JSON.stringify(row), as)) gone.add(run);
    }
    for (const event of queue) {
      if (!isMembershipEvent(event, 'node_down') || participants(event).length > 0) continue;
      for (const effect of effectsOfRun(event, { succeeded: true, at: clock.now() })) await store.changeNode(effect, { as });
      if (await store.rollUpEvent(event, JSON.stringify(cancelledRow(event)), as)) gone.add(event.run);
    }
    return queue.filter(({ run }) => !gone.has(run));
  }

  function tend(): Promise<void> {
    if (isWaiting) return turn;
    isWaiting = true;
    turn = turn.then(async () => {
      isWaiting = false;
      await tendNow().catch(again);
    });
    return turn;
  }

  /** What was asked of the store may not have come to it, and then nothing changes by which this would be looked at again. */
  function again(error: unknown): void {
    parts.failed(error);
    if (storeFaultOf(error) && !stopped.aborted) void view.toldMore().then(tend);
  }

  return { tend };
}
