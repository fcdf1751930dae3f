import { readFileSync } from 'node:fs';

import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { err, logWriteSentence, ok, type Result } from '@fallover/events';
import { openHacmpOut } from '@fallover/hacmp-out';
import { pino } from 'pino';
import { Registry } from 'prom-client';
import { accounts } from './access/accounts.ts';
import { auditTrail } from './access/audit.ts';
import { sessions } from './access/sessions.ts';
import { setUpUrl, setupToken } from './access/setup-token.ts';
import { accessUseCases } from './access/use-cases.ts';
import { definition } from './definition/definition.ts';
import { definitionFaultOf, refusal } from './definition/faults.ts';
import { prepareCommandDirectory } from './executor/command-directory.ts';
import { checkTrust } from './executor/launcher/trust.ts';
import { endProcesses, findProcesses } from './executor/leftover-processes.ts';
import { forgetLeftovers, readLeftovers, watchLeftovers } from './executor/leftovers.ts';
import { stepLogFile } from './executor/state-files.ts';
import { superviseLauncher } from './executor/supervise-launcher.ts';
import { createApp } from './http/app.ts';
import { listen, planListening } from './http/listen.ts';
import { listenSentence } from './http/listen-faults.ts';
import { eventHub } from './http/server-sent-events.ts';
import type { UseCases } from './http/use-cases.ts';
import { publishChange, watchCluster } from './http/watch-cluster.ts';
import { openJournal } from './journal/journal.ts';
import { openLogDirectory } from './log-directory.ts';
import { openKnownStore } from './membership/store-identity.ts';
import { recipientsOf } from './notification/method-settings.ts';
import { remoteNotification } from './notification/remote-notification.ts';
import { methodRules } from './notification/rules.ts';
import { sealedInput, sealedSettings, withoutSecrets } from './notification/seal.ts';
import { openSecrets } from './notification/secrets.ts';
import { outputLines } from './output/output-lines.ts';
import { daemonPeers } from './peers/daemon-peers.ts';
import { finishJoin, SECRET_KEY } from './peers/files.ts';
import type { OpenedPeers } from './peers/open-peers.ts';
import { soleClusterServices } from './membership/cluster-services.ts';
import { sharedClusterServices } from './membership/shared-services.ts';
import { nodeUseCases } from './membership/use-cases.ts';
import { manyProcessing } from './processing/many.ts';
import type { ManyNodesSettings, Processing, ProcessingParts } from './processing/processing.ts';
import { sharedSettings } from './processing/shared-settings.ts';
import { soleProcessing } from './processing/sole.ts';
import { clusterUseCases } from './queue/cluster-use-cases.ts';
import type { EventQueue } from './queue/event-queue.ts';
import { reportUseCases } from './reports/use-cases.ts';
import { KEEP, retention } from './retention/retention.ts';
import { runIds, systemClock } from './runs/clock.ts';
import { hacmpLog } from './runs/hacmp-log.ts';
import { runListUseCases } from './runs/lists.ts';
import { openRevisions } from './runs/open-revisions.ts';
import { stepOutput } from './runs/step-output.ts';
import { stepStarter } from './runs/step-starter.ts';
import { runUseCases, runViewer } from './runs/use-cases.ts';
import { runWatchers, watchRun } from './runs/watch.ts';
import { openLibraryDirectory } from './script-library/directory.ts';
import { scriptLibrary } from './script-library/script-library.ts';
import { serviceManager } from './service-manager/service-manager.ts';
import { statusLine } from './service-manager/status-line.ts';
import { type ClusterManagerSettings, startSentence } from './settings.ts';
import { openStateDirectory } from './state-directory.ts';
import { troubles as openTroubles, troubleSentence } from './troubles.ts';
import { clusterVerification } from './verification/cluster-verification.ts';

export interface ClusterManager {
  /** Where browsers find it. */
  url: string;
  /** Only until the administrator exists. */
  setupUrl?: string;
  cluster: string;
  node: string;
  /** What runs is finished by the launcher; the next start reads its results. */
  stop(): Promise<void>;
}

