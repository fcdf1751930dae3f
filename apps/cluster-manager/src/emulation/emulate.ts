import { createHash } from 'node:crypto';
import type { Emulation } from '@fallover/contract';
import {
  canonicalPlan,
  checkArguments,
  type DefinitionDocument,
  destructionOf,
  type EffectiveMethod,
  type EtcdMember,
  err,
  type Foreseeable,
  foreseen,
  knownNames,
  majorityWithout,
  membershipSentence,
  nodesOf,
  nodesOfSites,
  ok,
  type Participant,
  type Result,
  type RunPlan,
  refusedByMembership,
  servicesRefusalSentence,
} from '@fallover/events';
import type { QueuedEvent } from '@fallover/store';
import type { Refusal, UseCase } from '../http/use-cases.ts';
import { MEMBERSHIP } from '../membership/duties.ts';
import type { Clock } from '../runs/clock.ts';
import { invalid, refused, worded } from '../runs/refusals.ts';
import type { ActiveDocument } from '../runs/resume.ts';
import { type ClusterNow, happening, supposing } from './cluster-now.ts';
import { deathOf } from './death.ts';
import { EMULATED_RUN, phasesOfPlan, previewOf } from './preview.ts';
import { type Turn, turnOf } from './turn.ts';
import { wouldBeTold } from './would-be-told.ts';

export interface EmulatorParts {
  node: string;
  stateDirectory: string;
  clock: Pick<Clock, 'now'>;
  /** The nodes that are known: members, those that were members, and those named at start. */
  nodes(): readonly string[];
  /** The cluster as it is now; nothing is written by asking. */
  now(): Promise<ClusterNow>;
  /** The planner of real runs. */
  plan(event: QueuedEvent, participants: readonly Participant[], definition: ActiveDocument): RunPlan;
  active(): Promise<ActiveDocument>;
  draft(): Promise<ActiveDocument>;
  /** Where members of etcd run, and which answer; missing on a store of another kind. Fails where etcd does not tell. */
  etcdMembers?(): Promise<readonly EtcdMember[]>;
  /** Those of a remote notification method, as its contact says. */
  recipients(method: EffectiveMethod): string[];
}

/** Event Emulation: the planner that runs events, with no executor behind it and nothing written. */
export interface Emulator {
  useCases: { emulate: UseCase<'emulate'>; emulateNodeDeath: UseCase<'emulateNodeDeath'> };
  /** Of what the event would run now, if a person runs it. */
  hashOf(event: string, args: string[], node?: string): Promise<string>;
}

