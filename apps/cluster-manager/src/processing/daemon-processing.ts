import { join } from 'node:path';
import type { ClusterStore } from '@fallover/store';
import type { Definition } from '../definition/definition.ts';
import type { Executor } from '../executor/executor.ts';
import { endProcesses } from '../executor/leftover-processes.ts';
import { forgetLeftovers, type Leftover, watchLeftovers } from '../executor/leftovers.ts';
import { publishChange } from '../http/watch-cluster.ts';
import type { Journal } from '../journal/journal.ts';
import { peerAddress } from '../peers/place.ts';
import type { Clock } from '../runs/clock.ts';
import type { HacmpLog } from '../runs/hacmp-log.ts';
import type { StepOutput } from '../runs/step-output.ts';
import { type StepStarterParts, stepStarter } from '../runs/step-starter.ts';
import type { ScriptLibrary } from '../script-library/script-library.ts';
import { type ClusterManagerSettings, isShared } from '../settings.ts';
import type { Telling } from '../start/telling.ts';
import { troubleSentence } from '../troubles.ts';
import { manyProcessing } from './many.ts';
import type { Processing, ProcessingParts } from './processing.ts';
import { sharedSettings } from './shared-settings.ts';
import { soleProcessing } from './sole.ts';

export interface DaemonProcessingParts {
  settings: ClusterManagerSettings;
  version: string;
  /** Where its console is found, once it listens. */
  url(): string | undefined;
  telling: Telling;
  store: ClusterStore;
  journal: Journal;
  executor: Executor;
  leftovers: ReadonlyMap<string, Leftover>;
  configuration: Definition;
  library: ScriptLibrary;
  clock: Clock;
  newRunId(): string;
  output: StepOutput;
  hacmp: HacmpLog;
  automaticFindings: StepStarterParts['automaticFindings'];
  /** Remote notification looks at what is new in this run. */
  notify(run: ProcessingRun): void;
  changed(run: string): void;
  stopped: AbortSignal;
}
type ProcessingRun = Parameters<ProcessingParts['recorded']>[0];

/** Between TERM and KILL. */
const ABORT_GRACE_MS = 5_000;

/** What processes events in this daemon: alone, or as one of many nodes where the settings name a store that they share. */
export function daemonProcessing(parts: DaemonProcessingParts): Processing {
  const { settings, store, journal, executor, configuration, clock, telling, hacmp, stopped } = parts;
  const { node, stateDirectory } = settings;
  const { hub, trouble, defect, log } = telling;
  const processing: ProcessingParts = {
    node,
    store,
    journal,
    clock,
    newRunId: parts.newRunId,
    active: configuration.activeDocument,
    documentOf: isShared(settings) ? configuration.laidDown : configuration.documentOf,
    steps: (tools) =>
      stepStarter(
        {
          node,
          executor,
          clock,
          output: parts.output,
          automaticFindings: parts.automaticFindings,
          abortLeftover: (step) => void endProcesses(stateDirectory, step, ABORT_GRACE_MS),
          defect,
        },
        tools,
      ),
    recorded: (run, records) => {
      hacmp.recorded(run, records);
      parts.notify(run);
      if (records.some(({ kind }) => kind === 'finished')) publishChange(hub, 'summaries');
    },
    changed: parts.changed,
    leftovers: parts.leftovers,
    watchLeftovers: (steps, events) => watchLeftovers(stateDirectory, steps, events, stopped),
    // Only once every result is in the journal.
    forgetLeftovers: () => forgetLeftovers(stateDirectory),
    takenUp: hacmp.takeUp,
    trouble: (code, reason) => trouble(code, reason === undefined ? undefined : troubleSentence({ code, reason })),
    failed: defect,
    stopped,
  };
  if (!isShared(settings)) return soleProcessing(processing);
  // A node that is no member yet starts nothing.
  executor.deadline({ at: 0n, lease: 'none' });
  const shared = sharedSettings({
    stateDirectory,
    file: join(stateDirectory, 'membership.json'),
    leaseSeconds: settings.leaseSeconds,
    version: parts.version,
    address: peerAddress(settings),
    url: parts.url,
    clock,
    executor,
    configuration,
    library: parts.library,
    followed: () => publishChange(hub, 'configuration', 'cluster'),
    clusterChanged: () => publishChange(hub, 'cluster', 'runs'),
    trouble,
    log: (sentence) => log.warn(sentence),
    failed: defect,
    stopped,
  });
  return manyProcessing({ ...processing, ...shared });
}
