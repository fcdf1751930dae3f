import type { Problem } from '@fallover/contract';
import type { DaemonFault } from './control-socket.ts';
import { nearest } from './nearest.ts';
import type { UsageFault } from './options.ts';
import { visibleLine } from './visible.ts';

/** What is wrong with the words of a command line. */
export function usageSentence(fault: UsageFault): string {
  switch (fault.code) {
    case 'unknown_option': {
      const meant = nearest(
        fault.option.replace(/=.*/, ''),
        fault.known.map((name) => `--${name}`),
      );
      const way =
        meant === undefined ? 'Words that begin with "-" and are not options go behind "--".' : `Did you mean ${meant}?`;
      return `There is no option ${visibleLine(fault.option)} here. ${way}`;
    }
    case 'option_needs_value':
      return `--${fault.option} needs a value behind it.`;
    case 'option_takes_no_value':
      return `--${fault.option} takes no value; give it alone.`;
    case 'option_twice':
      return `--${fault.option} is given twice; give it once.`;
  }
}

/** Why there is no answer from the daemon, in lines: first what is wrong, then each field. */
export function daemonSentences(fault: DaemonFault): string[] {
  switch (fault.code) {
    case 'no_daemon':
      return [noDaemon(fault.socket, fault.reason)];
    case 'no_answer':
      return [
        fault.write
          ? 'The cluster manager went away before it answered; whether it did this is not known. "fallover query run" and "fallover query configuration" show what it did.'
          : 'The cluster manager went away before it answered. Ask again once it runs.',
      ];
    case 'not_an_answer':
      return [
        `What answers at the control socket is not Fallover's cluster manager, or one of another version (HTTP status ${fault.status}).`,
      ];
    case 'refused':
      return problemSentences(fault.problem).map(visibleLine);
  }
}

/** Each fault's own sentence, without a title that only says them once more. */
function problemSentences({ title, detail, faults = [] }: Problem): string[] {
  const sentences = faults.map(({ sentence }) => sentence);
  const titled = sentences.length === 0 || !sentences.every((sentence) => title.includes(sentence));
  return [...(titled ? [title] : []), ...sentences, ...(detail === undefined || detail === title ? [] : [detail])];
}

function noDaemon(socket: string, reason: string): string {
  switch (reason) {
    case 'path_too_long':
      return `The path of the control socket, ${socket}, is longer than the 107 bytes that the system allows. Use a state directory with a shorter path.`;
    case 'EACCES':
    case 'EPERM':
      return `The control socket ${socket} may not be used by this user. Run the command as the user who runs the cluster manager.`;
    default:
      return `No cluster manager runs with the state directory ${socket.replace(/\/control\.sock$/, '')}. Start it with "fallover start", or name another directory with --state or FALLOVER_STATE.`;
  }
}
