/** What a verb sees of the terminal. Text comes with its own line ends. */
export interface Io {
  out(text: string): void;
  err(text: string): void;
  /** The standard input, to its end. */
  input(): AsyncIterable<Uint8Array>;
  /** Asks for a line that is not shown while it is typed; missing where nobody sits at a terminal, undefined when they give up. */
  ask?: ((prompt: string) => Promise<string | undefined>) | undefined;
  env: Readonly<Record<string, string | undefined>>;
  /** Calls back on Ctrl-C or TERM; the returned function stops that. */
  onInterrupt(listener: (signal: 'SIGINT' | 'SIGTERM') => void): () => void;
}

/** Exit statuses of every verb but `run` and `call-event`, which exit with the event's. */
export const EXIT = { done: 0, failed: 1, refused: 2, noDaemon: 3 } as const;

/** Of `run` and `call-event`, when Fallover itself refused or found no daemon. */
export const NOT_RUN = 125;
