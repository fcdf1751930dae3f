import {
  ERRNO,
  neverRunLine,
  noDirectoryLine,
  notRunLine,
  runLine,
  scriptList,
  statusLine,
  wordsOfArguments,
} from '@fallover/events';
import {
  disableComponentScript,
  enableComponentScript,
  getComponent,
  getComponentStatus,
  runComponentEvent,
} from '../addresses.ts';
import type { DaemonFault } from '../control-socket.ts';
import { ctime } from '../ctime.ts';
import { refuse, reportFault } from '../report.ts';
import type { RunVerb, Shell } from '../shell.ts';

/** As CTDB exits when it is called wrongly. */
const WRONG_USAGE = 1;
/** As long as an event can take here: `ctdb event` takes any number. */
const LONGEST_SECONDS = 86_400;

/** Prints and exits as `ctdb event` does, so that what was scripted around that keeps working. */
export const ctdbEvent: RunVerb = async ([word, ...words], shell) => {
  const usage = (): number => {
    refuse(shell.io, 'Something is missing here, or too much.', `Usage: ${shell.usage}`);
    return WRONG_USAGE;
  };
  if (word === 'run') return words.length < 3 ? usage() : run(words, shell);
  if (word === 'status') return words.length === 2 ? status(words[0] ?? '', words[1] ?? '', shell) : usage();
  if (word !== 'script') return usage();
  const [action, component = '', script = ''] = words;
  if (action === 'list' && words.length === 2) return list(component, shell);
  if ((action === 'enable' || action === 'disable') && words.length === 3) return enable(action, component, script, shell);
  return usage();
};

const codeOf = (fault: DaemonFault): string | undefined => (fault.code === 'refused' ? fault.problem.code : undefined);

async function run(
  [seconds = '', component = '', event = '', ...args]: readonly string[],
  { io, daemon }: Shell,
): Promise<number> {
  const answer = await daemon.ask(runComponentEvent, {
    parameters: { component },
    body: { event, args: wordsOfArguments(args), timeoutSeconds: wholeSeconds(seconds), wait: true },
    once: true,
  });
  if (answer.ok) {
    const { outcome = 'interrupted', result = ERRNO.EIO } = answer.reply;
    io.out(runLine(component, event, outcome));
    return result;
  }
  switch (codeOf(answer.fault)) {
    case 'no_component':
    case 'component_directory_missing':
      io.out(noDirectoryLine(component));
      return ERRNO.ENOENT;
    case undefined:
      return reportFault(io, answer.fault);
    default:
      io.out(notRunLine(component, event, ERRNO.EINVAL));
      reportFault(io, answer.fault);
      return ERRNO.EINVAL;
  }
}

/** As atoi(3) reads it: the digits that it begins with. */
function wholeSeconds(text: string): number {
  const number = Number.parseInt(text, 10);
  return Number.isNaN(number) ? 0 : Math.min(Math.max(0, number), LONGEST_SECONDS);
}

async function status(component: string, event: string, { io, daemon }: Shell): Promise<number> {
  const answer = await daemon.ask(getComponentStatus, { parameters: { component, event } });
  if (answer.ok) {
    const { scripts, result } = answer.reply;
    for (const { status: of, script, errno, durationMs, startedAt, output = '' } of scripts) {
      if (of === undefined) continue;
      io.out(
        statusLine({
          ...{ script, status: of, output, startedAt: ctime(new Date(startedAt ?? 0)) },
          ...(errno === undefined ? {} : { errno }),
          ...(durationMs === undefined ? {} : { durationMs }),
        }),
      );
    }
    return result;
  }
  switch (codeOf(answer.fault)) {
    case 'no_component':
      io.out(noDirectoryLine(component));
      return ERRNO.ENOENT;
    case 'event_never_run':
      io.out(neverRunLine(component, event));
      return ERRNO.EINVAL;
    default:
      return reportFault(io, answer.fault);
  }
}

async function list(component: string, { io, daemon }: Shell): Promise<number> {
  const answer = await daemon.ask(getComponent, { parameters: { component } });
  if (!answer.ok) {
    reportFault(io, answer.fault);
    return codeOf(answer.fault) === 'no_component' ? ERRNO.ENOENT : reportedStatus(answer.fault);
  }
  const { installed, scripts, fault } = answer.reply;
  if (fault !== undefined && scripts.length === 0) {
    refuse(io, fault);
    return ERRNO.ENOENT;
  }
  io.out(scriptList(installed, scripts));
  return 0;
}

async function enable(action: 'enable' | 'disable', component: string, script: string, { io, daemon }: Shell): Promise<number> {
  const address = action === 'enable' ? enableComponentScript : disableComponentScript;
  const answer = await daemon.ask(address, { parameters: { component, script } });
  if (answer.ok) return 0;
  switch (codeOf(answer.fault)) {
    case 'no_component':
    case 'no_such_event_script':
      // What is not there does not run: CTDB has nothing to say to that.
      if (action === 'disable') return 0;
      io.out(`Script ${script} does not exist in ${component}\n`);
      return ERRNO.ENOENT;
    case 'not_an_event_script':
      io.out(`Script ${script} is invalid in ${component}\n`);
      return ERRNO.EINVAL;
    case 'not_a_file_or_link':
      reportFault(io, answer.fault);
      return ERRNO.EINVAL;
    case 'script_not_changed':
      reportFault(io, answer.fault);
      return ERRNO.EIO;
    default:
      return reportFault(io, answer.fault);
  }
}

const reportedStatus = (fault: DaemonFault): number => (fault.code === 'no_daemon' || fault.code === 'no_answer' ? 3 : 2);
