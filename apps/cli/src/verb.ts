import type { RunVerb } from './shell.ts';

/** A word behind `fallover`: what its help says, and where what it does is. */
export interface Verb {
  name: string;
  usage: readonly string[];
  /** One sentence for the list of verbs. */
  summary: string;
  /** More for the verb's own help. */
  help?: readonly string[];
  /** An event's arguments follow: from EVENT on, nothing is an option of the shell's. */
  eventArguments?: true;
  /** What it exits with when it is not carried out; 2 or 3 unless said. */
  notRun?: 125;
  /** Only what is used is loaded, so that every verb starts fast. */
  load(): Promise<RunVerb>;
}
