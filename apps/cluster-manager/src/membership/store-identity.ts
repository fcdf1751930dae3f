import { readFileSync, renameSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { err, ok, type Result } from '@fallover/events';
import { type OpenedStore, openStore, type StoreIdentity, storeFaultSentence } from '@fallover/store';
import { type ClusterManagerSettings, startSentence } from '../settings.ts';

type Settings = Pick<ClusterManagerSettings, 'stateDirectory' | 'cluster' | 'store' | 'oneProcess'>;

/** How far behind the kept revision can be: after a power cut, an older copy of etcd is not told from so little. */
const KEPT_EVERY_MS = 5_000;

/**
 * Opens the store of the settings. Which one a shared store is, and how far it had come, is kept in the state directory, so
 * that another one, or an older copy, is refused: a node would take what it did for not done, and do it again.
 */
export async function openKnownStore(settings: Settings): Promise<Result<OpenedStore, { code: string; sentence: string }>> {
  const { stateDirectory, cluster, store: shared } = settings;
  if (settings.oneProcess) return ok({ ...settings.oneProcess.store, close: async () => {} });
  const file = join(stateDirectory, 'store.json');
  const { url, ...access } = shared ?? { url: `sqlite:${join(stateDirectory, 'store.db')}` };
  const known = shared ? readIdentity(file) : undefined;
  if (known === 'corrupt') {
    const refusal = { code: 'state_file_corrupt', path: file, reason: 'it does not say which store is known' } as const;
    return err({ code: refusal.code, sentence: startSentence(refusal) });
  }
  const opened = await openStore(url, {
    access: { ...access, prefix: access.prefix ?? `fallover/${cluster}` },
    owner: cluster,
    ...(known ? { known } : {}),
  });
  if (!opened.ok) return err({ code: opened.error.code, sentence: storeFaultSentence(opened.error) });
  const store = opened.value;
  const { identity } = store;
  if (!identity) return ok(store);

  let kept = known?.revision ?? -1;
  const keep = (): void => {
    const now = identity();
    if (now.revision === kept) return;
    try {
      writeIdentity(file, now);
      kept = now.revision;
    } catch {
      // A full disk: the next time, and the journal says so meanwhile.
    }
  };
  writeIdentity(file, identity());
  const keeping = setInterval(keep, KEPT_EVERY_MS);
  keeping.unref();
  return ok({
    ...store,
    async close() {
      clearInterval(keeping);
      keep();
      await store.close();
    },
  });
}

function readIdentity(file: string): StoreIdentity | undefined | 'corrupt' {
  try {
    const { cluster, store, revision } = JSON.parse(readFileSync(file, 'utf8')) as Partial<StoreIdentity>;
    if (typeof cluster !== 'string' || typeof store !== 'string' || !Number.isSafeInteger(revision)) return 'corrupt';
    return { cluster, store, revision: revision as number };
  } catch (error) {
    return (error as NodeJS.ErrnoException).code === 'ENOENT' ? undefined : 'corrupt';
  }
}

/** Whole or not at all. */
function writeIdentity(file: string, identity: StoreIdentity): void {
  writeFileSync(`${file}.new`, `${JSON.stringify(identity)}\n`, { mode: 0o600, flush: true });
  renameSync(`${file}.new`, file);
}
