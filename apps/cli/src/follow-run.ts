import { setTimeout as wait } from 'node:timers/promises';
import type { RunView, UnansweredNode } from '@fallover/contract';
import { getRun, watchRun } from './addresses.ts';
import type { Daemon, DaemonFault } from './control-socket.ts';
import type { StreamEvent } from './event-stream.ts';
import type { OutputPiece, RunProgress } from './run-progress.ts';
import { visibleLine } from './visible.ts';

export type Followed = { ok: true; run: RunView; raw: string } | { ok: false; fault: DaemonFault };

export interface Following {
  progress: RunProgress;
  show(lines: string[]): void;
  /** Said once each time that the daemon is gone. */
  lost(): void;
  signal: AbortSignal;
}

/** How long a daemon that went away is waited for: it may be starting again. */
const PATIENCE_MS = 30_000;
const BETWEEN_TRIES_MS = 250;
/** How long output that is still to come may lag behind the run's end. */
const LAST_OUTPUT_MS = 2000;

/** Nothing more happens by itself: ended, cancelled, or waiting for a person's decision. */
export const isOver = (run: { state: RunView['state'] }): boolean =>
  run.state === 'ended' || run.state === 'cancelled' || run.state === 'awaiting_decision';

/** Watches a run until it is over, also across a restart of the daemon. */
export async function followRun(daemon: Daemon, run: string, { progress, show, lost, signal }: Following): Promise<Followed> {
  let lastEventId: string | undefined;
  let goneSince: number | undefined;
  const unanswered = unansweredLines();
  for (;;) {
    const watching = new AbortController();
    const over = new AbortController();
    const heard = (event: StreamEvent) => {
      lastEventId = event.id ?? lastEventId;
      if (goneSince !== undefined) goneSince = undefined;
      if (event.event === 'run') {
        const view = JSON.parse(event.data) as RunView;
        show(progress.view(view));
        if (isOver(view)) over.abort();
      } else if (event.event === 'output') show(progress.output(JSON.parse(event.data) as OutputPiece));
      else if (event.event === 'unanswered') show(unanswered(JSON.parse(event.data) as { nodes: UnansweredNode[] }));
      if (over.signal.aborted && !progress.waiting()) watching.abort();
    };
    const late = new AbortController();
    over.signal.addEventListener('abort', () => {
      void wait(LAST_OUTPUT_MS, undefined, { signal: late.signal }).then(
        () => watching.abort(),
        () => {},
      );
    });
    const fault = await daemon.watch(
      watchRun,
      { run },
      { lastEventId, signal: AbortSignal.any([signal, watching.signal]) },
      heard,
    );
    late.abort();
    if (fault?.code === 'refused' || fault?.code === 'not_an_answer') return { ok: false, fault };
    const answer = fault === undefined ? await daemon.ask(getRun, { parameters: { run } }) : { ok: false as const, fault };
    if (answer.ok && (signal.aborted || isOver(answer.reply))) {
      show([...progress.view(answer.reply), ...progress.rest()]);
      return { ok: true, run: answer.reply, raw: answer.raw };
    }
    if (!answer.ok) {
      if (goneSince === undefined) lost();
      goneSince ??= performance.now();
      if (signal.aborted || performance.now() - goneSince > PATIENCE_MS) return { ok: false, fault: answer.fault };
    }
    await wait(BETWEEN_TRIES_MS);
  }
}

/** Says of each node once that its output is missing, and once that it comes again. */
function unansweredLines(): (told: { nodes: readonly UnansweredNode[] }) => string[] {
  let known: readonly string[] = [];
  return ({ nodes }) => {
    const names = nodes.map(({ node }) => node);
    const lines = [
      ...nodes.filter(({ node }) => !known.includes(node)).map(({ sentence }) => `(${visibleLine(sentence)})`),
      ...known.filter((node) => !names.includes(node)).map((node) => `(Node ${node} answers again: its output goes on.)`),
    ];
    known = names;
    return lines;
  };
}
