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
    case 'script_library_off':
      return `${named} is a script of a script library that the cluster manager of this node was not started with, so it was not started. Start the cluster manager with --script-library and the directory above "current".`;
    case 'script_not_in_revision':
      return `There is no script ${named} in the script library of this configuration. Add it there, or correct the pathname, and synchronise.`;
    case 'script_not_laid_down':
      return `The library script ${named} is not laid down on this node${because}, so it was not started. Synchronise lays it down anew.`;
    case 'script_differs':
      return `The library script ${named} was changed on this node since it was laid down, so it was not started. Synchronise lays it down anew.`;
    case 'log_not_writable':
      return `The output of ${named} cannot be written to the run's log${because}, so the command was not started. Make room or repair the disk.`;
    case 'not_a_member':
      return `${named} was not started: the store has not confirmed in time that this node is a member of the cluster, so another node may act in its place by now. See whether this node reaches the store; it joins again by itself.`;
    case 'cannot_start':
      return `${named} could not be started${because}.`;
  }
}
