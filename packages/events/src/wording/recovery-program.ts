import type { ProgramFault } from '../recovery-programs/types.ts';
import { quoted } from './quoted.ts';

/** What is wrong on a line of a recovery program, and how to write it. The line is named by whoever shows the sentence. */
export function programFaultSentence(fault: ProgramFault): string {
  switch (fault.code) {
    case 'line_not_plain_text':
      return `${quoted(fault.text)} has a control character in it, or half of a character. Type the line anew.`;
    case 'unknown_node_set':
      return `${quoted(fault.text)} is no node set.${meant(fault.suggestion)} A line begins with all, event, other or barrier.`;
    case 'words_after_barrier':
      return `${quoted(fault.text)} stands behind barrier, which is alone on its line. Put it on a line of its own.`;
    case 'command_missing':
      return `The command is missing. Write ${fault.nodeSet} "COMMAND" 0 NULL, with the full pathname or the cluster event to run.`;
    case 'command_not_quoted':
      return `The command ${quoted(fault.text)} is not in double quotes. Write it as ${quoted(fault.quotedAs)}.`;
    case 'quote_not_closed':
      return `The double quote before ${quoted(fault.text)} is not closed. Close it behind the command.`;
    case 'command_with_arguments':
      return `The command ${quoted(fault.text)} has a blank in it: a command has no arguments. Put it with its arguments into a script, and name the script.`;
    case 'not_a_full_pathname':
      return `The command ${quoted(fault.text)} is not a full pathname. Begin it with /, without . or .. on the way.`;
    case 'pathname_too_long':
      return `The pathname of the command has more than ${fault.most} characters. Put the command in a place with a shorter one.`;
    case 'not_an_event':
      return `There is no cluster event ${quoted(fault.text)}.${meant(fault.suggestion)} Name a cluster event, or a command by its full pathname.`;
    case 'expected_status_missing':
      return 'The expected status is missing. Write a whole number from 0 to 255 behind the command, or X where any status will do.';
    case 'not_an_expected_status':
      return `The expected status ${quoted(fault.text)} is not one. Write a whole number from 0 to 255, or X where any status will do.`;
    case 'null_missing':
      return 'NULL is missing at the end of the line. Write it behind the expected status.';
    case 'not_null':
      return `${quoted(fault.text)} stands where only NULL can stand, behind the expected status. Write NULL.`;
    case 'words_after_null':
      return `${quoted(fault.text)} stands behind NULL, where nothing can stand. Take it out; a comment begins with #.`;
    case 'no_recovery_command':
      return 'The program has no recovery command, so it would do nothing. Write at least one line such as all "/opt/recover" 0 NULL.';
  }
}

const meant = (suggestion: string | undefined): string => (suggestion === undefined ? '' : ` Did you mean ${suggestion}?`);
