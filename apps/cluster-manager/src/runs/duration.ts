import type { RunRecord } from '@fallover/events';

/**
 * From the claim of the first step to the end of the last, in milliseconds. A person who takes long to decide does not make
 * it longer: what lies between the end of the last step and a decision, and the step that follows on it, does not count.
 */
export function durationOf(records: readonly RunRecord[]): number | undefined {
  const stretches: { from?: number; to?: number }[] = [{}];
  for (const record of records) {
    const stretch = stretches.at(-1) ?? {};
    if (record.kind === 'decided') stretches.push({});
    else if (record.kind === 'started') stretch.from ??= Date.parse(record.at);
    else if (record.kind === 'finished' || record.kind === 'interrupted') stretch.to = Date.parse(record.at);
  }
  const lengths = stretches.flatMap(({ from, to }) => (from === undefined || to === undefined ? [] : [Math.max(0, to - from)]));
  return lengths.length === 0 ? undefined : lengths.reduce((sum, length) => sum + length, 0);
}
