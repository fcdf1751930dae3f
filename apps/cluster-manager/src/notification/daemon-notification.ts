import type { Definition } from '../definition/definition.ts';
import { checkTrust } from '../executor/launcher/trust.ts';
import { publishChange } from '../http/watch-cluster.ts';
import type { Journal } from '../journal/journal.ts';
import type { Engine } from '../runs/engine.ts';
import type { ClusterManagerSettings } from '../settings.ts';
import type { Telling } from '../start/telling.ts';
import { type RemoteNotificationParts, remoteNotification } from './remote-notification.ts';

export interface DaemonNotificationParts
  extends Pick<RemoteNotificationParts, 'live' | 'store' | 'clock' | 'newId' | 'secrets' | 'ownPorts'> {
  settings: ClusterManagerSettings;
  telling: Telling;
  journal: Journal;
  configuration: Definition;
  /** What runs the events: there once notification is. */
  engine(): Engine;
}

/** Remote notification as the daemon of one node does it: of the runs that it knows, by the methods of its configuration. */
export function daemonNotification({ settings, telling, journal, configuration, engine, ...parts }: DaemonNotificationParts) {
  const { node, cluster, stateDirectory } = settings;
  const { hub, log, trouble } = telling;
  return remoteNotification({
    ...parts,
    node,
    cluster,
    stateDirectory,
    database: journal.database,
    active: configuration.activeDocument,
    draft: configuration.draftDocument,
    documentOf: configuration.documentOf,
    entries: configuration.notificationMethods,
    recordsOf: (run) => engine().live(run)?.records ?? journal.records(run),
    newestRun: (event) => journal.list({ event, limit: 1 })[0]?.id,
    isFailed: () =>
      engine()
        .all()
        .some(({ state }) => state.state === 'awaiting_decision'),
    isBusy: () =>
      engine()
        .all()
        .some(({ state }) => state.state === 'running'),
    checkTrust: async (file) => checkTrust(file),
    changed: () => publishChange(hub, 'notifications'),
    trouble,
    failed: (error) => log.error({ err: error }, 'Something went wrong while notifications were sent; it is tried again.'),
  });
}
