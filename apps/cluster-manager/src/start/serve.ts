import { err, ok, type Result } from '@fallover/events';
import { sessions } from '../access/sessions.ts';
import { type AppSettings, createApp } from '../http/app.ts';
import { type ListenPlan, listen } from '../http/listen.ts';
import { listenSentence } from '../http/listen-faults.ts';
import type { Journal } from '../journal/journal.ts';
import { sealedInput, withoutSecrets } from '../notification/seal.ts';
import type { Secrets } from '../notification/secrets.ts';
import type { ClusterManagerSettings } from '../settings.ts';
import { checkout, VERSION } from './checkout.ts';
import type { Telling } from './telling.ts';

export interface ServingParts
  extends Pick<AppSettings, 'useCases' | 'store' | 'storeState' | 'audit' | 'entryBefore' | 'registry' | 'now'> {
  settings: ClusterManagerSettings;
  plan: ListenPlan;
  database: Journal['database'];
  secrets: Secrets;
  telling: Pick<Telling, 'log' | 'troubles'>;
  /** What an earlier daemon left has been taken up. */
  isReady(): boolean;
}

/** The API and the console, over the network and the control socket. */
export async function serve(
  { settings, plan, secrets, database, telling: { log, troubles }, isReady, ...app }: ServingParts,
  closing: AsyncDisposableStack,
): Promise<Result<{ url: string; port: number }, { code: string; sentence: string }>> {
  const served = createApp({
    ...app,
    sealed: (endpoint, input) => sealedInput(endpoint, input, secrets),
    withoutSecrets,
    sessions: sessions(database, { now: app.now }),
    site: { secure: plan.secure, listenHost: plan.host, hostNames: settings.hostNames },
    behindTlsProxy: settings.behindTlsProxy,
    consoleDirectory: checkout('apps/console/dist'),
    version: VERSION,
    ready: () => (isReady() ? troubles.all() : [{ code: 'starting', sentence: 'The cluster manager is starting.' }]),
    log,
  });
  const listening = await listen(plan, served);
  if (!listening.ok) return err({ code: listening.error.code, sentence: listenSentence(listening.error) });
  closing.defer(listening.value.close);
  closing.defer(served.close);
  return ok({ url: listening.value.url, port: listening.value.port });
}
