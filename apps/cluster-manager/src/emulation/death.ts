import {
  applyRecord,
  type DefinitionDocument,
  type Foreseeable,
  fenceCommandOf,
  fencingStateSentence,
  nodeStateOf,
  parseStepId,
  phasesOf,
  type RunState,
  runningSteps,
  scopeOf,
} from '@fallover/events';
import type { QueuedEvent } from '@fallover/store';
import { effects, membershipDuties, participantsOf } from '../membership/duties.ts';
import { FENCE_COMMAND_MS, GRACE_MS } from '../membership/fencing.ts';
import { type ClusterNow, changed } from './cluster-now.ts';

/** What follows from the end of a node up to its `node_down`, if there is one. */
export interface Death {
  /** The cluster without it. */
  now: ClusterNow;
  foreseen: Foreseeable[];
  nodeDown?: QueuedEvent;
}

/** What follows when a node dies now, by the duties that the coordinator has. */
export function deathOf(
  before: ClusterNow,
  node: string,
  document: DefinitionDocument,
  eventOf: (event: string, args: string[]) => QueuedEvent,
): Death {
  const member = before.members.get(node);
  const { state } = nodeStateOf(
    before.nodes.get(node) ?? { node },
    member === undefined ? undefined : { membership: member, since: '' },
  );
  const members = new Map(before.members);
  members.delete(node);
  const left = [...members.keys()].sort();
  const current = before.current && withoutNode(before.current, node);
  let now: ClusterNow = { ...before, members, current };
  const foreseen: Foreseeable[] = [];

  if (member === undefined) {
    if (state !== 'lost') return { now, foreseen: [{ code: 'nothing_follows', node, state }] };
    foreseen.push({ code: 'lost_already', node });
  } else {
    if (before.leaseSeconds !== undefined) foreseen.push({ code: 'lease_ends', node, seconds: before.leaseSeconds });
    if (before.coordinator === node) foreseen.push({ code: 'coordinator_follows', node, candidates: left });
    else if (before.coordinator !== undefined)
      foreseen.push({ code: 'coordinator_stays', node, coordinator: before.coordinator });
    if (before.current && takesPart(before.current, node)) foreseen.push(runGoesOn(before.current, node));
  }

  const on = before.coordinator === undefined || before.coordinator === node ? left : [before.coordinator];
  const argv = fenceCommandOf(document);
  let nodeDown: QueuedEvent | undefined;
  // Each duty is noted with what is done about it, so that the next one follows.
  for (let duty = dutyOf(now, node); duty !== undefined && nodeDown === undefined; duty = dutyOf(now, node)) {
    switch (duty.kind) {
      case 'note_lost':
        now = changed(now, effects.noteLost(node, duty.membership, ''));
        break;
      case 'fence':
        if (left.length > 0)
          foreseen.push(
            argv.length > 0
              ? { code: 'fence_command', node, argv: [...argv, node], on, seconds: FENCE_COMMAND_MS / 1000 }
              : { code: 'no_fence_command', node, seconds: GRACE_MS / 1000 },
          );
        now = changed(now, effects.fenced(node, duty.membership, { fencing: argv.length > 0 ? 'off' : 'not_configured' }));
        break;
      case 'node_down': {
        const event = eventOf('node_down', [node]);
        const isAlone = participantsOf(event, now).length === 0;
        now = changed(now, effects.nodeDown(node, undefined));
        if (isAlone) return { now, foreseen: [...foreseen, { code: 'nobody_left', node }] };
        nodeDown = event;
        break;
      }
      case 'node_up':
        return { now, foreseen };
    }
  }
  if (nodeDown) return { now, foreseen: [...foreseen, { code: 'node_down_queued', node }], nodeDown };
  const fencing = before.nodes.get(node)?.lost?.fencing;
  // Its node_up is not queued yet: nobody knows it as a node that was up.
  if (member !== undefined) foreseen.push({ code: 'nothing_follows', node, state });
  else if (fencing !== undefined)
    foreseen.push({ code: 'fenced_before', node, sentence: fencingStateSentence(node, fencing, undefined) });
  return { now, foreseen };
}

const dutyOf = (now: ClusterNow, node: string) => membershipDuties(now).find((duty) => duty.node === node);

const takesPart = ({ plan, state }: RunState, node: string): boolean =>
  state === 'running' && (plan.participants ?? []).some((one) => one.node === node);

const withoutNode = (run: RunState, node: string): RunState =>
  takesPart(run, node) ? applyRecord(run, { kind: 'lost', at: '', node }) : run;

function runGoesOn(run: RunState, node: string): Foreseeable {
  const lost = runningSteps(run).flatMap((step) => {
    const path = parseStepId(step);
    const event = run.pipelines[scopeOf(step)]?.planned.event;
    const key = path?.steps.at(-1)?.key;
    return path?.node === node && event !== undefined && key !== undefined ? [{ event, args: [key] }] : [];
  });
  const { waitingFor } = phasesOf(withoutNode(run, node));
  return {
    code: 'run_goes_on',
    node,
    run: run.plan,
    lost,
    waitsFor: [...new Set(waitingFor.map((waited) => waited.node))],
  };
}
