import { join } from 'node:path';
import { type Logger, pino } from 'pino';
import { type EventHub, eventHub } from '../http/server-sent-events.ts';
import { publishChange } from '../http/watch-cluster.ts';
import type { ClusterManagerSettings } from '../settings.ts';
import { troubles as openTroubles, type Troubles } from '../troubles.ts';

/** How the daemon tells of itself: its log, what is not as it should be, and what screens are to look at again. */
export interface Telling {
  log: Logger;
  troubles: Troubles;
  hub: EventHub;
  /** An undefined sentence: it is over. */
  trouble(code: string, sentence: string | undefined): void;
  /** A fault of the daemon's own beside what was asked for. */
  defect(error: unknown): void;
}

/** The cluster manager runs and serves its console; but what it was started for does not come about. */
const KEEPS_OUT: ReadonlySet<string> = new Set(['node_name_taken', 'protocol_differs']);

export function openTelling(
  {
    node,
    cluster,
    logDirectory,
    stopped,
    tell,
  }: Pick<ClusterManagerSettings, 'node' | 'cluster' | 'tell'> & { logDirectory: string; stopped: AbortSignal },
  closing: AsyncDisposableStack,
): Telling {
  const logFile = pino.destination({ dest: join(logDirectory, 'daemon.log'), sync: true, mode: 0o600 });
  logFile.on('error', () => {}); // a full disk stops the log, not the daemon; hacmp.out and the journal tell of it
  const log = pino({ base: { node, cluster } }, logFile);
  closing.defer(() => {
    log.info('The cluster manager has stopped.');
    log.flush();
  });
  const troubles = openTroubles();
  const hub = eventHub();
  return {
    log,
    troubles,
    hub,
    trouble(code, sentence) {
      if (!troubles.set(code, sentence)) return;
      if (sentence !== undefined) log.error({ code }, sentence);
      if (sentence !== undefined && KEEPS_OUT.has(code)) tell?.(sentence);
      publishChange(hub, 'cluster');
    },
    defect(error) {
      if (!stopped.aborted) log.error({ err: error }, 'Something went wrong beside what was asked for.');
    },
  };
}
