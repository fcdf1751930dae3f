import type { EventView } from '@fallover/contract';
import { FIELD_LABELS } from '@fallover/events';
import { CUSTOM_EVENT_SPECS, EVENT_SPECS, type FieldSpec } from '../../smit/definition/specs.ts';
import { type Entry, type Fields, sheetsOf, shown } from '../../smit/definition/values.ts';

/** In the worksheet's order; what is configured beside its thirteen fields stands behind them. */
export const WORKSHEET_SPECS: readonly FieldSpec[] = [
  ...EVENT_SPECS.filter(({ number }) => number !== undefined),
  ...EVENT_SPECS.filter(({ number }) => number === undefined),
];

/** One numbered line of a worksheet. */
export interface Line {
  field: string;
  number: number | undefined;
  label: string;
  /** What holds on the node, or for all nodes where no node is chosen; nothing when the line is empty. */
  value: string | undefined;
  /** The node has a value of its own; else the line says what holds for all nodes. */
  nodeOnly: boolean;
  /** The other nodes that have a value of their own. */
  differsOn: string[];
}

/** The lines of one entry as they hold on a node; no node: as they hold wherever a node has nothing of its own. */
function linesOf(specs: readonly FieldSpec[], fields: Fields, nodes: readonly string[], node: string | undefined): Line[] {
  const [cluster, ...own] = sheetsOf(specs, fields, nodes);
  const given = (entry: Entry | undefined): boolean => entry !== undefined && entry.length > 0;
  return specs.map((spec) => {
    const entryOn = (of: string | undefined): Entry | undefined => own.find((sheet) => sheet.node === of)?.entries[spec.name];
    const nodeOnly = node !== undefined && given(entryOn(node));
    const entry = nodeOnly ? entryOn(node) : cluster?.entries[spec.name];
    return {
      field: spec.name,
      number: spec.number,
      label: spec.label,
      value: given(entry) ? shown(spec, entry) : undefined,
      nodeOnly,
      differsOn: own.flatMap((sheet) =>
        sheet.node !== undefined && sheet.node !== node && given(sheet.entries[spec.name]) ? [sheet.node] : [],
      ),
    };
  });
}

export const customEventLines = (fields: Fields, nodes: readonly string[], node: string | undefined): Line[] =>
  linesOf(CUSTOM_EVENT_SPECS, fields, nodes, node);

/** Fields 5 to 13 of an event, and what stands beside them. */
export const eventLines = ({ draft }: EventView, nodes: readonly string[], node: string | undefined): Line[] =>
  linesOf(WORKSHEET_SPECS, (draft?.fields ?? {}) as Fields, nodes, node);

/** Those that the draft customises; a deleted customisation is no longer on the worksheet. */
export const customised = (events: readonly EventView[]): EventView[] =>
  events.filter(({ draft }) => Object.values(draft?.fields ?? {}).some((field) => field !== undefined));

export const FIELD_1 = { number: 1, label: FIELD_LABELS.cluster } as const;
export const FIELD_4 = { number: 4, label: FIELD_LABELS.event } as const;
