import { applyRecord, isOver, type PlannedPipeline, type RunState, scopeOf, startRun } from '@fallover/events';
import type { Evidence, JournalledRun, Violation } from './evidence.ts';

/** `hacmp.out` has the marker of a pipeline's start once each time it was opened, and one of its end once each time it ended. */
export function checkLog({ runs, hacmpOut }: Evidence): Violation[] {
  const expected = counts(runs.flatMap(markersOf));
  const found = counts(hacmpOut.flatMap(markerIn));
  return [...new Set([...expected.keys(), ...found.keys()])].flatMap((marker): Violation[] => {
    const [wanted, there] = [expected.get(marker) ?? 0, found.get(marker) ?? 0];
    if (wanted === there) return [];
    const sentence = `hacmp.out has ${there} times "EVENT ${marker}", and the journal ${wanted} times.`;
    return [{ code: there < wanted ? 'marker_missing' : 'marker_twice', sentence }];
  });
}

function counts(markers: readonly string[]): Map<string, number> {
  const counted = new Map<string, number>();
  for (const marker of markers) counted.set(marker, (counted.get(marker) ?? 0) + 1);
  return counted;
}

function markerIn(line: string): string[] {
  const [, kind = '', text = ''] =
    /^[A-Z][a-z]{2} [ \d]\d \d{4} \d\d:\d\d:\d\d EVENT (START|COMPLETED|FAILED): (.*)$/.exec(line) ?? [];
  if (kind === '') return [];
  return [
    kind === 'START' ? `START: ${text}` : `END: ${text.replace(kind === 'FAILED' ? /^-?\d+: / : '', '').replace(/ \d+$/, '')}`,
  ];
}

const textOf = ({ event, args }: PlannedPipeline): string => [event, ...args].join(' ');

function markersOf({ records }: JournalledRun): string[] {
  const markers: string[] = [];
  const open = new Set<string>();
  let state: RunState | undefined;
  for (const record of records) {
    state = record.kind === 'planned' ? startRun(record.plan) : state && applyRecord(state, record);
    if (!state) continue;
    if (record.kind === 'started') {
      const scope = scopeOf(record.step);
      const pipeline = state.pipelines[scope];
      if (pipeline && !open.has(scope)) markers.push(`START: ${textOf(pipeline.planned)}`);
      open.add(scope);
    }
    for (const scope of open) {
      const pipeline = state.pipelines[scope];
      if (!pipeline || !isOver(pipeline)) continue;
      markers.push(`END: ${textOf(pipeline.planned)}`);
      open.delete(scope);
    }
  }
  // What a person has skipped, and sub-events whose caller is gone, end with their run.
  const left = [...open].flatMap((scope) => state?.pipelines[scope] ?? []);
  return [...markers, ...left.map(({ planned }) => `END: ${textOf(planned)}`)];
}
