import type { StartFault } from '../runs/types.ts';
import { quoted } from './quoted.ts';

/** Why a command was not started, and what to do about it. */
export function startFaultSentence({ code, path, reason }: StartFault): string {
  const because = reason === undefined ? '' : ` (${reason})`;
  const named = quoted(path);
  switch (code) {
    case 'command_not_found':
      return `There is no file ${named} on this node. Put the command there, or correct the pathname in the configuration.`;
    case 'custom_event_not_defined':
      return `The custom event ${named} has no script in the active configuration. Add one and synchronise.`;
    case 'not_a_regular_file':
      return `${named} is not a regular file. A command has to be a file, not a directory, a device or a pipe.`;
    case 'not_executable':
      return `${named} is not executable${because}. Make it so with chmod u+x.`;
    case 'no_interpreter':
      return `${named} is not a program, and its first line names no interpreter that can be started${because}. Begin the script with a line such as #!/bin/sh.`;
    case 'owner_not_trusted':
      return `${named} belongs to a user who is not trusted. Give it to root, or to the user that the cluster manager runs as, with chown.`;
    case 'writable_by_others':
      return `${named} can be written by its group or by others. Forbid that with chmod go-w.`;
    case 'directory_not_trusted':
      return `The directory ${named} above the command is not trusted: it can be written by its group or by others, or its owner is neither root nor the user that the cluster manager runs as. Use chmod go-w and chown.`;
    case 'not_in_active_configuration':
      return `${named} is not a command of this step in the active configuration. Synchronise the configuration, then run the event again.`;
    case 'log_not_writable':
      return `The output of ${named} cannot be written to the run's log${because}, so the command was not started. Make room or repair the disk.`;
    case 'cannot_start':
      return `${named} could not be started${because}.`;
  }
}
