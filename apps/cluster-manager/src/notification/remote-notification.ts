import { join } from 'node:path';
import type { DatabaseSync } from 'node:sqlite';
import type { EntryView } from '@fallover/contract';
import {
  type DefinitionDocument,
  type EffectiveMethod,
  type Entry,
  entryChecker,
  methodsOf,
  type RunRecord,
  type RunState,
  replay,
  type StartFault,
} from '@fallover/events';
import { keptConnections } from '@fallover/notify';
import type { ClusterStore, MethodProof } from '@fallover/store';
import { type Clock, idOfMoment } from '../runs/clock.ts';
import type { ActiveDocument } from '../runs/resume.ts';
import { troubleSentence } from '../troubles.ts';
import { delivering } from './deliver.ts';
import { digestOf, hourlyLimits } from './limits.ts';
import { logUseCases } from './log-use-cases.ts';
import { testNotificationOf } from './make-test.ts';
import { readMethod, recipientsOf } from './method-settings.ts';
import { methodUseCases } from './method-use-cases.ts';
import { type Noticed, notices } from './notices.ts';
import { openOutbox } from './outbox.ts';
import { clusterOf, linkTo } from './parts.ts';
import { commandRunner } from './run-command.ts';
import type { Secrets } from './secrets.ts';
import { isSelfTestDue, selfTests } from './self-test.ts';
import { silenceUseCases } from './silence-use-cases.ts';
import { notificationTests } from './tests.ts';

export interface RemoteNotificationParts {
  node: string;
  cluster: string;
  stateDirectory: string;
  /** The nodes whose cluster managers take part. */
  live(): readonly string[];
  store: ClusterStore;
  /** The journal's. */
  database: DatabaseSync;
  clock: Clock;
  newId(): string;
  secrets: Secrets;
  active(): Promise<ActiveDocument>;
  draft(): Promise<ActiveDocument>;
  documentOf(hash: string): Promise<DefinitionDocument>;
  entries(): Promise<EntryView[]>;
  recordsOf(run: string): readonly RunRecord[];
  /** The newest run of an event. */
  newestRun(event: string): string | undefined;
  isFailed(): boolean;
  /** Whether an event is being processed, which comes first. */
  isBusy(): boolean;
  checkTrust(path: string): Promise<StartFault | undefined>;
  ownPorts(): readonly number[];
  /** What the console shows of notifications has changed. */
  changed(): void;
  trouble(code: 'outbox_not_writable' | 'self_test_failed', sentence: string | undefined): void;
  failed(error: unknown): void;
}

type NotificationUseCases = ReturnType<typeof methodUseCases> &
  ReturnType<typeof logUseCases> &
  ReturnType<typeof silenceUseCases>;

export interface RemoteNotification {
  useCases: NotificationUseCases;
  /** Something about a run is durable. */
  recorded(run: Noticed): void;
  /** At start, once the runs are taken up: what an earlier daemon left untold. */
  takeUp(): Promise<void>;
  /** Every now and then: self-tests that are due. */
  pass(): Promise<void>;
  close(): Promise<void>;
}

/** Of the last hour: what the limits count. */
const SEEDED = 2_000;
/** Messages under way at the same time, and how long what came of them is gathered: while an event is processed the disk is its own. */
const AT_ONCE = { idle: 16, busy: 4 } as const;
const GATHER_MS = { idle: 10, busy: 50 } as const;
const CHANGED_AT_MOST_EVERY_MS = 200;

