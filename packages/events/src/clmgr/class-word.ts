import type { EntryClass } from '../definition/types.ts';

/** The class as a command line has it: predefined and custom events are one there, as in clmgr. */
export const classWord = (entryClass: EntryClass): string => (entryClass === 'custom_event' ? 'event' : entryClass);
