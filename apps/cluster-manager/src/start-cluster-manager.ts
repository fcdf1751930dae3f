import { accessSync, constants, mkdirSync, readFileSync, writeFileSync } from 'node:fs';

import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { err, logWriteSentence, ok, type Result } from '@fallover/events';
import { openHacmpOut } from '@fallover/hacmp-out';
import { openStore, storeFaultSentence } from '@fallover/store';
import { pino } from 'pino';
import { Registry } from 'prom-client';
import { accounts } from './access/accounts.ts';
import { auditTrail } from './access/audit.ts';
import { sessions } from './access/sessions.ts';
import { setUpUrl, setupToken } from './access/setup-token.ts';
import { accessUseCases } from './access/use-cases.ts';
import { definition } from './definition/definition.ts';
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
import { lockStateDirectory } from './journal/lock.ts';
import { clusterUseCases } from './queue/cluster-use-cases.ts';
import { type EventQueue, eventQueue } from './queue/event-queue.ts';
import { runIds, systemClock } from './runs/clock.ts';
import { runEngine } from './runs/engine.ts';
import { hacmpLog } from './runs/hacmp-log.ts';
import { resume } from './runs/resume.ts';
import { stepOutput } from './runs/step-output.ts';
import { runUseCases, runViewer } from './runs/use-cases.ts';
import { runWatchers, watchRun } from './runs/watch.ts';
import { type ClusterManagerSettings, type StartRefusal, startSentence } from './settings.ts';
import { eventSummaries } from './summaries/summaries.ts';
import { summaryUseCases } from './summaries/use-cases.ts';
import { troubles as openTroubles, troubleSentence } from './troubles.ts';

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
const ABORT_GRACE_MS = 5_000;
const checkout = (path: string): string => fileURLToPath(new URL(`../../../${path}`, import.meta.url));

