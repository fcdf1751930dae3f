import { awaitedDecision } from '@fallover/events';
import type { CurrentRun } from '@fallover/store';
import type { Engine } from './engine.ts';
import type { LiveRun } from './live-run.ts';

/** What a person has decided stands in the store before it does in the run: what the run waits for is told to it. */
export async function decideAsAsked(engine: Pick<Engine, 'decide'>, run: LiveRun, { decisions }: CurrentRun): Promise<void> {
  const asked = decisions.find(({ number }) => number === awaitedDecision(run.state));
  if (!asked) return;
  const { cancelled: _, ...decision } = asked;
  await engine.decide(run.id, decision);
}
