/** Characters of a file; what is longer is refused before it is read. */
export const LONGEST_IMPORT = 4 * 1024 * 1024;
/** Of the classes together. */
export const MOST_ENTRIES = 50_000;
/** Of the draft that an import leads to; a cluster has 32 at most, and who writes a file may prepare several. */
export const MOST_NODES = 256;
/** Objects and lists within each other; a configuration needs six. */
export const DEEPEST_JSON = 16;
/** Of a list of names; the other values have shorter bounds of their own. */
export const MOST_NAMES = 200;
/** Characters of a value that is no script. */
export const LONGEST_VALUE = 16 * 1024;
/** Characters of a list of settings as text: as many as a list may have, most of them as long as one can be. */
export const LONGEST_SETTINGS = 256 * 1024;
/** Characters of a library script. */
export const LONGEST_SCRIPT = 256 * 1024;
/** Whoever has so many to mend needs no more; the rest is counted. */
export const MOST_FAULTS = 100;
