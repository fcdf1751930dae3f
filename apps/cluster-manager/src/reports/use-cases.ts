import {
  admitReport,
  CHILD_EVENTS,
  checkArguments,
  checkReport,
  err,
  knownNames,
  NO_REPORTS,
  nodesOfSites,
  ok,
  queuedByMembership,
  REPORTS,
  type ReportOrigin,
  type ReportRefusal,
  reportRefusalSentence,
} from '@fallover/events';
import type { ClusterStore, StoredReport } from '@fallover/store';
import type { Refusal, UseCases } from '../http/use-cases.ts';
import type { EventQueue } from '../queue/event-queue.ts';
import type { Clock } from '../runs/clock.ts';
import { CHANGED_MEANWHILE, invalid, worded } from '../runs/refusals.ts';
import type { ActiveDocument } from '../runs/resume.ts';

/** Events that other software has seen: queued as any other, once for each source and id. */
export function reportUseCases(parts: {
  store: Pick<ClusterStore, 'enqueueReported' | 'queue'>;
  queue: EventQueue;
  clock: Clock;
  newRunId(): string;
  active(): Promise<ActiveDocument>;
  /** The nodes that have a cluster manager of this cluster, whether it runs or not. */
  managed(): readonly string[];
  changed(run: string): void;
}): Pick<UseCases, 'reportEvent'> {
  const { store, clock } = parts;
  let rate = NO_REPORTS;

  function tooMany(source: string): Extract<ReportRefusal, { code: 'too_many_reports' }> | undefined {
    const admission = admitReport(rate, source, clock.reading().ms);
    if (admission.taken) {
      rate = admission.rate;
      return undefined;
    }
    const { taken: _, ...refused } = admission;
    return { code: 'too_many_reports', seconds: REPORTS.withinSeconds, ...refused };
  }

  return {
    async reportEvent({ body: { event, args, source, id } }, { request }) {
      const { document } = await parts.active();
      const managed = parts.managed();
      const { faults, warnings } = checkArguments(event, args, knownNames(document, managed));
      const wrong = [...faults, ...checkReport({ source, id })];
      if (wrong.length > 0) return invalid(wrong);
      if ((CHILD_EVENTS as readonly string[]).includes(event)) return refused({ code: 'raised_by_a_run', event });
      const own = queuedByMembership(event, args, { managed, sites: nodesOfSites(document) });
      if (own) return refused(own);
      const excess = tooMany(source);
      if (excess) return refused(excess, excess.againIn);
      const waiting = (await store.queue()).filter(({ origin }) => origin.kind === 'report');
      if (waiting.length >= REPORTS.waiting) return refused({ code: 'too_many_waiting', most: REPORTS.waiting });

      // Before the id, which has a time of its own: a list since this moment then has the run.
      const acceptedAt = clock.now();
      const run = parts.newRunId();
      const reply = { run, warnings: warnings.map(worded) };
      const origin: ReportOrigin = { kind: 'report', name: source, id };
      const written = await store.enqueueReported(
        request,
        { source, id },
        { run, event, args, origin, drill: false, acceptedAt },
        { status: 201, body: JSON.stringify(reply) },
      );
      switch (written.outcome) {
        case 'repeated':
          return { repeated: written.answer };
        case 'changed_meanwhile':
          return err(CHANGED_MEANWHILE);
        case 'reported_before':
          return isSame(written.report, event, args)
            ? ok({ ...reply, run: written.report.run, reportedBefore: written.report.at })
            : refused(otherThan(written.report, { source, id }));
        case 'written':
          void parts.queue.process();
          parts.changed(run);
          return ok(reply);
      }
    },
  };
}

const isSame = (before: StoredReport, event: string, args: readonly string[]): boolean =>
  before.event === event && before.args.length === args.length && before.args.every((arg, index) => arg === args[index]);

const otherThan = ({ event, args, at, run }: StoredReport, by: { source: string; id: string }): ReportRefusal => ({
  code: 'reported_differently',
  ...by,
  before: [event, ...args].join(' '),
  at,
  run,
});

const STATUS = {
  queued_by_membership: 409,
  raised_by_a_run: 400,
  reported_differently: 409,
  too_many_reports: 429,
  too_many_waiting: 429,
} as const satisfies Record<ReportRefusal['code'], Refusal['status']>;

const refused = (refusal: ReportRefusal, retryAfterSeconds?: number): { ok: false; error: Refusal } =>
  err({
    code: refusal.code,
    status: STATUS[refusal.code],
    sentence: reportRefusalSentence(refusal),
    ...(retryAfterSeconds === undefined ? {} : { retryAfterSeconds }),
  });
