import type { ScriptTextFault, ScriptTextWarning } from '../script-library/check-text.ts';
import type { LibraryFinding } from '../verification/library.ts';
import { quoted } from './quoted.ts';

/** What verification finds about the script library, and what to do about it. */
export function libraryFindingSentence(finding: LibraryFinding): string {
  const script = `The library script ${finding.name}`;
  switch (finding.code) {
    case 'script_library_off':
      return `${script} cannot be laid down on node ${finding.node}: the cluster manager there was started without a script library. Start it with --script-library, or delete the script.`;
    case 'script_library_elsewhere':
      return `The script library of node ${finding.node} is ${finding.directory}, that of other nodes ${finding.expected}. Start each cluster manager with the same --script-library.`;
    case 'script_bytes_missing':
      return `${script} has no text in the store, only its SHA-256. Change the script, or import it with its text.`;
    case 'script_missing':
      return `${script} is not in ${finding.directory} on node ${finding.node} although it is active; it will not be started. Synchronise lays it down anew.`;
    case 'script_differs':
      return `${script} in ${finding.directory} on node ${finding.node} is not what was laid down: somebody has changed it, or its owner or permissions; it will not be started. Synchronise lays it down anew.`;
    case 'current_set_differs':
      return `${finding.directory}/current on node ${finding.node} does not lead to the scripts of the active revision. The cluster manager does not go by it, but other software may. Synchronise puts it right.`;
    case 'script_not_used':
      return `${script} is not used: no command is ${finding.path}. Give that to a command, or delete the script.`;
  }
}

/** Why a text cannot become a script of the library. */
export function scriptTextSentence(fault: ScriptTextFault): string {
  switch (fault.code) {
    case 'nul_in_script':
      return `Line ${fault.line} has a NUL character in it, which no script can have. Leave it out.`;
    case 'half_character_in_script':
      return `Line ${fault.line} has half of a character in it. Type that character anew.`;
  }
}

/** What keeps a script from being started as it is meant. */
export function scriptTextWarningSentence(warning: ScriptTextWarning): string {
  switch (warning.code) {
    case 'no_interpreter_line':
      return 'The first line names no interpreter, so the script cannot be started. Begin it with a line such as #!/bin/sh.';
    case 'interpreter_not_a_pathname':
      return `The interpreter ${quoted(warning.interpreter)} of the first line is not a full pathname. Give one, such as /bin/sh.`;
    case 'carriage_returns':
      return `${warning.lines === 1 ? `Line ${warning.first} ends` : `${warning.lines} lines, the first of them line ${warning.first}, end`} with a carriage return, which an interpreter takes for a part of the line. Save the script with line ends of Unix.`;
  }
}
