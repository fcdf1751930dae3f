import type { CurrentRun } from '@fallover/store';
import type { Engine } from './engine.ts';
import type { LiveRun } from './live-run.ts';

/** What a person has decided stands in the store before it does in the run: what the run does not know of yet is told to it. */
export async function decideAsAsked(engine: Pick<Engine, 'decide'>, run: LiveRun, { decisions }: CurrentRun): Promise<void> {
  const known = run.records.filter(({ kind }) => kind === 'decided').length;
  for (const [index, { cancelled: _, ...decision }] of decisions.entries())
    if (index >= known) await engine.decide(run.id, { ...decision, number: index + 1 });
}
