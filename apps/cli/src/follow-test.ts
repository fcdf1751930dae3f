import { setTimeout as wait } from 'node:timers/promises';
import type { ConversationLineView, NotificationView } from '@fallover/contract';
import { watchNotificationTest } from './addresses.ts';
import type { Daemon, DaemonFault } from './control-socket.ts';

export type FollowedTest =
  | { ok: true; notification: NotificationView; raw: string }
  | { ok: false; fault: DaemonFault }
  | { ok: false; fault?: undefined };

/** How often a stream that broke is asked for again: the daemon forgets a test when it ends, so that waiting longer is in vain. */
const TRIES = 10;
const BETWEEN_TRIES_MS = 250;

/** Watches a test notification until every recipient is done; each line of its conversation is heard once. Without a fault it was given up. */
export async function followTest(
  daemon: Daemon,
  test: string,
  { heard, signal }: { heard(line: ConversationLineView): void; signal: AbortSignal },
): Promise<FollowedTest> {
  let told = 0;
  for (let tries = 1; ; tries += 1) {
    let end: string | undefined;
    let seen = 0;
    const ended = new AbortController();
    const fault = await daemon.watch(
      watchNotificationTest,
      { test },
      { signal: AbortSignal.any([signal, ended.signal]) },
      ({ event, data }) => {
        if (event === 'end') {
          end = data;
          ended.abort();
        } else if (event === 'line') {
          // A stream that is asked for again begins with the first line.
          seen += 1;
          if (seen <= told) return;
          told = seen;
          heard(JSON.parse(data) as ConversationLineView);
        }
      },
    );
    if (end !== undefined) return { ok: true, notification: JSON.parse(end) as NotificationView, raw: end };
    if (signal.aborted) return { ok: false };
    const final = fault?.code === 'refused' || fault?.code === 'not_an_answer';
    if (final || tries === TRIES)
      return { ok: false, fault: fault ?? { code: 'no_answer', socket: daemon.socket, write: false } };
    await wait(BETWEEN_TRIES_MS);
  }
}
