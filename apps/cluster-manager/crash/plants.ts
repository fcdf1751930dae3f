import type { Violation } from './evidence.ts';

/** A bug that is planted in a real daemon: texts of its sources that are replaced while they are loaded. */
export interface Plant {
  changes: { module: string; text: string; by: string }[];
  /** What the checker is to say, one of these at least. */
  caughtAs: Violation['code'][];
}

/** A while in which a kill finds what the bug has opened. */
const A_WHILE = 'await new Promise((resolve) => setTimeout(resolve, 150));';

export const PLANTS = {
  'spawn before claim': {
    changes: [
      {
        module: 'apps/cluster-manager/src/runs/engine.ts',
        text: 'const numbers = await log.journal(durable, rows);',
        by: `for (const { run, step } of starts) steps.start(run, step, '0'); ${A_WHILE} await log.journal(durable, rows);`,
      },
      {
        module: 'apps/cluster-manager/src/runs/engine.ts',
        text: 'steps.start(run, step, String(durable[entry]?.place?.revision ?? numbers[entry] ?? 0));',
        by: 'void [run, entry];',
      },
    ],
    caughtAs: ['started_without_claim', 'started_before_its_claim', 'refused_to_start'],
  },
  'attempt reused': {
    changes: [
      {
        module: 'packages/events/src/runs/run.ts',
        text: 'const attempt = (pipeline.attempts[step.key] ?? 0) + 1;',
        by: 'const attempt = 1;',
      },
      {
        module: 'apps/cluster-manager/src/journal/schema.ts',
        text: 'CREATE UNIQUE INDEX IF NOT EXISTS one_claim_one_result',
        by: 'CREATE INDEX IF NOT EXISTS one_claim_one_result',
      },
      {
        module: 'apps/cluster-manager/src/runs/engine.ts',
        text: 'if (known.run.known.has(recordKey(record))) continue;',
        by: '',
      },
    ],
    caughtAs: ['claimed_twice', 'attempt_out_of_order'],
  },
  'finished before exit': {
    changes: [
      {
        module: 'apps/cluster-manager/src/runs/step-starter.ts',
        text: "command: (command) => mention(run.id, { kind: 'command', at: clock.now(), step, command }),",
        by: "command: () => void ended(run, { kind: 'finished', at: clock.now(), step, result: { status: 0, durationMs: 0, outputBytes: 0 } }),",
      },
    ],
    caughtAs: ['started_before_the_one_before_ended', 'root_runs_overlap', 'finished_without_end'],
  },
  'dequeue before durable': {
    changes: [
      {
        module: 'packages/store/src/state/queue.ts',
        text: 'const run: CurrentRun = { plan, decisions: [] };',
        by: `const run: CurrentRun = { plan, decisions: [] }; await backend.commit({ delete: [key] }); ${A_WHILE}`,
      },
      { module: 'packages/store/src/state/queue.ts', text: '{ key, revision: item.revision },', by: '' },
    ],
    caughtAs: ['accepted_run_lost'],
  },
  'event_error raising itself': {
    changes: [
      {
        module: 'apps/cluster-manager/src/runs/follow.ts',
        text: 'const fails = tools.coordinates && needsEventError(state);',
        by: "const fails = state.outcome === 'failed' && !state.errorRaised;",
      },
    ],
    caughtAs: ['child_raised_a_child'],
  },
  'interrupted step silently run again': {
    changes: [
      {
        module: 'packages/events/src/runs/run.ts',
        text: '{ ...pipeline, interrupted: true }',
        by: '(({ running, ...rest }) => ({ ...rest, left: [running.step, ...rest.left] }))(pipeline)',
      },
    ],
    caughtAs: ['run_again_without_decision'],
  },
  'repeated request queued twice': {
    changes: [
      {
        module: 'packages/store/src/state/answers.ts',
        text: 'return found && (JSON.parse(found.value) as RecordedAnswer);',
        by: 'return undefined;',
      },
      {
        module: 'packages/store/src/state/answers.ts',
        text: 'compare: [...(transaction.compare ?? []), { key, revision: 0 }],',
        by: 'compare: [...(transaction.compare ?? [])],',
      },
    ],
    caughtAs: ['run_twice', 'repeat_answered_otherwise'],
  },
  'accepted before durable': {
    changes: [
      {
        module: 'apps/cluster-manager/src/runs/use-cases.ts',
        text: 'const written = await store.enqueue(request, accepted, {',
        by: `setTimeout(() => void store.enqueue({ ...request, id: 'later ' + request.id }, accepted, { status: 201, body: '' }).then(() => parts.queue.process()), 150);
          const written = await Promise.resolve({ outcome: 'written', answer: undefined }); void ({`,
      },
    ],
    caughtAs: ['accepted_run_lost'],
  },
} satisfies Record<string, Plant>;

export type PlantName = keyof typeof PLANTS;
export const isPlant = (name: string): name is PlantName => Object.hasOwn(PLANTS, name);
