/** What can go wrong with a log that is written. Events go on without it. */
export type LogWriteFault =
  | { code: 'log_not_writable'; path: string; reason: string }
  | { code: 'log_disk_full'; path: string; reason: string }
  | { code: 'log_not_rotated'; path: string; reason: string };

/** What can go wrong with a log that is read. */
export type LogReadFault =
  | { code: 'log_not_found'; path: string }
  | { code: 'log_not_a_regular_file'; path: string }
  | { code: 'log_not_readable'; path: string; reason: string };

export function logWriteSentence(fault: LogWriteFault): string {
  switch (fault.code) {
    case 'log_not_writable':
      return `The log ${fault.path} cannot be written (${fault.reason}). Events go on without it; check the directory and its permissions.`;
    case 'log_disk_full':
      return `The log ${fault.path} cannot be written: no space is left for it (${fault.reason}). Events go on without it; free some space.`;
    case 'log_not_rotated':
      return `The log ${fault.path} cannot be rotated (${fault.reason}) and goes on growing; check the directory and its permissions.`;
  }
}

export function logReadSentence(fault: LogReadFault): string {
  switch (fault.code) {
    case 'log_not_found':
      return `There is no log ${fault.path}. Name a file such as hacmp.out with --file.`;
    case 'log_not_a_regular_file':
      return `${fault.path} is not a regular file. Name a log such as hacmp.out with --file.`;
    case 'log_not_readable':
      return `The log ${fault.path} cannot be read (${fault.reason}). Check its permissions.`;
  }
}