export function emulator(parts: EmulatorParts): Emulator {
  const { node: own, clock, active, draft } = parts;

  const queued = (event: string, args: string[], origin: QueuedEvent['origin'], node?: string): QueuedEvent => ({
    run: EMULATED_RUN,
    event,
    args,
    origin,
    drill: false,
    acceptedAt: clock.now(),
    ...(node === undefined ? {} : { node }),
  });
  const ofMembership = (event: string, args: string[]): QueuedEvent =>
    queued(event, args, { kind: 'cluster_manager', name: MEMBERSHIP });
  const byHand = (event: string, args: string[], node: string | undefined): QueuedEvent =>
    queued(event, args, { kind: 'person', name: '' }, node);

  /** The cluster that is emulated: as it is, or as if these nodes made it up. */
  async function clusterOf(nodes: readonly string[] | undefined, known: readonly string[]): Promise<Result<ClusterNow, Refusal>> {
    const now = await parts.now();
    if (nodes === undefined) return ok(now);
    const stranger = nodes.find((node) => !known.includes(node));
    return stranger === undefined ? ok(supposing(now, [...new Set(nodes)].sort())) : err(notKnown(stranger, known, 'nodes'));
  }

  async function majority(node: string, document: DefinitionDocument, known: readonly string[]): Promise<Foreseeable[]> {
    if (!parts.etcdMembers) return [];
    const members = await parts.etcdMembers().catch(() => undefined);
    if (!members) return [{ code: 'etcd_not_told', node }];
    const { code, ...facts } = majorityWithout(node, members, document.entries, known);
    return [{ code: `majority_${code}`, node, ...facts } as Foreseeable];
  }

  function emulation(
    event: QueuedEvent,
    turn: Turn,
    definition: ActiveDocument,
    { before, after = [] }: { before: Foreseeable[]; after?: Foreseeable[] },
  ): Emulation {
    const { document } = definition;
    const plan = parts.plan(event, turn.participants, definition);
    const steps = previewOf(plan, document, { node: own, stateDirectory: parts.stateDirectory });
    const told = wouldBeTold(
      document,
      new Set([event.event, ...steps.map((step) => step.event)]),
      turn.members,
      parts.recipients,
    );
    const silent = told.filter(({ senders }) => senders.length === 0);
    return {
      event: event.event,
      args: event.args,
      participants: turn.participants.map(({ node }) => node),
      before: before.map(foreseen),
      after: [
        ...silent.map(({ method, mayBeSentBy }): Foreseeable => ({ code: 'nobody_sends', method, nodes: mayBeSentBy })),
        ...after,
      ].map(foreseen),
      phases: phasesOfPlan(plan),
      steps,
      notifications: told.map(({ mayBeSentBy: _, ...method }) => method),
      hash: hashOf(plan),
      destructive: false,
      warnings: [],
    };
  }

  return {
    useCases: {
      async emulate({ body: { event, args, draft: ofDraft, origin, node, nodes } }) {
        const definition = await (ofDraft ? draft() : active());
        const { document } = definition;
        const known = nodesOf(document.entries, parts.nodes());
        const { faults, warnings } = checkArguments(event, args, knownNames(document, known));
        if (faults.length > 0) return invalid(faults);
        const cluster = await clusterOf(nodes, known);
        if (!cluster.ok) return cluster;
        const isByHand = origin === 'person';
        const live = [...cluster.value.members.keys()].sort();
        if (isByHand && node !== undefined && !live.includes(node)) return refused({ code: 'not_a_live_node', node, live });
        const asked = isByHand ? byHand(event, args, node) : ofMembership(event, args);
        const now = isByHand || live.length < 2 ? cluster.value : happening(cluster.value, asked);
        const turn = turnOf(now, asked);
        const goesOn = isByHand ? refusedByMembership(event, args, { live, sites: nodesOfSites(document) }, false) : undefined;
        const before: Foreseeable[] = [
          ...(goesOn ? [{ code: 'refused_by_hand' as const, sentence: membershipSentence(goesOn) }] : []),
          ...aheadOf(now, turn).filter(({ code }) => code !== 'starts_at_once' || turn.participants.length > 0),
          ...(turn.participants.length === 0 ? [{ code: 'nobody_takes_part' as const, event }] : []),
        ];
        const destruction = destructionOf(
          event,
          args,
          turn.participants.map((one) => one.node),
        );
        return ok({
          ...emulation(asked, turn, definition, { before, after: behind(turn) }),
          destructive: destruction !== undefined,
          ...(destruction ? { destructiveReason: destruction.reason, typeToConfirm: destruction.typeToConfirm } : {}),
          warnings: warnings.map(worded),
        });
      },

      async emulateNodeDeath({ parameters: { node }, body: { draft: ofDraft, nodes } }) {
        const definition = await (ofDraft ? draft() : active());
        const { document } = definition;
        const known = nodesOf(document.entries, parts.nodes());
        if (!known.includes(node)) return err(notKnown(node, known, 'node'));
        const cluster = await clusterOf(nodes, known);
        if (!cluster.ok) return cluster;
        const isSole =
          cluster.value.members.size === 1 && cluster.value.members.has(node) && cluster.value.leaseSeconds === undefined;
        if (isSole) return ok(nothing([{ code: 'sole_node', node }]));
        const death = deathOf(cluster.value, node, document, ofMembership);
        const { now, nodeDown } = death;
        // Whatever else follows: without a majority of etcd none of it happens.
        const before = [...(await majority(node, document, known)), ...death.foreseen];
        if (!nodeDown) return ok(nothing(before));
        const turn = turnOf(now, nodeDown);
        const ahead = aheadOf(now, turn).filter(({ code }) => code !== 'starts_at_once');
        return ok(emulation(nodeDown, turn, definition, { before: [...before, ...ahead], after: behind(turn) }));
      },
    },

    async hashOf(event, args, node) {
      const asked = byHand(event, args, node);
      return hashOf(parts.plan(asked, turnOf(await parts.now(), asked).participants, await active()));
    },
  };
}

const notKnown = (node: string, known: readonly string[], field: string): Refusal => {
  const sentence = servicesRefusalSentence({ code: 'node_not_known', node, known });
  return { code: 'node_not_known', status: 404, sentence, faults: [{ code: 'node_not_known', field, sentence }] };
};

const nothing = (before: readonly Foreseeable[]): Emulation => ({
  args: [],
  participants: [],
  before: before.map(foreseen),
  after: [],
  phases: [],
  steps: [],
  notifications: [],
  hash: '',
  destructive: false,
  warnings: [],
});

/** What keeps the event waiting, and what it makes needless. */
function aheadOf({ current, queue }: ClusterNow, { first, rolledUp }: Turn): Foreseeable[] {
  const named = (run: string): QueuedEvent | undefined => queue.find((event) => event.run === run);
  const found: Foreseeable[] = [];
  if (current?.state === 'awaiting_decision') found.push({ code: 'rp_failed', run: current.plan });
  if (current?.state === 'running') found.push({ code: 'run_first', run: current.plan });
  for (const { run, by, why } of rolledUp) {
    const waiting = named(run);
    const later = named(by) ?? { event: 'node_down', args: [why.node] };
    if (waiting) found.push({ code: 'rolled_up', waiting, by: later });
  }
  if (first.length > 0) found.push({ code: 'events_first', events: first });
  if (found.length === 0) found.push({ code: 'starts_at_once' });
  return found;
}

const behind = ({ after }: Turn): Foreseeable[] => (after.length > 0 ? [{ code: 'events_after', events: after }] : []);

const hashOf = (plan: RunPlan): string => createHash('sha256').update(canonicalPlan(plan)).digest('hex');
