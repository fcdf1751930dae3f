import type { EventView } from '@fallover/contract';
import { checkEventCustomization, type EventCustomization, inputSentence } from '@fallover/events';
import { commandLine } from '../../smit/shell-words.ts';

/** What is typed for an event, and what stood there when the typing began. */
export interface Typed {
  text: string;
  before: number | undefined;
}

export interface Row {
  event: EventView;
  own: number | undefined;
  onNodes: [string, number][];
  text: string;
  changed: boolean;
  /** What stood there when the typing began. */
  before: number | undefined;
  /** Somebody saved another value meanwhile. */
  movedOn: boolean;
  /** What will hold; nothing while what is typed cannot be accepted. */
  effective: number | undefined;
  faults: string[];
}

export function rowOf(event: EventView, typed: Typed | undefined): Row {
  const field = event.draft?.fields.timeUntilWarning;
  const own = field?.cluster;
  const text = typed?.text ?? (own === undefined ? '' : String(own));
  const changed = typed !== undefined && text.trim() !== (own === undefined ? '' : String(own));
  const fields = fieldsWith(event, text);
  const faults = changed
    ? checkEventCustomization(event.name, fields, { customEvents: [], nodes: [] })
        .faults.filter(({ field: at, node }) => at === 'timeUntilWarning' && node === undefined)
        .map((fault) => inputSentence(fault))
    : [];
  return {
    event,
    own,
    onNodes: Object.entries(field?.nodes ?? {}),
    text,
    changed,
    before: changed ? typed.before : own,
    movedOn: changed && typed.before !== own,
    effective: faults.length > 0 ? undefined : (fields.timeUntilWarning?.cluster ?? event.defaultTimeUntilWarning),
    faults,
  };
}

/** The draft's entry with this time until warning for the whole cluster; all else in it stays. */
export function fieldsWith({ draft }: EventView, text: string): EventCustomization {
  const { timeUntilWarning, ...others } = (draft?.fields ?? {}) as EventCustomization;
  const { cluster: _, ...nodes } = timeUntilWarning ?? {};
  const value = text.trim();
  // What is no number stays as it was typed, for the rules to refuse in their own words.
  const cluster = (/^-?\d+(\.\d+)?$/.test(value) ? Number(value) : value) as number;
  const field = value === '' ? nodes : { ...nodes, cluster };
  return Object.keys(field).length === 0 ? others : { ...others, timeUntilWarning: field };
}

export const commandsOf = (rows: readonly Row[]): string[] =>
  rows.map(({ event, text }) => commandLine(['fallover', 'modify', 'event', event.name, `TIMEUNTILWARNING=${text.trim()}`]));
