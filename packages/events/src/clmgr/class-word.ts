import type { EntryClass } from '../definition/types.ts';

const CLASS_WORDS_OF_CLMGR: Partial<Record<EntryClass, string>> = { custom_event: 'event', notification_method: 'method' };

/** The class as a command line has it: predefined and custom events are one there, as in clmgr. */
export const classWord = (entryClass: EntryClass): string => CLASS_WORDS_OF_CLMGR[entryClass] ?? entryClass;
