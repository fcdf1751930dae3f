import type { EventSummaryView } from '@fallover/contract';

export const SUMMARY_OUTCOMES = ['succeeded', 'failed', 'unknown'] as const;

/** What the cluster manager filters by itself. */
export interface SummaryFilter extends TimeFilter {
  days: number;
  event?: string | undefined;
  node?: string | undefined;
  text?: string | undefined;
  outcome?: (typeof SUMMARY_OUTCOMES)[number] | undefined;
}

/** Times as the node's clock showed them: `2026-11-23T14:00`. Such texts compare as the times do. */
export interface TimeFilter {
  since?: string | undefined;
  until?: string | undefined;
}

/** A summary of this cluster or of a file; of a file it is not known which node's. */
export type ShownSummary = Omit<EventSummaryView, 'node' | 'startTime'> & {
  node?: string | undefined;
  startTime?: string | undefined;
};

export const isWithin =
  ({ since, until }: TimeFilter) =>
  ({ startTime, endTime }: Pick<ShownSummary, 'startTime' | 'endTime'>): boolean => {
    const time = startTime || endTime;
    return !time || ((!since || time >= since || (endTime ?? time) >= since) && (!until || time.slice(0, until.length) <= until));
  };

/** The same as the cluster manager's filter, for summaries of a file. */
export const isAskedFor =
  ({ event, node, text, outcome }: Omit<SummaryFilter, 'days' | keyof TimeFilter>) =>
  (summary: ShownSummary): boolean =>
    (!event || summary.name === event) &&
    (!node || summary.event.split(/\s+/).slice(1).includes(node)) &&
    (!outcome || summary.outcome === outcome) &&
    (!text || summary.text.toLowerCase().includes(text.toLowerCase()));

/** `2026-11-23 14:22:10`: the node's own clock, whatever the browser's zone. What is no such time stays as it is. */
export const dateAndTime = (iso: string): string => (/^\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d$/.test(iso) ? iso.replace('T', ' ') : iso);

/** Milliseconds between two such times; undefined when one is not known. */
export function durationOf({ startTime, endTime }: Pick<ShownSummary, 'startTime' | 'endTime'>): number | undefined {
  const ms = Date.parse(`${endTime}Z`) - Date.parse(`${startTime}Z`);
  return Number.isNaN(ms) || ms < 0 ? undefined : ms;
}