/** Builds everything from the settings; nothing is kept in modules, so several can live in one process. */
export async function startClusterManager(
  settings: ClusterManagerSettings,
): Promise<Result<ClusterManager, { code: string; sentence: string }>> {
  const { stateDirectory, node, cluster } = settings;
  const refused = (refusal: StartRefusal) => err({ code: refusal.code, sentence: startSentence(refusal) });
  const path = (...names: string[]): string => join(stateDirectory, ...names);

  const plan = await planListening({
    address: settings.listen,
    controlSocket: path('control.sock'),
    ...(settings.tls ? { tlsCertificate: settings.tls.cert, tlsKey: settings.tls.key } : {}),
    behindTlsProxy: settings.behindTlsProxy,
  });
  if (!plan.ok) return err({ code: plan.error.code, sentence: listenSentence(plan.error) });

  const prepared = prepareStateDirectory(stateDirectory);
  if (!prepared.ok) return refused(prepared.error);
  const lock = lockStateDirectory(path('lock.db'));
  if (!lock) return refused({ code: 'state_directory_in_use', path: stateDirectory });
  const owner = claimStateDirectory(settings);
  const giveUp = (refusal: { code: string; sentence: string }) => {
    lock.release();
    return err(refusal);
  };
  if (owner) return giveUp({ code: owner.code, sentence: startSentence(owner) });

  const clock = systemClock();
  const now = clock.wall;
  const log = pino(
    { base: { node, cluster } },
    pino.destination({ dest: path('log', 'daemon.log'), mkdir: true, sync: false, mode: 0o600 }),
  );
  const stopped = new AbortController();
  const troubles = openTroubles();
  const hub = eventHub();
  const trouble = (code: string, sentence: string | undefined): void => {
    if (!troubles.set(code, sentence)) return;
    if (sentence !== undefined) log.error({ code }, sentence);
    publishChange(hub, 'cluster');
  };

  const journal = openJournal(path('journal.db'));
  if (!journal.ok) return giveUp({ code: journal.error.code, sentence: startSentence(journal.error) });
  const opened = await openStore(`sqlite:${path('store.db')}`);
  if (!opened.ok) return giveUp({ code: opened.error.code, sentence: storeFaultSentence(opened.error) });
  const store = opened.value;

  // The launcher is started before this process grows, and before any step of an earlier one is judged.
  const leftovers = await readLeftovers(stateDirectory);
  await prepareCommandDirectory(stateDirectory, checkout('apps/cli/bin/fallover'));
  const executor = await superviseLauncher({ stateDirectory, node, cluster, log: (sentence) => log.warn(sentence) });

  const fileOf = (step: string): string => stepLogFile(stateDirectory, step);
  const output = stepOutput(fileOf, (reason) => trouble('step_log_not_writable', troubleSentence({ code: 'step_log_not_writable', reason })));
  const out = openHacmpOut({
    directory: path('log'),
    now,
    onTrouble: (fault) => trouble(fault.code, logWriteSentence(fault)),
    onRecovery: (code) => trouble(code, undefined),
  });
  const hacmp = hacmpLog(out, fileOf);
  const watchers = runWatchers();
  const changed = (run: string): void => {
    watchers.changed(run);
    publishChange(hub, 'cluster', 'runs');
  };
  const newRunId = runIds(clock);

  const configuration = definition({
    store,
    node,
    nodes: [node],
    cluster,
    revisionDirectory: path('revisions'),
    exampleSource: checkout('examples'),
    stateDirectory,
    checkTrust,
    now: clock.now,
    changed: () => publishChange(hub, 'configuration', 'cluster'),
  });
  await configuration.ensureRevisionFile();

  let queue: EventQueue | undefined;
  const engine = runEngine({
    node,
    journal: journal.value,
    store,
    executor,
    clock,
    newRunId,
    documentOf: configuration.documentOf,
    output,
    recorded: (run, records) => {
      hacmp.recorded(run, records);
      if (records.some(({ kind }) => kind === 'finished')) publishChange(hub, 'summaries');
    },
    changed,
    idle: () => void queue?.process(),
    trouble: (code, reason) => trouble(code, reason === undefined ? undefined : troubleSentence({ code, reason })),
    abortLeftover: (step) => void endProcesses(stateDirectory, step, ABORT_GRACE_MS),
    stopped: stopped.signal,
  });
  queue = eventQueue({
    store,
    engine,
    nodes: () => [node],
    active: configuration.activeDocument,
    failed: (error) => {
      if (stopped.signal.aborted) return;
      log.error({ err: error }, 'The queue could not be processed.');
      trouble('queue_stopped', troubleSentence({ code: 'queue_stopped', reason: (error as Error).message }));
    },
  });

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
  const useCases: UseCases = {
    ...accessUseCases({ accounts: people, setupToken: token, audit, cluster, node }),
    ...configuration.useCases,
    ...runUseCases({
      ...runParts,
      active: configuration.activeDocument,
      draft: configuration.draftDocument,
      endProcesses: async (step) => (await endProcesses(stateDirectory, step, ABORT_GRACE_MS)).map(({ pid }) => pid),
      changed,
    }),
    ...summaryUseCases(eventSummaries({ directory: path('log'), node, now })),
    ...clusterUseCases({
      cluster,
      node,
      nodes: () => [node],
      version: VERSION,
      store,
      journal: journal.value,
      engine,
      clock,
      troubles,
      isReady: () => isReady,
    }),
    watchRun: watchRun({ watchers, output, view: runViewer(runParts) }),
    watchCluster: watchCluster(hub),
  };

  const app = createApp({
    useCases,
    store,
    audit,
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
  if (!listening.ok) {
    stopped.abort();
    await executor.close();
    await store.close();
    journal.value.close();
    return giveUp({ code: listening.error.code, sentence: listenSentence(listening.error) });
  }

  await resume({
    journal: journal.value,
    store,
    engine,
    clock,
    leftovers,
    watchLeftovers: (steps, events) => void watchLeftovers(stateDirectory, steps, events, stopped.signal),
    takenUp: hacmp.takeUp,
  });
  forgetLeftovers(stateDirectory);
  isReady = true;
  await queue.process();
  const ticking = setInterval(hacmp.tick, TICK_MS);
  log.info({ url: listening.value.url }, 'The cluster manager has started.');

  const issued = token.issue();
  return ok({
    url: listening.value.url,
    ...(issued === undefined ? {} : { setupUrl: setUpUrl(listening.value.url, issued) }),
    cluster,
    node,
    async stop() {
      app.close();
      await listening.value.close();
      stopped.abort();
      clearInterval(ticking);
      for (const { warningTimer } of engine.all()) clearTimeout(warningTimer);
      await executor.close();
      hacmp.close();
      await store.close();
      journal.value.close();
      log.info('The cluster manager has stopped.');
      log.flush();
      lock.release();
    },
  });
}

const VERSION: string = (JSON.parse(readFileSync(checkout('package.json'), 'utf8')) as { version: string }).version;

function prepareStateDirectory(path: string): Result<void, StartRefusal> {
  try {
    mkdirSync(path, { recursive: true, mode: 0o700 });
    accessSync(path, constants.R_OK | constants.W_OK | constants.X_OK);
    for (const name of ['log', 'revisions']) mkdirSync(join(path, name), { recursive: true, mode: 0o700 });
    return ok(undefined);
  } catch (error) {
    const reason = (error as NodeJS.ErrnoException).code ?? (error as Error).message;
    return err({ code: 'state_directory_not_writable', path, reason });
  }
}

/** A state directory belongs to one node of one cluster for good: its journal tells what that node did. */
function claimStateDirectory({ stateDirectory, node, cluster }: ClusterManagerSettings): StartRefusal | undefined {
  const file = join(stateDirectory, 'node.json');
  const path = stateDirectory;
  try {
    const owner = JSON.parse(readFileSync(file, 'utf8')) as { node: string; cluster: string };
    if (owner.node !== node) return { code: 'state_of_another_node', path, node: owner.node, asked: node };
    if (owner.cluster !== cluster) return { code: 'state_of_another_cluster', path, cluster: owner.cluster, asked: cluster };
    return undefined;
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code !== 'ENOENT')
      return { code: 'journal_corrupt', path: file, reason: (error as Error).message };
    writeFileSync(file, JSON.stringify({ node, cluster }), { mode: 0o600 });
    return undefined;
  }
}
