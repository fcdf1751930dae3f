import type { Plan } from '../../smit/run-event/Preview.tsx';
import { commandLine } from '../../smit/shell-words.ts';
import { keyWords } from '../../smit/step-words.ts';

type Step = Plan['steps'][number];

/** A step in one line, as a person compares it. */
const stepLine = (step: Step): string =>
  `${keyWords(step)} of ${step.event} on ${step.node}: ${commandLine(step.argv)}${step.atMost === undefined ? '' : `, at most ${step.atMost}×`}`;

/** What the plan has now and had not when it was shown, and the other way round. */
export function planDifferences(before: Plan, after: Plan): { added: string[]; removed: string[] } {
  const [old, now] = [before.steps.map(stepLine), after.steps.map(stepLine)];
  return { added: now.filter((line) => !old.includes(line)), removed: old.filter((line) => !now.includes(line)) };
}