const TICK_MS = 100;
const RETENTION_MS = 3_600_000;
/** How late automatic verification can be. */
const VERIFICATION_MS = 20_000;
const ABORT_GRACE_MS = 5_000;
/** How old what `systemctl status` shows can be. */
const STATUS_MS = 1000;
const checkout = (path: string): string => fileURLToPath(new URL(`../../../${path}`, import.meta.url));

type Refused = { ok: false; error: { code: string; sentence: string } };

/** Builds everything from the settings; nothing is kept in modules, so several can live in one process. */
export async function startClusterManager(settings: ClusterManagerSettings): Promise<Result<ClusterManager, Refused['error']>> {
  // What is opened is closed in the reverse order: when the daemon stops, and when it does not come up.
  const closing = new AsyncDisposableStack();
  try {
    const started = await build(settings, closing);
    if (!started.ok) await closing.disposeAsync();
    return started;
  } catch (error) {
    await closing.disposeAsync();
    const fault = definitionFaultOf(error);
    const sentence = fault ? refusal(fault).sentence : startSentence({ code: 'not_started', reason: (error as Error).message });
    return err({ code: fault?.code ?? 'not_started', sentence });
  }
}

async function build(
  settings: ClusterManagerSettings,
  closing: AsyncDisposableStack,
): Promise<{ ok: true; value: ClusterManager } | Refused> {
  const { stateDirectory, node, cluster } = settings;
  const path = (...names: string[]): string => join(stateDirectory, ...names);

  const plan = await planListening({
    address: settings.listen,
    controlSocket: path('control.sock'),
    ...(settings.tls ? { tlsCertificate: settings.tls.cert, tlsKey: settings.tls.key } : {}),
    behindTlsProxy: settings.behindTlsProxy,
  });
  if (!plan.ok) return err({ code: plan.error.code, sentence: listenSentence(plan.error) });
  const lock = openStateDirectory(settings);
  if (!lock.ok) return err({ code: lock.error.code, sentence: startSentence(lock.error) });
  closing.defer(lock.value.release);
  const { scriptLibrary: libraryDirectory } = settings;
  const unfit = libraryDirectory === undefined ? undefined : openLibraryDirectory(libraryDirectory, { node, cluster });
  if (unfit) return err({ code: unfit.code, sentence: startSentence(unfit) });

  const logDirectory = settings.logDirectory ?? path('log');
  const noLogs = settings.logDirectory === undefined ? undefined : openLogDirectory(settings.logDirectory, stateDirectory);
  if (noLogs) return err({ code: noLogs.code, sentence: startSentence(noLogs) });

  const clock = systemClock();
  const now = clock.wall;
  const logFile = pino.destination({ dest: join(logDirectory, 'daemon.log'), sync: true, mode: 0o600 });
  logFile.on('error', () => {}); // a full disk stops the log, not the daemon; hacmp.out and the journal tell of it
  const log = pino({ base: { node, cluster } }, logFile);
  closing.defer(() => {
    log.info('The cluster manager has stopped.');
    log.flush();
  });
  const systemd = await serviceManager({
    socket: settings.notifySocket,
    failed: (reason) => log.warn({ reason }, 'systemd could not be told how the cluster manager is.'),
  });
  const stopped = new AbortController();
  const troubles = openTroubles();
  const hub = eventHub();
  const trouble = (code: string, sentence: string | undefined): void => {
    if (!troubles.set(code, sentence)) return;
    if (sentence !== undefined) log.error({ code }, sentence);
    publishChange(hub, 'cluster');
  };

  const journal = openJournal(path('journal.db'));
  if (!journal.ok) return err({ code: journal.error.code, sentence: startSentence(journal.error) });
  closing.defer(journal.value.close);
  const opened = await openKnownStore(settings);
  if (!opened.ok) return opened;
  const store = opened.value;
  closing.defer(store.close);

  // The launcher is started before this process grows, and before any step of an earlier one is judged.
  const leftovers = await readLeftovers(stateDirectory);
  await prepareCommandDirectory(stateDirectory, checkout('apps/cli/bin/fallover'));
  const executor = await superviseLauncher({
    stateDirectory,
    node,
    cluster,
    ...(libraryDirectory === undefined ? {} : { scriptLibrary: libraryDirectory }),
    log: (sentence) => log.warn(sentence),
  });
  closing.defer(executor.close);
  closing.defer(() => stopped.abort());

  const defect = (error: unknown): void => {
    if (!stopped.signal.aborted) log.error({ err: error }, 'Something went wrong beside what was asked for.');
  };
  const fileOf = (step: string): string => stepLogFile(stateDirectory, step);
  const output = stepOutput(fileOf, now, (reason) =>
    trouble('step_log_not_writable', troubleSentence({ code: 'step_log_not_writable', reason })),
  );
  const out = openHacmpOut({
    directory: logDirectory,
    now,
    onTrouble: (fault) => trouble(fault.code, logWriteSentence(fault)),
    onRecovery: (code) => trouble(code, undefined),
  });
  const hacmp = hacmpLog({ node, out, fileOf });
  closing.defer(hacmp.close);
  const watchers = runWatchers();
  const changed = (run: string): void => {
    watchers.changed(run);
    publishChange(hub, 'cluster', 'runs');
  };
  const newRunId = runIds(clock);

  const library = scriptLibrary({
    directory: libraryDirectory,
    node,
    store,
    openRevisions: () => openRevisions(journal.value, store),
    trouble: (sentence) => trouble('scripts_not_laid_down', sentence),
  });
  finishJoin(stateDirectory);
  const secrets = openSecrets(path(SECRET_KEY));
  const methods = methodRules(node, secrets);
  let queue: EventQueue | undefined;
  let peers: OpenedPeers | undefined;
  /** The members of the cluster; of one node alone itself. */
  const liveNodes = (): string[] => [...processing.membership.members().keys()].sort();
  /** All that are known: named at start, members, and those that were members. */
  const clusterNodes = (): string[] =>
    [...new Set([...(settings.nodes ?? [node]), ...liveNodes(), ...(processing.shared?.view.nodes().keys() ?? [])])].sort();
  const configuration = definition({
    store,
    node,
    nodes: clusterNodes,
    cluster,
    revisionDirectory: path('revisions'),
    exampleSource: checkout('examples'),
    stateDirectory,
    checkTrust: library.checkCommand,
    verifyDraft: (...asked) => verifying.verifyDraft(...asked),
    library,
    sealed: (settings) => sealedSettings(settings, secrets),
    methods,
    now: clock.now,
    changed: () => publishChange(hub, 'configuration', 'cluster'),
  });
  await configuration.ensureRevisionFile();
  await library.takeUp();
  const verifying = clusterVerification({
    node,
    store,
    journal: journal.value,
    clock,
    active: configuration.activeDocument,
    draft: configuration.draftDocument,
    library,
    methods,
    others: () => peers?.inspectors() ?? [],
    failed: (asked, error) => log.warn({ err: error }, `The cluster manager of node ${asked} could not be asked.`),
    changed: () => publishChange(hub, 'configuration', 'cluster'),
    queued: () => {
      publishChange(hub, 'cluster', 'runs');
      void queue?.process();
    },
  });

  const { promise: takenUp, resolve: isTakenUp } = Promise.withResolvers<void>();
  /** A decision on a run, or a call from its script, that comes before the run is taken up waits for that. */
  const onceTakenUp =
    <Args extends unknown[], Value>(useCase: (...args: Args) => Promise<Value>) =>
    async (...args: Args): Promise<Value> => {
      await takenUp;
      return useCase(...args);
    };

  let url: string | undefined;
  let ownPorts: number[] = [];
  const notification = await remoteNotification({
    node,
    cluster,
    stateDirectory,
    live: liveNodes,
    store,
    database: journal.value.database,
    clock,
    newId: newRunId,
    secrets,
    active: configuration.activeDocument,
    draft: configuration.draftDocument,
    documentOf: configuration.documentOf,
    entries: configuration.notificationMethods,
    recordsOf: (run) => engine.live(run)?.records ?? journal.value.records(run),
    newestRun: (event) => journal.value.list({ event, limit: 1 })[0]?.id,
    isFailed: () => engine.all().some(({ state }) => state.state === 'awaiting_decision'),
    isBusy: () => engine.all().some(({ state }) => state.state === 'running'),
    checkTrust: async (file) => checkTrust(file),
    ownPorts: () => ownPorts,
    changed: () => publishChange(hub, 'notifications'),
    trouble,
    failed: (error) => log.error({ err: error }, 'Something went wrong while notifications were sent; it is tried again.'),
  });
  closing.defer(notification.close);

  const processingParts: ProcessingParts = {
    node,
    store,
    journal: journal.value,
    clock,
    newRunId,
    active: configuration.activeDocument,
    documentOf: settings.store ? configuration.laidDown : configuration.documentOf,
    steps: (tools) =>
      stepStarter(
        {
          node,
          executor,
          clock,
          output,
          automaticFindings: verifying.automaticFindings,
          abortLeftover: (step) => void endProcesses(stateDirectory, step, ABORT_GRACE_MS),
          defect,
        },
        tools,
      ),
    recorded: (run, records) => {
      hacmp.recorded(run, records);
      notification.recorded(run);
      if (records.some(({ kind }) => kind === 'finished')) publishChange(hub, 'summaries');
    },
    changed,
    leftovers,
    watchLeftovers: (steps, events) => watchLeftovers(stateDirectory, steps, events, stopped.signal),
    // Only once every result is in the journal.
    forgetLeftovers: () => forgetLeftovers(stateDirectory),
    takenUp: hacmp.takeUp,
    trouble: (code, reason) => trouble(code, reason === undefined ? undefined : troubleSentence({ code, reason })),
    failed: defect,
    stopped: stopped.signal,
  };
  const shared = (): ManyNodesSettings =>
    sharedSettings({
      stateDirectory,
      file: path('membership.json'),
      leaseSeconds: settings.leaseSeconds,
      version: VERSION,
      url: () => url,
      clock,
      executor,
      configuration,
      library,
      followed: () => publishChange(hub, 'configuration', 'cluster'),
      clusterChanged: () => publishChange(hub, 'cluster', 'runs'),
      trouble,
      log: (sentence) => log.warn(sentence),
      failed: defect,
      stopped: stopped.signal,
    });
  // A node that is no member yet starts nothing.
  if (settings.store) executor.deadline({ at: 0n, lease: 'none' });
  const processing: Processing = settings.store
    ? manyProcessing({ ...processingParts, ...shared() })
    : soleProcessing(processingParts);
  const { engine } = processing;
  queue = processing.queue;

  let isReady = false;
  const view = {
    processes: (step: string) => findProcesses(stateDirectory, step).map(({ pid, argv }) => ({ pid, command: argv.join(' ') })),
    outputBytes: output.size,
  };
  const runParts = { node, store, journal: journal.value, engine, queue, clock, newRunId, output, view };
  const people = accounts(journal.value.database, { now });
  const token = setupToken(journal.value.database, { accounts: people, now });
  const audit = auditTrail(journal.value.database, { now });
  const registry = new Registry();
  const runs = runUseCases({
    ...runParts,
    live: liveNodes,
    active: configuration.activeDocument,
    draft: configuration.draftDocument,
    recipients: recipientsOf,
    endProcesses: async (step) => (await endProcesses(stateDirectory, step, ABORT_GRACE_MS)).map(({ pid }) => pid),
    changed,
  });
  const lines = outputLines(stopped.signal, defect);
  peers = await daemonPeers({
    settings,
    store,
    journal: journal.value,
    fileOf,
    lines,
    hacmpOut: out.path,
    members: liveNodes,
    secrets,
    audit,
    clock,
    trouble,
    log: (sentence) => log.info(sentence),
    failed: defect,
    stopped: stopped.signal,
  });
  closing.defer(peers.close);
  const services = processing.shared
    ? sharedClusterServices({
        node,
        names: clusterNodes,
        store,
        view: processing.shared.view,
        journal: journal.value,
        engine,
        clock,
        clockDifferenceMs: peers.clockDifferenceMs,
      })
    : soleClusterServices({ node, release: VERSION, since: clock.now() });
  const useCases = {
    ...accessUseCases({ accounts: people, setupToken: token, audit, cluster, node }),
    ...configuration.useCases,
    ...verifying.useCases,
    ...runs,
    ...reportUseCases({
      store,
      queue,
      clock,
      newRunId,
      active: configuration.activeDocument,
      managed: clusterNodes,
      changed,
    }),
    ...peers.useCases,
    ...notification.useCases,
    ...runListUseCases({ node, store, journal: journal.value, active: configuration.activeDocument }),
    recover: onceTakenUp(runs.recover),
    abortRun: onceTakenUp(runs.abortRun),
    callEvent: onceTakenUp(runs.callEvent),
    ...nodeUseCases({ services, clock, changed: () => publishChange(hub, 'cluster') }),
    ...clusterUseCases({
      cluster,
      node,
      nodes: clusterNodes,
      version: VERSION,
      store,
      journal: journal.value,
      engine,
      clock,
      troubles,
      services,
      isReady: () => isReady,
    }),
    watchRun: watchRun({ watchers, output, view: runViewer(runParts) }),
    watchCluster: watchCluster(hub),
  } as unknown as UseCases;

  const app = createApp({
    useCases,
    store,
    audit,
    entryBefore: configuration.entryBefore,
    sealed: (endpoint, input) => sealedInput(endpoint, input, secrets),
    withoutSecrets,
    sessions: sessions(journal.value.database, { now }),
    site: { secure: plan.value.secure, listenHost: plan.value.host, hostNames: settings.hostNames },
    behindTlsProxy: settings.behindTlsProxy,
    consoleDirectory: checkout('apps/console/dist'),
    version: VERSION,
    ready: () => (isReady ? troubles.all() : [{ code: 'starting', sentence: 'The cluster manager is starting.' }]),
    registry,
    log,
    now,
  });
  const listening = await listen(plan.value, app);
  if (!listening.ok) return err({ code: listening.error.code, sentence: listenSentence(listening.error) });
  ownPorts = [listening.value.port];
  url = listening.value.url;
  closing.defer(listening.value.close);
  closing.defer(app.close);
  closing.defer(() => {
    for (const { warningTimer } of engine.all()) clearTimeout(warningTimer);
  });

  await processing.begin();
  isTakenUp();
  isReady = true;
  // Events go on meanwhile.
  notification.takeUp().catch(defect);
  const keeping = retention({
    journal: journal.value,
    notifications: store,
    keep: { days: settings.keepDays ?? KEEP.days, gb: settings.keepGb ?? KEEP.gb },
    now,
    logsOf: (run) => path('log', 'runs', run),
    removed: (runs) => {
      log.info({ runs: runs.map(({ id, bytes }) => ({ run: id, bytes })) }, 'These runs are not kept any longer.');
      publishChange(hub, 'runs');
    },
    failed: (error) => log.error({ err: error }, 'Old runs could not be removed; it is tried again within the hour.'),
  });
  closing.defer(keeping.close);
  void keeping.pass();
  const removing = setInterval(() => {
    void keeping.pass();
    library.removeOldSets().catch(defect);
    notification.pass().catch(defect);
  }, RETENTION_MS);
  closing.defer(() => clearInterval(removing));
  const verifyWhenDue = (): void =>
    void verifying.pass().catch((error: unknown) => {
      if (!stopped.signal.aborted) log.error({ err: error }, 'Automatic verification could not be done; it is tried again.');
    });
  verifyWhenDue();
  const daily = setInterval(verifyWhenDue, VERIFICATION_MS);
  closing.defer(() => clearInterval(daily));
  const ticking = setInterval(hacmp.tick, TICK_MS);
  closing.defer(() => clearInterval(ticking));
  if (settings.notifySocket !== undefined) {
    const tellStatus = (): void => {
      const root = engine.all().find(({ state }) => state.plan.parent === undefined)?.state;
      systemd.status(
        statusLine({
          cluster,
          node,
          ...(root ? { root: { event: root.plan.event, args: root.plan.args, state: root.state } } : {}),
          troubles: troubles.all(),
        }),
      );
    };
    tellStatus();
    const telling = setInterval(tellStatus, STATUS_MS);
    closing.defer(() => clearInterval(telling));
  }
  closing.defer(systemd.stopping);
  systemd.ready();
  log.info({ url: listening.value.url }, 'The cluster manager has started.');

  const issued = token.issue();
  return ok({
    url: listening.value.url,
    ...(issued === undefined ? {} : { setupUrl: setUpUrl(listening.value.url, issued) }),
    cluster,
    node,
    stop: () => closing.disposeAsync(),
  });
}

const VERSION: string = (JSON.parse(readFileSync(checkout('package.json'), 'utf8')) as { version: string }).version;