/** Remote notification on this node: what there is to tell, the outbox that sends it, and what people ask of both. */
export async function remoteNotification(parts: RemoteNotificationParts): Promise<RemoteNotification> {
  const { node, cluster, store, secrets, clock, live } = parts;
  const now = clock.wall;
  const changed = atMostEvery(CHANGED_AT_MOST_EVERY_MS, parts.changed);
  const connections = keptConnections({ mostOfEach: AT_ONCE.idle });
  const deliver = delivering({
    node,
    cluster,
    secrets,
    runCommand: commandRunner({ directory: join(parts.stateDirectory), checkTrust: parts.checkTrust }),
    ownPorts: parts.ownPorts,
    connections,
  });
  const limits = hourlyLimits(now);
  limits.seed(await store.notifications({ limit: SEEDED }));

  const activeMethods = async (): Promise<EffectiveMethod[]> => methodsOf((await parts.active()).document);
  const methods = cachedByHash(parts.active, ({ document }) => new Map(methodsOf(document).map((one) => [one.name, one])));

  const outbox = await openOutbox({
    node,
    live,
    store,
    method: async (name) => (await methods()).get(name),
    mostAtOnce: () => (parts.isBusy() ? AT_ONCE.busy : AT_ONCE.idle),
    gatherMs: () => (parts.isBusy() ? GATHER_MS.busy : GATHER_MS.idle),
    exclusive(method) {
      const ready = readMethod(method, node, secrets);
      return ready.ok ? ready.value.transport.exclusive?.(ready.value.settings) : undefined;
    },
    async deliver(notification, recipient, method, signal) {
      const { document } = await parts.active();
      const link = notification.run === undefined ? undefined : linkTo(document, notification.run);
      return deliver({ notification, recipient, method, of: clusterOf(document), link, signal });
    },
    heldUntil: limits.heldUntil,
    digest: (method, held) => digestOf(cluster, method, held, now()),
    now,
    changed,
    proven: tellSelfTest,
    trouble: (reason) =>
      parts.trouble(
        'outbox_not_writable',
        reason === undefined ? undefined : troubleSentence({ code: 'outbox_not_writable', reason }),
      ),
    failed: parts.failed,
  });

  const stopped = new AbortController();
  const tests = notificationTests({
    node,
    deliver: ({ notification, method, of }, recipient, say) =>
      deliver({ notification, recipient, method, of, signal: stopped.signal, say }),
    record: (notification) => outbox.record(notification),
    now,
    failed: parts.failed,
  });

  const told = notices({
    node,
    cluster,
    database: parts.database,
    recordsOf: parts.recordsOf,
    documentOf: parts.documentOf,
    outbox,
    recipients: recipientsOf,
    isFailed: parts.isFailed,
    linkOf: async (run) => linkTo((await parts.active()).document, run),
    failed: parts.failed,
  });

  const pastRun = (event: string | undefined, run: string | undefined): RunState | undefined => {
    const id = run ?? (event === undefined ? undefined : parts.newestRun(event));
    return id === undefined ? undefined : replay(parts.recordsOf(id));
  };
  const useCaseParts = {
    ...parts,
    outbox,
    tests,
    check: (entry: Entry, among: readonly Entry[]) => entryChecker(among, live())(entry),
    pastRun,
    hasRun: (run: string) => parts.recordsOf(run).length > 0,
    now: clock.now,
    wall: now,
    changed,
  };

  /** One trouble for all methods whose last test by itself has failed. */
  function tellSelfTest(): void {
    void activeMethods().then((all) => {
      const red = all.filter((method) => {
        const proof = outbox.proofs().get(method.name);
        return isSelfTestDue(method, proof, now()) && isNewer(proof);
      });
      const names = red.map(({ name }) => name).join(', ');
      parts.trouble(
        'self_test_failed',
        red.length === 0
          ? undefined
          : `The self-test of ${names} has failed: nobody is told by ${red.length === 1 ? 'it' : 'them'}. Look at Remote Notification Methods and send a test.`,
      );
    }, parts.failed);
  }

  return {
    useCases: { ...methodUseCases(useCaseParts), ...logUseCases(useCaseParts), ...silenceUseCases(useCaseParts) },
    recorded: told.recorded,
    takeUp: told.takeUp,
    async pass() {
      const { document } = await parts.active();
      const due = selfTests(methodsOf(document), outbox.proofs(), now(), (method, day) => ({
        ...testNotificationOf(
          method,
          {},
          {
            id: `${idOfMoment(day, `self-test ${cluster} ${method.name}`)}.selftest.${method.name}`,
            at: clock.now(),
            by: 'the self-test of Fallover',
            node,
            cluster,
            document,
            recipients: recipientsOf(method),
          },
        ),
        selfTest: true,
      }));
      if (due.length > 0) await outbox.add(due);
      tellSelfTest();
    },
    async close() {
      await told.close();
      stopped.abort();
      await tests.settled();
      await outbox.stop();
      await connections.close();
    },
  };
}

const isNewer = (proof: MethodProof | undefined): boolean =>
  proof?.failed !== undefined && !(proof.delivered !== undefined && proof.delivered > proof.failed.at);

/** What is made of the active revision is made once for each. */
function cachedByHash<Value>(
  active: () => Promise<ActiveDocument>,
  make: (active: ActiveDocument) => Value,
): () => Promise<Value> {
  let cached: { hash: string; value: Value } | undefined;
  return async () => {
    const document = await active();
    if (cached?.hash !== document.hash) cached = { hash: document.hash, value: make(document) };
    return cached.value;
  };
}

/** The first call at once, those that follow soon as one. */
function atMostEvery(ms: number, call: () => void): () => void {
  let timer: NodeJS.Timeout | undefined;
  let again = false;
  return () => {
    if (timer) {
      again = true;
      return;
    }
    call();
    timer = setTimeout(() => {
      timer = undefined;
      if (again) call();
      again = false;
    }, ms).unref();
  };
}
