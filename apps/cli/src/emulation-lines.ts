import type { emulate } from './addresses.ts';
import { folded } from './folded.ts';
import { visibleLine } from './visible.ts';

type Emulation = NonNullable<(typeof emulate)['types']>['reply'];
type PlannedCommand = Emulation['steps'][number];
type Phase = Emulation['phases'][number];

/** What comes before, who would run what, phase by phase, who would be told, and what comes after: lines of 80 columns. */
export const emulationLines = (emulation: Emulation): string[] => [
  ...emulation.before.flatMap(foreseenLines),
  ...planLines(emulation),
  ...emulation.after.flatMap(foreseenLines),
  ...emulation.notifications.flatMap(notificationLines),
  ...environmentLines(emulation.steps),
];

const foreseenLines = ({ severity, sentence }: Emulation['before'][number]): string[] =>
  folded(`${severity === 'warning' ? 'Warning: ' : ''}${visibleLine(sentence)}`, { first: '- ', rest: '  ' });

function planLines({ event, args, phases, participants, steps }: Emulation): string[] {
  if (event === undefined) return [];
  if (phases.length === 0) return ['Nothing would be run.'];
  const what = visibleLine([event, ...args].join(' '));
  return [
    '',
    ...folded(`${what}, by ${participants.join(', ')}:`),
    ...phases.flatMap((phase, index) => [
      '',
      ...phaseLines(phase, phases.length, steps),
      ...(index < phases.length - 1 ? barrierLines(phase) : []),
    ]),
    '',
  ];
}

const barrierLines = ({ waitsFor }: Phase): string[] => [
  '',
  ...folded(`barrier: nobody goes on before ${waitsFor.join(', ')} ${waitsFor.length === 1 ? 'is' : 'are'} through`, {
    first: '-- ',
    rest: '   ',
  }),
];

/** Nodes that do the same stand together. */
function phaseLines(phase: Phase, phases: number, steps: readonly PlannedCommand[]): string[] {
  const head = phases === 1 ? 'All at once' : `Phase ${phase.index} of ${phases}`;
  const commands = phase.commands.map(({ event, path, args, nodes, expectedStatus }) => {
    const success = expectedStatus === 'X' ? 'any status is success' : `status ${expectedStatus} is success`;
    return `${visibleLine([path ?? event, ...args].join(' '))} on ${nodes.join(', ')} (${success})`;
  });
  const groups = new Map<string, { nodes: string[]; lines: string[] }>();
  for (const lane of phase.lanes) {
    const lines = laneLines(
      lane,
      steps.filter(({ node, phase: at }) => node === lane.node && at === phase.index),
    );
    const group = groups.get(lines.join('\n')) ?? { nodes: [], lines };
    groups.set(lines.join('\n'), { ...group, nodes: [...group.nodes, lane.node] });
  }
  return [
    ...folded(`${head}: ${commands.join('; ')}`, { first: '', rest: '  ' }),
    ...[...groups.values()].flatMap(({ nodes, lines }) => [
      ...folded(`${nodes.join(', ')}:${lines.length === 0 ? ' nothing to do; at the barrier at once' : ''}`, {
        first: '  ',
        rest: '    ',
      }),
      ...lines,
    ]),
  ];
}

const KEY_COLUMN = 16;
const INDENT = '    ';

function laneLines({ pipelines }: Phase['lanes'][number], steps: readonly PlannedCommand[]): string[] {
  return [
    ...steps.flatMap((step) => {
      const first = `${INDENT}${step.key.padEnd(KEY_COLUMN)} `;
      return folded(`${visibleLine(whatRuns(step, pipelines))}${when(step)}`, { first, rest: ' '.repeat(first.length) });
    }),
    ...pipelines.flatMap(({ event, timeUntilWarning, failOnPrePost }) => [
      ...(timeUntilWarning === undefined ? [] : [`${INDENT}(config_too_long after ${timeUntilWarning} s of ${event})`]),
      ...(failOnPrePost ? [`${INDENT}(${event} fails if a pre- or post-event fails)`] : []),
    ]),
  ];
}

function whatRuns({ argv, builtIn, event, customEvent, own }: PlannedCommand, pipelines: { event: string }[]): string {
  const words = argv.map((word) => (/^[\w@%+=:,./-]+$/.test(word) ? word : JSON.stringify(word))).join(' ');
  const isSubEvent = !pipelines.some((pipeline) => pipeline.event === event);
  const remarks = [
    ...(builtIn ? ['built-in'] : []),
    ...(isSubEvent ? [`sub-event ${event}`] : []),
    ...(customEvent === undefined ? [] : [`custom event ${customEvent}`]),
    ...(own ? ['a value of this node'] : []),
  ];
  return remarks.length === 0 ? words : `${words} (${remarks.join(', ')})`;
}

function when({ atMost }: PlannedCommand): string {
  if (atMost === undefined) return '';
  const often = atMost === 1 ? 'once' : `${atMost} times`;
  return `, only if the event command fails, at most ${often}; the event command then runs again`;
}

function notificationLines(told: Emulation['notifications'][number]): string[] {
  const { method, events, moments, recipients, senders, escalatesTo } = told;
  const whom = recipients.length === 0 ? '' : ` to ${visibleLine(recipients.join(', '))}`;
  const from = senders.length === 0 ? 'nobody' : senders.join(', else ');
  const then = escalatesTo.length === 0 ? '' : `; then ${escalatesTo.join(', ')}, unless somebody acknowledges`;
  const line = `notify ${method}${whom}: ${moments.join(', ')} of ${events.join(', ')}; sent by ${from}${then}`;
  return folded(line, { first: '', rest: '  ' });
}

/** What all commands find alike; what differs is named, and stands in the reply of --json. */
function environmentLines(steps: readonly PlannedCommand[]): string[] {
  const environments = steps.flatMap(({ environment }) => (environment === undefined ? [] : [environment]));
  const [first] = environments;
  if (!first) return [];
  const names = [...new Set(environments.flatMap((environment) => Object.keys(environment)))];
  const isCommon = (name: string): boolean => environments.every((environment) => environment[name] === first[name]);
  const common = names.filter(isCommon);
  const own = names.filter((name) => !isCommon(name));
  return [
    'Environment of every command:',
    ...common.flatMap((name) => folded(visibleLine(`${name}=${first[name]}`), { first: '  ', rest: '    ' })),
    ...(own.length === 0 ? [] : folded(`and of its own each ${own.join(', ')}`, { first: '  ', rest: '    ' })),
  ];
}
