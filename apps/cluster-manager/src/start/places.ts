import { join } from 'node:path';
import { err, ok, type Result } from '@fallover/events';
import { type ListenPlan, planListening } from '../http/listen.ts';
import { listenSentence } from '../http/listen-faults.ts';
import { openLogDirectory } from '../log-directory.ts';
import { openLibraryDirectory } from '../script-library/directory.ts';
import { type ClusterManagerSettings, startSentence } from '../settings.ts';
import { openStateDirectory } from '../state-directory.ts';

export interface Places {
  listening: ListenPlan;
  logDirectory: string;
  /** The state directory is this node's from now on. */
  claim(): void;
}

/**
 * Where the daemon listens, and the directories that it keeps things in. What is not fit for that is refused here, before
 * anything else is begun; the state directory is this daemon's alone from here on.
 */
export async function openPlaces(
  settings: ClusterManagerSettings,
  closing: AsyncDisposableStack,
): Promise<Result<Places, { code: string; sentence: string }>> {
  const { stateDirectory, node, cluster, tls, scriptLibrary } = settings;
  const plan = await planListening({
    address: settings.listen,
    controlSocket: join(stateDirectory, 'control.sock'),
    ...(tls ? { tlsCertificate: tls.cert, tlsKey: tls.key } : {}),
    behindTlsProxy: settings.behindTlsProxy,
  });
  if (!plan.ok) return err({ code: plan.error.code, sentence: listenSentence(plan.error) });
  const lock = openStateDirectory(settings);
  if (!lock.ok) return err({ code: lock.error.code, sentence: startSentence(lock.error) });
  closing.defer(lock.value.release);
  const unfit = scriptLibrary === undefined ? undefined : openLibraryDirectory(scriptLibrary, { node, cluster });
  if (unfit) return err({ code: unfit.code, sentence: startSentence(unfit) });
  const noLogs = settings.logDirectory === undefined ? undefined : openLogDirectory(settings.logDirectory, stateDirectory);
  if (noLogs) return err({ code: noLogs.code, sentence: startSentence(noLogs) });
  return ok({
    listening: plan.value,
    logDirectory: settings.logDirectory ?? join(stateDirectory, 'log'),
    claim: lock.value.claim,
  });
}
