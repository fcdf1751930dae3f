import type { EventView } from '@fallover/contract';
import { EVENT_SPECS, PROGRAM_SPEC } from '../../smit/definition/specs.ts';

/** What is customised on an event, in the worksheet's words with the values: of the draft, which is what one is working on. */
export function customisedFields({ draft }: Pick<EventView, 'draft'>): string[] {
  const fields = (draft?.fields ?? {}) as Record<string, { cluster?: unknown; nodes?: Record<string, unknown> } | undefined>;
  const own = EVENT_SPECS.flatMap(({ name, label }) => {
    const field = fields[name];
    const values = [field?.cluster, ...Object.values(field?.nodes ?? {})].filter((value) => value !== undefined);
    return values.length === 0 ? [] : [`${label} ${[...new Set(values.map(inWords))].join(' or ')}`];
  });
  return fields[PROGRAM_SPEC.name] ? [...own, `${PROGRAM_SPEC.label} replaced`] : own;
}

const inWords = (value: unknown): string =>
  Array.isArray(value) ? value.join(' ') : value === true ? 'yes' : value === false ? 'no' : String(value);
