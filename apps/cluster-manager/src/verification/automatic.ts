import { automaticMessage, type Finding } from '@fallover/events';
import type { ActiveRevision, ClusterStore } from '@fallover/store';
import type { NumberedDocument } from '../definition/state.ts';
import { idOfMoment } from '../runs/clock.ts';
import { dailyOf, lastMoment } from './daily.ts';
import type { AutomaticResult, VerificationRecords } from './stored.ts';
import type { Verification } from './verification.ts';

export interface AutomaticParts {
  node: string;
  liveNodes(): readonly string[];
  store: Pick<ClusterStore, 'enqueueOwn'> & { active(): Promise<Pick<ActiveRevision, 'at'> | undefined> };
  records: VerificationRecords;
  active(): Promise<NumberedDocument>;
  look: Verification['look'];
  /** Milliseconds since 1970. */
  now(): number;
  /** The event is queued. */
  queued(): void;
  changed(): void;
}

/**
 * Automatic verification: once a day the active revision is verified on the node that shall do it, and what is found raises
 * `cluster_notify`. Call `pass` when the daemon has started and every now and then: it does what is due, and nothing twice.
 */
export function automaticVerification(parts: AutomaticParts): { pass(): Promise<void> } {
  const { store, records } = parts;
  let working: Promise<void> | undefined;

  async function passNow(): Promise<void> {
    const active = await parts.active();
    const daily = active.number === 0 ? undefined : dailyOf(active.document, parts.liveNodes());
    if (daily?.node !== parts.node) return;
    const due = lastMoment(parts.now(), daily.hour);
    const before = (await records.read('active')).automatic;
    if (await isDue(before, due)) await verify(active, due, before);
    await raise();
  }

  /** Before the first one, the synchronise counts as one: it has verified the revision. A time to come is no time. */
  async function isDue(before: AutomaticResult | undefined, due: number): Promise<boolean> {
    const last = Date.parse(before?.result.at ?? (await store.active())?.at ?? '');
    return !(last >= due && last <= parts.now());
  }

  /** What was found is kept before anything is told of it: the event's command prints it, and a crash in between tells it later. */
  async function verify(
    { number, hash, document }: NumberedDocument,
    due: number,
    before: AutomaticResult | undefined,
  ): Promise<void> {
    const result = await parts.look(document, { of: 'active', by: parts.node, automatic: true });
    const news = isNews(result.findings, await known(hash, before));
    const automatic: AutomaticResult = {
      result,
      revision: number,
      ...(news.length === 0
        ? {}
        : { event: { run: runOfDay(due, document.cluster), message: automaticMessage(number, news), queued: false } }),
    };
    await records.change('active', () => ({ result, automatic }));
    parts.changed();
  }

  /** The warnings of the verification before, and those that whoever synchronised the revision was shown. */
  async function known(hash: string, before: AutomaticResult | undefined): Promise<Set<string>> {
    const draft = (await records.read('draft')).result;
    const shown = draft?.hash === hash ? draft.findings : [];
    return new Set([...(before?.result.findings ?? []), ...shown].map(({ id }) => id));
  }

  async function raise(): Promise<void> {
    const { automatic } = await records.read('active');
    if (!automatic?.event || automatic.event.queued) return;
    const { run, message } = automatic.event;
    await store.enqueueOwn({
      run,
      event: 'cluster_notify',
      args: [message],
      origin: { kind: 'cluster_manager', name: 'automatic verification' },
      drill: false,
      acceptedAt: new Date(parts.now()).toISOString(),
    });
    const told: AutomaticResult = { ...automatic, event: { run, message, queued: true } };
    await records.change('active', ({ result }) => ({ result, automatic: told }));
    parts.queued();
  }

  return {
    pass() {
      working ??= passNow().finally(() => {
        working = undefined;
      });
      return working;
    },
  };
}

/** Every error, as long as it is one; a warning only once. */
const isNews = (findings: readonly Finding[], known: ReadonlySet<string>): Finding[] =>
  findings.filter(({ id, severity }) => severity === 'error' || !known.has(id));

/** The id of a run that is the same for the whole day, so that the store queues it once, whoever asks. */
export const runOfDay = (due: number, cluster: string): string => idOfMoment(due, `cluster_notify ${cluster}`);
