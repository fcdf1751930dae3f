import { describe, expect, it } from 'vitest';
import { START_FAULTS, type StartFaultCode } from '../runs/types.ts';
import { startFaultSentence } from './start-fault.ts';

const SENTENCES: Record<StartFaultCode, string> = {
  command_not_found:
    'There is no file "/opt/ha/x" on this node. Put the command there, or correct the pathname in the configuration.',
  custom_event_not_defined: 'The custom event "/opt/ha/x" has no script in the active configuration. Add one and synchronise.',
  not_a_regular_file: '"/opt/ha/x" is not a regular file. A command has to be a file, not a directory, a device or a pipe.',
  not_executable: '"/opt/ha/x" is not executable (EWORD). Make it so with chmod u+x.',
  no_interpreter:
    '"/opt/ha/x" is not a program, and its first line names no interpreter that can be started (EWORD). Begin the script with a line such as #!/bin/sh.',
  owner_not_trusted:
    '"/opt/ha/x" belongs to a user who is not trusted. Give it to root, or to the user that the cluster manager runs as, with chown.',
  writable_by_others: '"/opt/ha/x" can be written by its group or by others. Forbid that with chmod go-w.',
  directory_not_trusted:
    'The directory "/opt/ha/x" above the command is not trusted: it can be written by its group or by others, or its owner is neither root nor the user that the cluster manager runs as. Use chmod go-w and chown.',
  not_in_active_configuration:
    '"/opt/ha/x" is not a command of this step in the active configuration. Synchronise the configuration, then run the event again.',
  script_library_off:
    '"/opt/ha/x" is a script of a script library that the cluster manager of this node was not started with, so it was not started. Start the cluster manager with --script-library and the directory above "current".',
  script_not_in_revision:
    'There is no script "/opt/ha/x" in the script library of this configuration. Add it there, or correct the pathname, and synchronise.',
  script_not_laid_down:
    'The library script "/opt/ha/x" is not laid down on this node (EWORD), so it was not started. Synchronise lays it down anew.',
  script_differs:
    'The library script "/opt/ha/x" was changed on this node since it was laid down, so it was not started. Synchronise lays it down anew.',
  log_not_writable:
    'The output of "/opt/ha/x" cannot be written to the run\'s log (EWORD), so the command was not started. Make room or repair the disk.',
  not_a_member:
    '"/opt/ha/x" was not started: the store has not confirmed in time that this node is a member of the cluster, so another node may act in its place by now. See whether this node reaches the store; it joins again by itself.',
  cannot_start: '"/opt/ha/x" could not be started (EWORD).',
};

describe('why a command was not started', () => {
  it.each(START_FAULTS.map((code) => ({ code })))('is a sentence for $code', ({ code }) => {
    expect(startFaultSentence({ code, path: '/opt/ha/x', reason: 'EWORD' })).toBe(SENTENCES[code]);
  });

  it("does without the system's word when there is none", () => {
    expect(startFaultSentence({ code: 'cannot_start', path: '/opt/ha/x' })).toBe('"/opt/ha/x" could not be started.');
  });
});
