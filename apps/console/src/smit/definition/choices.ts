import { FIELD_CHOICES, FIELD_DEFAULTS, nodesOf } from '@fallover/events';
import { useQuery } from '@tanstack/react-query';
import { clusterQuery, customEventsQuery, entriesQuery, eventsQuery, scriptsQuery } from '../../live/queries.ts';
import type { ListValue } from '../panel-context.ts';
import type { FieldSpec } from './specs.ts';

const text = (value: unknown): string | undefined => (typeof value === 'string' && value !== '' ? value : undefined);

/**
 * What an entry can be chosen from, as the draft has it now: entries of the class that the field names, words of a fixed list,
 * for a command the scripts of the library. Nothing: it is only typed.
 */
export function useChoices(spec: FieldSpec): readonly ListValue[] | undefined {
  const { kind, named, name: field } = spec;
  const customEvents = useQuery({ ...customEventsQuery, enabled: named === 'custom_event' }).data ?? [];
  const entries = useQuery({ ...entriesQuery(named ?? 'node'), enabled: named !== undefined && named !== 'custom_event' }).data;
  const live = useQuery({ ...clusterQuery, enabled: named === 'node' }).data?.nodes ?? [];
  const events = useQuery({ ...eventsQuery, enabled: kind === 'events' }).data ?? [];
  const library = useQuery({ ...scriptsQuery, enabled: kind === 'command' }).data;
  if (kind === 'yes_no')
    return [
      { value: 'true', label: 'yes' },
      { value: 'false', label: 'no' },
    ];
  if (kind === 'events') return events.map(({ name, meaning }) => ({ value: name, description: meaning }));
  if (kind === 'choice' || kind === 'choices') return (FIELD_CHOICES[field] ?? []).map((value) => ({ value }));
  if (kind === 'command') {
    const scripts = (library?.scripts ?? []).filter(({ draft }) => draft);
    if (!library?.enabled || scripts.length === 0) return undefined;
    return scripts.map(({ path, draft }) => ({ value: path, description: text(draft?.fields.remark?.cluster) }));
  }
  // Only what the draft has: what is deleted there can no longer be named.
  if (named === 'custom_event')
    return customEvents.flatMap(({ name, draft }) =>
      draft ? [{ value: name, description: draft.fields.description?.cluster ?? draft.fields.script?.cluster }] : [],
    );
  if (named === undefined) return undefined;
  const defined = (entries ?? []).flatMap(({ name, draft }) => (draft ? [{ name, class: named, draft }] : []));
  const names = named === 'node' ? nodesOf(defined, live).sort() : defined.map(({ name }) => name);
  return names.map((value) => ({
    value,
    description: text(defined.find(({ name }) => name === value)?.draft.fields.remark?.cluster),
  }));
}

/** What a yes-or-no that is not set means. */
export const emptyWords = ({ name }: FieldSpec): string => (FIELD_DEFAULTS[name] === true ? 'not set (yes)' : 'not set (no)');
