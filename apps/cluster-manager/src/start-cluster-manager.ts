import { join } from 'node:path';
import { err, ok, type Result } from '@fallover/events';
import { Registry } from 'prom-client';
import { accounts } from './access/accounts.ts';
import { auditTrail } from './access/audit.ts';
import { setUpUrl, setupToken } from './access/setup-token.ts';
import { accessUseCases } from './access/use-cases.ts';
import { componentPeers } from './ctdb/component-peers.ts';
import { livingComponents } from './ctdb/living-components.ts';
import { definition } from './definition/definition.ts';
import { definitionFaultOf, refusal } from './definition/faults.ts';
import { emulationOf } from './emulation/of-processing.ts';
import type { UseCases } from './http/use-cases.ts';
import { silentEtcdMembers } from './http/metrics.ts';
import { publishChange, watchCluster } from './http/watch-cluster.ts';
import { openJournal } from './journal/journal.ts';
import { clusterServices } from './membership/daemon-services.ts';
import { etcdWatch } from './membership/etcd-watch.ts';
import { withEtcdOnNodes } from './membership/etcd-on-nodes.ts';
import { nodeRemoval } from './membership/node-removal.ts';
import { openKnownStore } from './membership/store-identity.ts';
import { nodeUseCases } from './membership/use-cases.ts';
import { daemonNotification } from './notification/daemon-notification.ts';
import { methodRules } from './notification/rules.ts';
import { sealedSettings } from './notification/seal.ts';
import { openSecrets } from './notification/secrets.ts';
import { outputLines } from './output/output-lines.ts';
import { daemonPeers } from './peers/daemon-peers.ts';
import { finishJoin, SECRET_KEY } from './peers/files.ts';
import type { OpenedPeers } from './peers/open-peers.ts';
import { daemonProcessing } from './processing/daemon-processing.ts';
import { clusterUseCases } from './queue/cluster-use-cases.ts';
import type { EventQueue } from './queue/event-queue.ts';
import { reportUseCases } from './reports/use-cases.ts';
import { runIds, systemClock } from './runs/clock.ts';
import { runListUseCases } from './runs/lists.ts';
import { outputHere } from './runs/run-output.ts';
import { openRevisions } from './runs/open-revisions.ts';
import { runUseCases, runViewer } from './runs/use-cases.ts';
import { runWatchers, watchRun } from './runs/watch.ts';
import { scriptLibrary } from './script-library/script-library.ts';
import { serviceManager } from './service-manager/service-manager.ts';
import { type ClusterManagerSettings, isShared, startSentence } from './settings.ts';
import { checkout, VERSION } from './start/checkout.ts';
import { keepHouse } from './start/housekeeping.ts';
import { startLauncher } from './start/launcher.ts';
import { openPlaces } from './start/places.ts';
import { openRunFiles } from './start/run-files.ts';
import { serve } from './start/serve.ts';
import { openTelling } from './start/telling.ts';
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
  const { stateDirectory, node, cluster, scriptLibrary: libraryDirectory } = settings;
  const path = (...names: string[]): string => join(stateDirectory, ...names);

  const places = await openPlaces(settings, closing);
  if (!places.ok) return places;
  const { listening: plan, logDirectory, claim } = places.value;
  const clock = systemClock();
  const now = clock.wall;
  const stopped = new AbortController();
  const telling = openTelling({ ...settings, logDirectory, stopped: stopped.signal }, closing);
  const { log, troubles, hub, trouble, defect } = telling;
  const systemd = await serviceManager({
    socket: settings.notifySocket,
    failed: (reason) => log.warn({ reason }, 'systemd could not be told how the cluster manager is.'),
  });
  const journal = openJournal(path('journal.db'));
  if (!journal.ok) return err({ code: journal.error.code, sentence: startSentence(journal.error) });
  closing.defer(journal.value.close);
  const opened = await openKnownStore(settings);
  if (!opened.ok) return opened;
  const store = withEtcdOnNodes(opened.value, () => processing.shared?.view.members().values() ?? []);
  closing.defer(store.close);
  claim();

  const { leftovers, executor } = await startLauncher(settings, log, closing);
  closing.defer(() => stopped.abort());

  const { fileOf, output, out, hacmp } = openRunFiles({ node, stateDirectory, logDirectory, now, trouble }, closing);
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
    layDownElsewhere: async (hash) => (await peers?.layDownDraft(hash)) ?? [],
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
    managed: clusterNodes,
    certificates: async () => (await peers?.certificateFindings()) ?? [],
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
  const notification = await daemonNotification({
    settings,
    telling,
    live: liveNodes,
    store,
    journal: journal.value,
    clock,
    newId: newRunId,
    secrets,
    configuration,
    engine: () => engine,
    ownPorts: () => ownPorts,
  });
  closing.defer(notification.close);

  const processing = daemonProcessing({
    settings,
    version: VERSION,
    url: () => url,
    telling,
    store,
    journal: journal.value,
    executor,
    leftovers,
    configuration,
    library,
    clock,
    newRunId,
    output,
    hacmp,
    automaticFindings: verifying.automaticFindings,
    notify: notification.recorded,
    changed,
    stopped: stopped.signal,
  });
  const { engine } = processing;
  queue = processing.queue;

  let isReady = false;
  const view = { outputBytes: output.size };
  const runParts = { node, store, journal: journal.value, engine, queue, clock, newRunId, output, view };
  const people = accounts(journal.value.database, { now });
  const token = setupToken(journal.value.database, { accounts: people, now });
  const audit = auditTrail(journal.value.database, { now });
  const registry = new Registry();
  const emulation = emulationOf({ node, stateDirectory, clock, nodes: clusterNodes, store, processing, configuration });
  const runs = runUseCases({
    ...runParts,
    shared: isShared(settings),
    live: liveNodes,
    managed: clusterNodes,
    active: configuration.activeDocument,
    emulation,
    changed,
  });
  const components = livingComponents(
    {
      ...{ node, stateDirectory, base: settings.ctdbBase, executor, store, newRunId, now, failed: defect },
      active: configuration.activeDocument,
      membership: () => processing.membership.members().get(node),
      queued: () => {
        publishChange(hub, 'cluster', 'runs');
        void queue?.process();
      },
      changed: () => publishChange(hub, 'components', 'cluster'),
      log: (sentence) => log.warn(sentence),
      others: () => componentPeers(peers),
      // CTDB's own tools look for the sockets of a test elsewhere.
      testMode: process.env['CTDB_TEST_MODE'],
    },
    closing,
  );
  const lines = outputLines(stopped.signal, defect);
  peers = await daemonPeers({
    settings,
    store,
    journal: journal.value,
    fileOf,
    lines,
    hacmpOut: out.path,
    layDownDraft: configuration.layDownDraft,
    members: liveNodes,
    nodes: clusterNodes,
    inspectComponent: components.inspect,
    secrets,
    audit,
    clock,
    trouble,
    log: (sentence) => log.info(sentence),
    failed: defect,
    stopped: stopped.signal,
  });
  closing.defer(peers.close);
  const services = clusterServices({
    node,
    names: clusterNodes,
    version: VERSION,
    store,
    processing,
    journal: journal.value,
    clock,
    clockDifferenceMs: peers.clockDifferenceMs,
    removal: nodeRemoval({
      node,
      names: clusterNodes,
      namedAtStart: settings.nodes ?? [],
      store,
      draft: configuration.draftDocument,
      active: configuration.activeDocument,
      answers: async (other) => (await peers?.peers.ask(other, { name: 'getClock', input: {} }))?.ok === true,
    }),
  });
  const etcd =
    store.etcdMembers &&
    etcdWatch({
      etcdMembers: store.etcdMembers,
      isConnected: () => services.connection().state === 'connected',
      entries: async () => (await configuration.activeDocument()).document.entries,
      nodes: clusterNodes,
      trouble,
      stopped: stopped.signal,
    });
  if (etcd) silentEtcdMembers(registry, etcd.silent);
  const useCases = {
    ...accessUseCases({ accounts: people, setupToken: token, audit, cluster, node }),
    ...configuration.useCases,
    ...verifying.useCases,
    ...runs,
    ...emulation.useCases,
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
    ...components.useCases,
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
      health: components.health,
      isReady: () => isReady,
    }),
    watchRun: watchRun({ watchers, output: peers.outputOfRun(outputHere(output)), view: runViewer(runParts) }),
    watchCluster: watchCluster(hub),
  } as unknown as UseCases;

  const serving = await serve(
    {
      settings,
      plan,
      useCases,
      store,
      storeState: () => services.connection().state,
      entryBefore: configuration.entryBefore,
      secrets,
      database: journal.value.database,
      telling,
      registry,
      audit,
      isReady: () => isReady,
      now,
    },
    closing,
  );
  if (!serving.ok) return serving;
  ownPorts = [serving.value.port];
  url = serving.value.url;
  closing.defer(() => {
    for (const { warningTimer } of engine.all()) clearTimeout(warningTimer);
  });

  await processing.begin();
  isTakenUp();
  isReady = true;
  components.begin();
  // Events go on meanwhile.
  notification.takeUp().catch(defect);
  keepHouse(
    {
      settings,
      telling,
      engine,
      systemd,
      journal: journal.value,
      notifications: store,
      now,
      tickHacmpOut: hacmp.tick,
      removeOldScripts: library.removeOldSets,
      removeOldNotifications: notification.pass,
      verifyWhenDue: verifying.pass,
      etcd,
      stopped: stopped.signal,
    },
    closing,
  );
  closing.defer(systemd.stopping);
  systemd.ready();
  log.info({ url: serving.value.url }, 'The cluster manager has started.');

  const issued = token.issue();
  return ok({
    url: serving.value.url,
    ...(issued === undefined ? {} : { setupUrl: setUpUrl(serving.value.url, issued) }),
    cluster,
    node,
    stop: () => closing.disposeAsync(),
  });
}
