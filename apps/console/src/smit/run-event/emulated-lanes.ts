import type { EmulatedPhase, PlannedCommand } from '@fallover/contract';
import type { LanePhase } from '../lanes/LaneTable.tsx';

/** What is planned for one node in one phase; numbers are places in the plan's list of steps. */
export interface EmulatedPlace {
  steps: { index: number; step: PlannedCommand; isSubEvent: boolean }[];
  /** Seconds until config_too_long, of each event. */
  warned: string[];
}

export interface EmulatedLane {
  node: string;
  places: EmulatedPlace[];
}

/** A lane for each node, with a place in each phase. */
export function emulatedLanes(phases: readonly EmulatedPhase[], steps: readonly PlannedCommand[]): EmulatedLane[] {
  const nodes = phases[0]?.lanes.map(({ node }) => node) ?? [];
  return nodes.map((node) => ({
    node,
    places: phases.map((phase): EmulatedPlace => {
      const pipelines = phase.lanes.find((lane) => lane.node === node)?.pipelines ?? [];
      return {
        steps: steps.flatMap((step, index) =>
          step.node === node && step.phase === phase.index
            ? [{ index, step, isSubEvent: !pipelines.some(({ event }) => event === step.event) }]
            : [],
        ),
        warned: pipelines.flatMap(({ event, timeUntilWarning }) =>
          timeUntilWarning === undefined ? [] : [`config_too_long after ${timeUntilWarning} s of ${event}`],
        ),
      };
    }),
  }));
}

/** The phases as the lanes show them: the barrier behind each, and whom it waits for. */
export const emulatedPhases = (phases: readonly EmulatedPhase[]): LanePhase[] =>
  phases.map(({ index, commands, lanes, waitsFor }) => {
    const words = commands.map(({ event, path, args, nodes, expectedStatus }) => {
      const where = nodes.length === lanes.length ? 'all' : nodes.join(', ');
      const success = expectedStatus === 'X' ? 'any status is success' : `status ${expectedStatus} is success`;
      return `${[path ?? event, ...args].join(' ')} on ${where} (${success})`;
    });
    const whom = waitsFor.length === lanes.length ? 'all' : waitsFor.join(', ');
    const end = index === phases.length;
    return {
      index,
      barrier: 'waits',
      barrierWords: end ? `the end waits for ${whom}` : `barrier: waits for ${whom}`,
      commands: words,
      narrow: `Phase ${index}: ${commands.map(({ event, path }) => path ?? event).join(', ')}${end ? '' : ', then the barrier'}`,
    };
  });
