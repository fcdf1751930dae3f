import type { RunView } from '@fallover/contract';
import type { NodeState } from '@fallover/events';
import { getCluster, runEvent } from '../addresses.ts';
import { followRun, isOver } from '../follow-run.ts';
import { NOT_RUN } from '../io.ts';
import { leftRunning } from '../left-running.ts';
import { refuse, reportFault, reportWarnings, wordsOf } from '../report.ts';
import { exitStatusOf, outcomeLines } from '../run-outcome.ts';
import { runProgress } from '../run-progress.ts';
import type { RunVerb } from '../shell.ts';

const OPTIONS = { node: 'value', drill: 'flag', json: 'flag' } as const;
/** Of a node that processes nothing any more, or not yet. */
const NO_PART: readonly NodeState[] = ['stopping', 'lost', 'down', 'unmanaged'];
/** As a shell has it of a command that a signal ended. */
const INTERRUPTED = { SIGINT: 130, SIGTERM: 143 } as const;

export const run: RunVerb = async (args, { io, daemon, usage }) => {
  const read = wordsOf(io, args, OPTIONS, { usage, least: 1, most: Number.POSITIVE_INFINITY, argumentsAfter: 1 });
  if (!read) return NOT_RUN;
  const { options, words } = read;
  const [event = '', ...eventArgs] = words;
  const node = options.node === undefined ? {} : { node: options.node };
  const accepted = await daemon.ask(runEvent, { body: { event, args: eventArgs, drill: options.drill ?? false, ...node } });
  if (!accepted.ok) {
    reportFault(io, accepted.fault);
    return NOT_RUN;
  }
  const { run: id, warnings } = accepted.reply;
  reportWarnings(io, warnings);

  const show = options.json ? () => {} : (lines: string[]) => io.out(lines.map((line) => `${line}\n`).join(''));
  show([`Run ${id} is accepted`]);
  const interrupted = new AbortController();
  const ignore = io.onInterrupt((signal) => interrupted.abort(signal));
  const progress = runProgress();
  let waitsTold = false;
  const tellWaiting = (view: RunView) => {
    if (view.state !== 'queued' || waitsTold) return;
    waitsTold = true;
    show(['It waits in the queue: one event is processed at a time']);
    void daemon.ask(getCluster).then((answer) => {
      if (!answer.ok) return;
      const { state, members } = answer.reply;
      if (state === 'RP_FAILED')
        io.err(
          'The cluster is in RP_FAILED: nothing is started until somebody recovers from script failure ("fallover recover").\n',
        );
      // Nobody may hear of it otherwise, and this verb waits for ever.
      else if (members.every((member) => NO_PART.includes(member.state)))
        io.err(
          `The cluster services run on no node: nothing is started until somebody starts them ("fallover online node ${members.map((member) => member.node).join(',')}").\n`,
        );
    });
  };
  try {
    const followed = await followRun(daemon, id, {
      progress: {
        ...progress,
        view: (view) => {
          tellWaiting(view);
          return progress.view(view);
        },
      },
      show,
      lost: () => io.err('The cluster manager is out of reach; waiting for it …\n'),
      signal: interrupted.signal,
    });
    if (interrupted.signal.aborted && !(followed.ok && isOver(followed.run))) {
      refuse(io, `The event goes on as run ${id}.`, `"fallover abort ${id}" ends it; "fallover query run ${id}" shows it.`);
      return INTERRUPTED[interrupted.signal.reason as keyof typeof INTERRUPTED];
    }
    if (!followed.ok) {
      reportFault(io, followed.fault);
      refuse(io, `How run ${id} goes on is not known here; "fallover query run ${id}" shows it once the cluster manager runs.`);
      return NOT_RUN;
    }
    const left = followed.run.state === 'awaiting_decision' ? await leftRunning(followed.run, daemon) : [];
    const { line, wayOut } = outcomeLines(followed.run, left);
    if (options.json) io.out(followed.raw.endsWith('\n') ? followed.raw : `${followed.raw}\n`);
    else if (followed.run.state !== 'cancelled') show([line]);
    if (followed.run.state === 'cancelled') refuse(io, line);
    if (wayOut.length > 0) refuse(io, wayOut[0] ?? '', ...wayOut.slice(1));
    return exitStatusOf(followed.run);
  } finally {
    ignore();
  }
};
