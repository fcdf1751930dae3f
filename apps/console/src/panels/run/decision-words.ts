import type { RunView, StepView } from '@fallover/contract';
import { type Decision, depthOf, isWork } from '@fallover/events';
import { keyWords } from '../../smit/step-words.ts';
import { outcomeOf } from './step-tree.ts';

export interface NamedStep {
  where: string;
  what: string;
  command: string;
}

interface DecisionWords {
  label: string;
  says: string;
  /** What the steps below it are. */
  stepsAre: string;
  steps: NamedStep[];
}

/** What a decision would do to this run, in a sentence and step by step. */
export function decisionOf(
  run: Pick<RunView, 'steps' | 'toRun' | 'failure' | 'event' | 'lost'>,
  decision: Decision,
): DecisionWords {
  const failed = failedStep(run);
  const its = failed ? `the ${keyWords(failed)} of ${failed.event} on ${failed.node}` : `the failed step of ${run.event}`;
  const itself = failed ? [named(failed)] : [];
  const rest = run.toRun.map(named);
  // Behind a failed pre-event the event itself was left out; which steps that were, only the plan knows.
  const leftOut = failed?.kind === 'pre_event' ? ' what was left out behind the pre-event, and' : '';
  switch (decision) {
    case 'skip':
      return {
        label: 'Skip the rest',
        says: 'The event ends here. What was still to run is kept as a list of skipped steps, to do by hand; then the next queued event runs.',
        stepsAre: `Not done, and yours to do by hand, would be${leftOut}:`,
        steps: [...itself, ...rest],
      };
    case 'succeeded':
      return {
        label: 'Count it as succeeded',
        says: `For when the work was done, by the script or by you: ${its} counts as succeeded, and the event goes on with its next step.`,
        stepsAre: `It would go on with${leftOut}:`,
        steps: rest,
      };
    case 'again':
      if (failed && run.lost.some(({ node }) => node === failed.node))
        return {
          label: `Go on without ${failed.node}`,
          says: `${failed.node} was lost after ${its} had failed, so it cannot run once more: the event goes on on the other nodes.`,
          stepsAre: 'It would go on with:',
          steps: rest.filter(({ where }) => where !== failed.node),
        };
      return {
        label: 'Run it again',
        says: `For when the cause is mended: ${its} runs once more, and the steps behind it after it.`,
        stepsAre: `It would run${leftOut}:`,
        steps: [...itself, ...behind(run, failed), ...rest],
      };
  }
}

/** The step that a decision is about: the interrupted one, else the last one that failed on that node. */
export function failedStep({ steps, failure }: Pick<RunView, 'steps' | 'failure'>): StepView | undefined {
  if (failure?.step !== undefined) return steps.find(({ id }) => id === failure.step);
  const failed = steps.filter((step) => step.node === failure?.node && depthOf(step.id) === 0 && outcomeOf(step) === 'failed');
  const mattering = failed.filter((step) => isWork(step) || step.kind === 'pre_event' || step.kind === 'post_event');
  return mattering.findLast(({ kind }) => kind !== 'post_event') ?? mattering.at(-1);
}

/** What has run behind the failed step, and would run again. */
function behind({ steps }: Pick<RunView, 'steps'>, failed: StepView | undefined): NamedStep[] {
  if (!failed) return [];
  const later = steps.slice(steps.indexOf(failed) + 1).filter(({ scope, key }) => scope === failed.scope && key !== failed.key);
  return later.filter(({ kind }) => kind !== 'recovery').map(named);
}

const named = (step: {
  node: string;
  event: string;
  key: string;
  command?: string | undefined;
  customEvent?: string | undefined;
}): NamedStep => ({
  where: step.node,
  what: `${step.event}, ${keyWords(step)}`,
  command: step.command ?? (step.customEvent ? 'not defined' : 'built-in'),
});
