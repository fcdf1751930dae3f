/** How many reports are taken within how long. */
export const REPORTS = { ofOneSource: 60, ofAll: 240, withinSeconds: 60, waiting: 500 } as const;

/** When reports were taken lately, in milliseconds of a clock that does not jump, oldest first. Times older than the span are gone. */
export interface ReportRate {
  readonly taken: readonly { source: string; at: number }[];
}

export const NO_REPORTS: ReportRate = { taken: [] };

export type ReportAdmission =
  | { taken: true; rate: ReportRate }
  /** `source` is missing where all sources together are too many. */
  | { taken: false; source?: string; most: number; againIn: number };

/**
 * Whether a report is taken now. Each source has its share, so that one which runs wild does not keep the others from being
 * heard; what was refused counts for nothing, so that trying again is not what keeps it out.
 */
export function admitReport(rate: ReportRate, source: string, at: number): ReportAdmission {
  const span = REPORTS.withinSeconds * 1000;
  const lately = rate.taken.filter((report) => at - report.at < span);
  const own = lately.filter((report) => report.source === source);
  const againIn = (oldest: { at: number } | undefined): number => Math.max(1, Math.ceil(((oldest?.at ?? at) + span - at) / 1000));
  if (own.length >= REPORTS.ofOneSource)
    return { taken: false, source, most: REPORTS.ofOneSource, againIn: againIn(own.at(-REPORTS.ofOneSource)) };
  if (lately.length >= REPORTS.ofAll) return { taken: false, most: REPORTS.ofAll, againIn: againIn(lately.at(-REPORTS.ofAll)) };
  return { taken: true, rate: { taken: [...lately, { source, at }] } };
}
