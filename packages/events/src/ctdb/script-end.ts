import type { StartFault } from '../runs/types.ts';
import { ERRNO } from './errno.ts';
import type { EventOutcomeKind, ScriptStatus } from './words.ts';

/** How the process of an event script ended, or why there was none. */
export interface ScriptEnd {
  /** As a shell tells it. */
  exitStatus: number;
  signal?: string;
  /** It was not started. */
  fault?: StartFault;
  /** The deadline of the event came. */
  timedOut?: boolean;
  /** Its file was there when the event began, and gone when its turn came. */
  gone?: boolean;
}

export interface JudgedScript {
  status: ScriptStatus;
  /** As CTDB keeps it: 0, the exit status, or an errno below zero. */
  summary: number;
}

/**
 * The status of a script by how it ended: 0 and 64 are OK; 1 to 63 and 255 an ERROR; 65 to 254 say 64 and an errno, of which
 * ENOEXEC and EACCES are DISABLED and ETIMEDOUT is TIMEDOUT. A signal is CANNOT RUN.
 */
export function judgeScript(end: ScriptEnd): JudgedScript {
  if (end.timedOut) return byErrno(ERRNO.ETIMEDOUT);
  if (end.gone) return byErrno(ERRNO.ENOEXEC);
  if (end.fault) return byErrno(errnoOf(end.fault));
  if (end.signal !== undefined) return byErrno(ERRNO.EINTR);
  const { exitStatus } = end;
  if (exitStatus === 0 || exitStatus === 64) return { status: 'OK', summary: 0 };
  if (exitStatus > 64 && exitStatus < 255) return byErrno(exitStatus - 64);
  return { status: 'ERROR', summary: exitStatus };
}

function byErrno(errno: number): JudgedScript {
  switch (errno) {
    case ERRNO.ENOEXEC:
    case ERRNO.EACCES:
      return { status: 'DISABLED', summary: -ERRNO.ENOEXEC };
    case ERRNO.ETIMEDOUT:
      return { status: 'TIMEDOUT', summary: -errno };
    default:
      return { status: 'CANNOT RUN', summary: -errno };
  }
}

/** What execve would say; EPERM for what it would not mind, and this product does: a file that others can write to. */
function errnoOf(fault: StartFault): number {
  switch (fault.code) {
    case 'command_not_found':
      return ERRNO.ENOENT;
    case 'not_executable':
    case 'not_a_regular_file':
      return ERRNO.EACCES;
    case 'no_interpreter':
      // Without a reason there is no #! at all, and it is no program either.
      return fault.reason === undefined || fault.reason === 'ENOEXEC'
        ? ERRNO.ENOEXEC
        : fault.reason === 'EACCES'
          ? ERRNO.EACCES
          : ERRNO.ENOENT;
    case 'owner_not_trusted':
    case 'writable_by_others':
    case 'directory_not_trusted':
      return ERRNO.EPERM;
    default:
      return ERRNO.EIO;
  }
}

/** Whether the event goes on behind a script, and what it comes to where it does not. */
export function endsEvent({ summary, status }: JudgedScript): EventOutcomeKind | undefined {
  if (status === 'OK' || status === 'DISABLED') return undefined;
  if (status === 'TIMEDOUT') return 'timed_out';
  return summary === -ERRNO.ECANCELED ? 'cancelled' : 'failed';
}

/** The exit status of `ctdb event run`. */
export function resultOf(outcome: EventOutcomeKind): number {
  switch (outcome) {
    case 'ok':
      return 0;
    case 'failed':
      return ERRNO.ENOEXEC;
    case 'timed_out':
      return ERRNO.ETIMEDOUT;
    case 'cancelled':
      return ERRNO.ECANCELED;
    case 'no_directory':
      return ERRNO.ENOENT;
    case 'interrupted':
      return ERRNO.EIO;
  }
}
