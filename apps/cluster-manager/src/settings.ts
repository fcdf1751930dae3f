import type { OpenedStore, StoreAccess } from '@fallover/store';
import type { LogDirectoryRefusal } from './log-directory.ts';
import type { InProcess } from './peers/in-process.ts';
import type { LibraryRefusal } from './script-library/directory.ts';

/** What `fallover start` was told. */
export interface ClusterManagerSettings {
  /** HOST:PORT; port 0 takes a free one. */
  listen: string;
  /** Absolute. */
  stateDirectory: string;
  node: string;
  /** All nodes of the cluster; this one unless said. */
  nodes?: string[];
  cluster: string;
  /** Further names that browsers may use for this daemon. */
  hostNames: string[];
  tls?: { cert: string; key: string };
  behindTlsProxy: boolean;
  /** How long runs and their output are kept, and how much output; 30 days and 10 GB unless said. */
  keepDays?: number;
  keepGb?: number;
  /** The directory of the script library, absolute; without it the library is off. */
  scriptLibrary?: string;
  /** Where hacmp.out and daemon.log go, absolute; `log` in the state directory unless said. */
  logDirectory?: string;
  /** Where CTDB's `events` and `share/events` are, absolute; without it only declared components are there. */
  ctdbBase?: string;
  /** NOTIFY_SOCKET, where systemd has started the daemon: it is told when that is ready, how it is, and that it stops. */
  notifySocket?: string;
  /** That of the nodes of a cluster, etcd://… or etcds://…; without it the embedded one in the state directory. */
  store?: StoreAccess & { url: string };
  /** Instead of `store`, where all nodes of the cluster are in this process. */
  oneProcess?: OneProcess;
  /** HOST:PORT at which other nodes ask this one; the host of `listen` and its port + 1000 unless said. */
  peerListen?: string;
  /** Told at once what keeps this node from joining, for whoever looks at where it was started. */
  tell?(sentence: string): void;
  /** How long a membership lives without a sign of its node, in seconds; 5 unless said. */
  leaseSeconds?: number;
  /** How often the members of etcd are looked at, in milliseconds; every 25 s unless said. */
  etcdLookMs?: number;
}

/** What the nodes of a cluster share when they are in one process, as this node reaches it. */
export interface OneProcess {
  /** Closed by whoever has opened it. */
  store: OpenedStore;
  peers: InProcess;
}

/** Whether the store is one that other nodes use too. */
export const isShared = ({ store, oneProcess }: Pick<ClusterManagerSettings, 'store' | 'oneProcess'>): boolean =>
  store !== undefined || oneProcess !== undefined;

/** Why the cluster manager did not start: one sentence, and exit status 2. */
export type StartRefusal =
  | { code: 'state_directory_not_writable'; path: string; reason: string }
  | { code: 'state_directory_in_use'; path: string }
  | { code: 'state_of_another_node'; path: string; node: string; asked: string }
  | { code: 'state_of_another_cluster'; path: string; cluster: string; asked: string }
  | { code: 'journal_corrupt'; path: string; reason: string }
  | { code: 'journal_of_another_release'; path: string; format: number }
  | { code: 'state_file_corrupt'; path: string; reason: string }
  | LibraryRefusal
  | LogDirectoryRefusal
  | { code: 'not_started'; reason: string };

export function startSentence(refusal: StartRefusal): string {
  switch (refusal.code) {
    case 'state_directory_not_writable':
      return `The state directory ${refusal.path} cannot be written (${refusal.reason}). Choose another with --state, or give it to the user that starts Fallover.`;
    case 'state_directory_in_use':
      return `Another cluster manager runs on the state directory ${refusal.path}. Stop that one first, or choose another directory with --state.`;
    case 'state_of_another_node':
      return `The state directory ${refusal.path} belongs to node ${refusal.node}, not ${refusal.asked}. Start with --node ${refusal.node}, or choose another directory with --state.`;
    case 'state_of_another_cluster':
      return `The state directory ${refusal.path} belongs to cluster ${refusal.cluster}, not ${refusal.asked}. Start with --cluster ${refusal.cluster}, or choose another directory with --state.`;
    case 'journal_corrupt':
      return `The journal ${refusal.path} cannot be read (${refusal.reason}). Restore it from a backup; to begin anew without its history, move it away.`;
    case 'journal_of_another_release':
      return `The journal ${refusal.path} was written by a later release of Fallover (format ${refusal.format}). Start that release.`;
    case 'state_file_corrupt':
      return `The file ${refusal.path} cannot be read (${refusal.reason}). Restore it from a backup; no event was processed.`;
    case 'script_library_not_writable':
      return `The script library ${refusal.path} cannot be used (${refusal.reason}). Choose another directory with --script-library, or give it to the user that starts Fallover.`;
    case 'script_library_not_trusted':
      return `The script library ${refusal.path} is not trusted: ${refusal.directory} can be written by its group or by others, or its owner is neither root nor the user that starts Fallover. Use chmod go-w and chown, or choose another directory with --script-library.`;
    case 'script_library_not_searchable':
      return `The script library ${refusal.path} is out of reach for other users, because of ${refusal.directory}: a script that changes to one could not start another script there. Use chmod o+x, or choose another directory with --script-library.`;
    case 'script_library_not_empty':
      return `The directory ${refusal.path} is not empty and is no script library, so nothing was changed in it. Choose an empty directory, or one that is not there yet, with --script-library.`;
    case 'script_library_of_another':
      return `The script library ${refusal.path} belongs to node ${refusal.node} of cluster ${refusal.cluster}. Choose another directory with --script-library; each node has one of its own.`;
    case 'log_directory_not_writable':
      return `The log directory ${refusal.path} cannot be written (${refusal.reason}). Choose another with --log-directory, or give it to the user that starts Fallover.`;
    case 'log_directory_of_another':
      return `The log directory ${refusal.path} has the logs of the cluster manager with the state directory ${refusal.stateDirectory}. Choose another with --log-directory; if that one is gone for good, remove ${refusal.marker}.`;
    case 'not_started':
      return `The cluster manager did not start: ${refusal.reason}`;
  }
}
