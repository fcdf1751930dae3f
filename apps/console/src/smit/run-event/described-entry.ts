import type { EntryView } from '@fallover/contract';
import { CLASS_FIELDS } from '@fallover/events';
import type { ListValue } from '../panel-context.ts';

/** A defined name with what tells it from others; nothing where the draft, or what is active, does not have it. */
export function describedEntry({ class: entryClass, name, draft, active }: EntryView, ofDraft: boolean): ListValue | undefined {
  const fields = ofDraft ? draft?.fields : active;
  if (!fields) return undefined;
  const values = CLASS_FIELDS[entryClass].flatMap((field) => {
    const value = fields[field]?.cluster;
    return value === undefined ? [] : [Array.isArray(value) ? value.join(', ') : String(value)];
  });
  return { value: name, description: values.length > 0 ? values.join(' · ') : undefined };
}
