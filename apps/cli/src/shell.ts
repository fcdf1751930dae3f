import type { Daemon } from './control-socket.ts';
import type { Io } from './io.ts';

/** What every verb works with. */
export interface Shell {
  io: Io;
  daemon: Daemon;
  /** The state directory in use. */
  state: string;
  /** Of the verb, on one line. */
  usage: string;
}

/** A verb takes the words behind it and returns the exit status. */
export type RunVerb = (args: readonly string[], shell: Shell) => Promise<number>;
