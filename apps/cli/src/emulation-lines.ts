import type { emulate } from './addresses.ts';
import { visibleLine } from './visible.ts';

type Emulation = NonNullable<(typeof emulate)['types']>['reply'];
type PlannedCommand = Emulation['steps'][number];

/** Who would run what, in order: a line a command, a line between phases; then who would be told. */
export const emulationLines = ({ steps, notifications }: Pick<Emulation, 'steps' | 'notifications'>): string[] => [
  ...commandLines(steps),
  ...notifications.map(notificationLine),
];

function notificationLine({ method, events, moments, recipients, escalatesTo }: Emulation['notifications'][number]): string {
  const whom = recipients.length === 0 ? '' : ` to ${visibleLine(recipients.join(', '))}`;
  const then = escalatesTo.length === 0 ? '' : `; then ${escalatesTo.join(', ')}, unless somebody acknowledges`;
  return `notify ${method}${whom}: ${moments.join(', ')} of ${events.join(', ')}${then}`;
}

function commandLines(steps: readonly PlannedCommand[]): string[] {
  const lines: string[] = [];
  let phase = steps[0]?.phase;
  for (const step of steps) {
    if (step.phase !== phase) lines.push('barrier');
    phase = step.phase;
    lines.push(`${step.phase}/${step.node}/${step.key}: ${visibleLine(whatRuns(step))}${when(step)}`);
  }
  return lines.length === 0 ? ['Nothing would be run.'] : lines;
}

function whatRuns(step: PlannedCommand): string {
  const words = step.argv.map((word) => (/^[\w@%+=:,./-]+$/.test(word) ? word : JSON.stringify(word))).join(' ');
  const command = step.builtIn ? `built-in command of ${step.event}, ${words}` : words;
  return step.customEvent === undefined ? command : `${command} (custom event ${step.customEvent})`;
}

function when({ atMost }: PlannedCommand): string {
  if (atMost === undefined) return '';
  const often = atMost === 1 ? 'once' : `${atMost} times`;
  return `, only if the event command fails, at most ${often}; the event command then runs again`;
}
