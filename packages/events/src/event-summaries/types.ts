/** Where a summary stands: the byte offset of its first line. */
export interface Place {
  file: string;
  offset: number;
}

export const SUMMARY_OUTCOMES = ['succeeded', 'failed', 'unknown'] as const;
export type SummaryOutcome = (typeof SUMMARY_OUTCOMES)[number];

export interface SummarizedAction {
  action: string;
  resource: string;
  scriptName: string;
  /** Stands in the verbose part too. */
  searchOn?: string;
}

/** What a log tells of one event: its summary block, or only its markers when there is no block. */
export interface EventSummary extends Place {
  /** With its arguments: `node_down nodea`. */
  event: string;
  /** `node_down`, or an id such as `TE_RG_MOVE_ACQUIRE`. */
  name: string;
  outcome: SummaryOutcome;
  status?: number;
  /** As the clock of the node showed it: ISO 8601 without an offset. */
  startTime?: string;
  endTime?: string;
  serialNumber?: string;
  actions: SummarizedAction[];
  /** The block as it stands in the log, or the markers. */
  text: string;
}
