import { join } from 'node:path';
import { publishChange } from '../http/watch-cluster.ts';
import { KEEP, type RetentionParts, retention } from '../retention/retention.ts';
import type { EtcdWatch } from '../membership/etcd-watch.ts';
import type { Engine } from '../runs/engine.ts';
import type { ServiceManager } from '../service-manager/service-manager.ts';
import { statusLine } from '../service-manager/status-line.ts';
import type { ClusterManagerSettings } from '../settings.ts';
import type { Telling } from './telling.ts';

export interface HousekeepingParts extends Pick<RetentionParts, 'journal' | 'now'> {
  settings: ClusterManagerSettings;
  telling: Telling;
  engine: Engine;
  systemd: ServiceManager;
  notifications: NonNullable<RetentionParts['notifications']>;
  /** Writes what was not taken by hacmp.out before. */
  tickHacmpOut(): void;
  removeOldScripts(): Promise<void>;
  removeOldNotifications(): Promise<unknown>;
  verifyWhenDue(): Promise<unknown>;
  /** Where the store is in etcd. */
  etcd: Pick<EtcdWatch, 'look'> | undefined;
  stopped: AbortSignal;
}

const TICK_MS = 100;
const RETENTION_MS = 3_600_000;
/** How late automatic verification can be. */
const VERIFICATION_MS = 20_000;
/** A lost member is told of after two looks: within a minute. */
const ETCD_LOOK_MS = 25_000;
/** How old what `systemctl status` shows can be. */
const STATUS_MS = 1000;

/** What the daemon does again and again, for as long as it runs. */
export function keepHouse(parts: HousekeepingParts, closing: AsyncDisposableStack): void {
  const { settings, engine, systemd, etcd, stopped } = parts;
  const { log, hub, troubles, defect } = parts.telling;
  const again = (everyMs: number, task: () => void): void => {
    const timer = setInterval(task, everyMs);
    closing.defer(() => clearInterval(timer));
  };

  const keeping = retention({
    journal: parts.journal,
    notifications: parts.notifications,
    keep: { days: settings.keepDays ?? KEEP.days, gb: settings.keepGb ?? KEEP.gb },
    now: parts.now,
    logsOf: (run) => join(settings.stateDirectory, 'log', 'runs', run),
    removed: (runs) => {
      log.info({ runs: runs.map(({ id, bytes }) => ({ run: id, bytes })) }, 'These runs are not kept any longer.');
      publishChange(hub, 'runs');
    },
    failed: (error) => log.error({ err: error }, 'Old runs could not be removed; it is tried again within the hour.'),
  });
  closing.defer(keeping.close);
  void keeping.pass();
  again(RETENTION_MS, () => {
    void keeping.pass();
    parts.removeOldScripts().catch(defect);
    parts.removeOldNotifications().catch(defect);
  });

  const verify = (): void =>
    void parts.verifyWhenDue().catch((error: unknown) => {
      if (!stopped.aborted) log.error({ err: error }, 'Automatic verification could not be done; it is tried again.');
    });
  verify();
  again(VERIFICATION_MS, verify);
  again(TICK_MS, parts.tickHacmpOut);
  if (etcd) {
    const look = (): void => void etcd.look().catch(defect);
    look();
    again(settings.etcdLookMs ?? ETCD_LOOK_MS, look);
  }

  if (settings.notifySocket === undefined) return;
  const tellStatus = (): void => {
    const root = engine.all().find(({ state }) => state.plan.parent === undefined)?.state;
    systemd.status(
      statusLine({
        cluster: settings.cluster,
        node: settings.node,
        ...(root ? { root: { event: root.plan.event, args: root.plan.args, state: root.state } } : {}),
        troubles: troubles.all(),
      }),
    );
  };
  tellStatus();
  again(STATUS_MS, tellStatus);
}
