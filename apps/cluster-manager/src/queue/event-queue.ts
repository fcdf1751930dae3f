import {
  type BoundCommand,
  type DefinitionDocument,
  defaultTimeUntilWarning,
  findEvent,
  membershipAround,
  nextEvent,
  planProgram,
  planRun,
  programOn,
  type RunPlan,
  replacedProgram,
} from '@fallover/events';
import type { ClusterStore, QueuedEvent } from '@fallover/store';
import type { Engine } from '../runs/engine.ts';
import type { ActiveDocument } from '../runs/resume.ts';

export interface EventQueue {
  /** Takes the next event when no other is processed; call it whenever one of the two may have changed. */
  process(): Promise<void>;
}

/** One root event is processed at a time in the cluster; the next one is chosen when the last has ended. */
export function eventQueue(parts: {
  store: ClusterStore;
  engine: Engine;
  nodes: () => string[];
  active(): Promise<ActiveDocument>;
  /** Once what an earlier daemon left is taken up: the run that the store calls current is not begun a second time. */
  takenUp: Promise<void>;
  failed(error: unknown): void;
}): EventQueue {
  const { store, engine } = parts;
  let turn = parts.takenUp;

  async function processNext(): Promise<void> {
    if (await store.current()) return;
    const next = nextEvent(await store.queue(), (event) => findEvent(event)?.eventClass ?? 'user_defined');
    if (!next) return;
    const plan = planQueued(next, parts.nodes(), await parts.active());
    if (await store.start(next, plan)) await engine.begin(plan);
  }

  return {
    process() {
      turn = turn.then(processNext).catch(parts.failed);
      return turn;
    },
  };
}

type ProgramOf = (queued: QueuedEvent, nodes: readonly string[], document: DefinitionDocument) => BoundCommand[][];

/** The event on every node at once, or on the one that a person has chosen. */
const byHand: ProgramOf = ({ event, args, node: only }, nodes) =>
  programOn(only === undefined ? nodes : nodes.filter((node) => node === only), event, args);

/** Among many nodes: what a person runs is run by hand; what happens has its recovery program. */
export const programAmongMany: ProgramOf = (queued, nodes, document) => {
  const { event, args, origin } = queued;
  if (origin.kind === 'person') return byHand(queued, nodes, document);
  return planProgram({ event, args, participants: nodes, document });
};

/** One node alone: what happens is the event, or what an administrator's own program says. */
const programOnOne: ProgramOf = (queued, nodes, document) =>
  replacedProgram(document, queued.event) ? programAmongMany(queued, nodes, document) : byHand(queued, nodes, document);

/** The run of a queued event: by what is active now, which it keeps until it ends. */
export function planQueued(
  queued: QueuedEvent,
  nodes: string[],
  { number, hash, document }: ActiveDocument,
  program: ProgramOf = programOnOne,
): RunPlan {
  const { run, event, args, origin, drill, acceptedAt } = queued;
  const predefined = findEvent(event);
  return planRun({
    id: run,
    event,
    args,
    eventClass: predefined?.eventClass ?? 'user_defined',
    origin,
    drill,
    revision: { number, hash },
    document,
    acceptedAt,
    membership: origin.kind === 'person' ? { before: nodes, after: nodes } : membershipAround(event, args, nodes),
    program: program(queued, nodes, document),
    defaultTimeUntilWarning: predefined ? defaultTimeUntilWarning(predefined) : 0,
  });
}
