import type { Plant as CrashPlant } from '../crash/plants.ts';
import type { Violation } from './check.ts';

/** A bug of many nodes that is planted in the sources while they are loaded. */
export interface FaultPlant {
  changes: readonly CrashPlant['changes'][number][];
  /** What the checker is to say, one of these at least. */
  caughtAs: readonly Violation['code'][];
  /** What it needs to show itself: options of `npm run faults`. */
  under?: readonly string[];
}

export const FAULT_PLANTS = {
  'barrier by count': {
    changes: [
      {
        module: 'packages/events/src/runs/run.ts',
        text: 'if (subEventRuns || !roots.every((pipeline) => pipeline.interrupted || isOver(pipeline))) return run;',
        by: 'if (roots.filter((pipeline) => pipeline.interrupted || isOver(pipeline)).length * 2 < roots.length) return run;',
      },
      {
        module: 'packages/events/src/runs/run.ts',
        text: "if (!roots.every(hasSucceeded)) return stop(run, roots.some(({ aborted }) => aborted) ? 'aborted' : 'failed');",
        by: '',
      },
    ],
    caughtAs: ['passed_a_barrier_early'],
  },
  'token of the control key': {
    changes: [
      {
        module: 'apps/cluster-manager/src/runs/engine.ts',
        text: 'String(durable[entry]?.place?.revision ?? numbers[entry] ?? 0)',
        by: 'String(run.control + (numbers[entry] ?? 0) + (durable[entry] ? 0 : 1))',
      },
    ],
    caughtAs: ['token_not_rising'],
  },
  'two root runs at once': {
    changes: [
      { module: 'packages/store/src/state/runs.ts', text: '{ key: keys.current, revision: 0 },', by: '' },
      {
        module: 'apps/cluster-manager/src/membership/coordinator.ts',
        text: 'if (!current) await startNext(coordinator);',
        by: 'await startNext(coordinator);',
      },
    ],
    caughtAs: ['root_runs_overlap'],
  },
  'lost node waited for': {
    changes: [
      {
        module: 'packages/events/src/runs/run.ts',
        text: 'const roots = rootPipelines(run).filter(({ lost }) => !lost);',
        by: 'const roots = rootPipelines(run);',
      },
    ],
    caughtAs: ['never_ends'],
  },
  'results not published before joining': {
    changes: [
      {
        module: 'apps/cluster-manager/src/membership/many-nodes.ts',
        text: 'return await publishUnpublished(journal, store);',
        by: 'return;',
      },
      {
        module: 'apps/cluster-manager/src/membership/many-nodes.ts',
        text: 'await parts.settle();\n      await publishUnpublished(journal, store);',
        by: 'await parts.settle();',
      },
    ],
    caughtAs: ['journals_differ', 'accepted_run_lost', 'never_ends'],
    under: ['--only', 'kill_as_it_tells'],
  },
  'claims that compare nothing': {
    changes: [
      {
        module: 'apps/cluster-manager/src/membership/taking-part.ts',
        text: 'joined && !stopped.aborted && joined.keeper.leftMs() > MARGIN_MS && wasTold(joined.member.membership)',
        by: 'joined && !stopped.aborted',
      },
      {
        module: 'apps/cluster-manager/src/runs/run-log.ts',
        text: '...(id === run && (claims || moves) ? { control } : {}),',
        by: '',
      },
      {
        module: 'packages/store/src/state/nodes.ts',
        text: '...(member ? [{ key: keys.member(member.node), revision: member.written }] : []),',
        by: '',
      },
      {
        module: 'packages/store/src/state/nodes.ts',
        text: '...(coordinator ? [{ key: keys.coordinator, created: coordinator.created }] : []),',
        by: '',
      },
    ],
    caughtAs: ['claimed_after_it_was_lost', 'claimed_by_another_membership', 'journals_differ', 'root_runs_overlap'],
    under: ['--only', 'kill_as_it_claims'],
  },
  'deadline counted from receipt': {
    changes: [
      {
        module: 'apps/cluster-manager/src/membership/lease-keeper.ts',
        text: 'const at = sent + BigInt',
        by: 'const at = (sent < 0n ? sent : bootTime()) + BigInt',
      },
    ],
    caughtAs: ['deadline_too_late'],
  },
  "another node's event rolled up": {
    changes: [
      {
        module: 'packages/events/src/queue/roll-up.ts',
        text: "later.event === 'node_down' && later.args[0] === node && later.origin.kind",
        by: "later.event === 'node_down' && later.origin.kind",
      },
    ],
    caughtAs: ['rolled_up_by_another_node'],
  },
  'restarted node in an old run': {
    changes: [
      {
        module: 'packages/events/src/runs/run.ts',
        text: 'members.get(node) !== membership && !isLost(run, node)',
        by: '!members.has(node) && membership > 0 && !isLost(run, node)',
      },
      {
        module: 'apps/cluster-manager/src/runs/engine.ts',
        text: 'one.node === node && one.membership === own',
        by: 'one.node === node',
      },
    ],
    caughtAs: ['claimed_by_another_membership'],
    under: ['--only', 'kill_all_as_a_run_begins'],
  },
} satisfies Record<string, FaultPlant>;

export type FaultPlantName = keyof typeof FAULT_PLANTS;
export const isFaultPlant = (name: string): name is FaultPlantName => Object.hasOwn(FAULT_PLANTS, name);
