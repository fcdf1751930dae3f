import { Refused } from '../api.ts';

export interface FieldFault {
  field?: string | undefined;
  sentence: string;
}

/** The faults of a refused request; one without a field of its own stands with the problem itself. */
const faultsOf = (error: unknown): FieldFault[] =>
  error instanceof Refused ? (error.problem.faults ?? []).map(({ field, sentence }) => ({ field, sentence })) : [];

/** What belongs under a field: its own faults and those of its parts (`preEventCommand.nodes.nodea.1`). */
export const faultsAt = (error: unknown, ...names: string[]): string[] =>
  faultsOf(error)
    .filter(({ field }) => field !== undefined && names.some((name) => belongs(field, name)))
    .map(({ sentence }) => sentence);

export const faultsElsewhere = (error: unknown, shown: readonly string[]): string[] =>
  faultsOf(error)
    .filter(({ field }) => field === undefined || !shown.some((name) => belongs(field, name)))
    .map(({ sentence }) => sentence);

function belongs(field: string, name: string): boolean {
  const path = field.replace(/^(body|fields)\./, '').replace(/^fields\./, '');
  return path === name || path.startsWith(`${name}.`) || path.startsWith(`${name}[`);
}
