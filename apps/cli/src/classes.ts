import { CLASS_WORDS, type EntryClass, findEvent } from '@fallover/events';
import { nearest } from './nearest.ts';
import { visibleLine } from './visible.ts';

/** The classes of what is configured, each by the words of clmgr for it, and which class of the definition a name is of there. */
const CLASSES: readonly { words: readonly string[]; of: (name: string) => EntryClass }[] = [
  { words: ['cluster'], of: () => 'cluster' },
  { words: ['node'], of: () => 'node' },
  { words: ['site'], of: () => 'site' },
  { words: ['network'], of: () => 'network' },
  { words: ['interface'], of: () => 'interface' },
  { words: ['service_label', 'service_ip'], of: () => 'service_label' },
  // As in clmgr both kinds of events are one class; `custom` is what `query` calls the custom ones alone.
  { words: ['event', 'custom', 'custom_event'], of: (name) => (findEvent(name) ? 'event' : 'custom_event') },
  { words: ['script'], of: () => 'script' },
  { words: ['method', 'notification_method'], of: () => 'notification_method' },
];

/** The words that help and suggestions have for the classes. */
export const CLASS_NAMES: readonly string[] = CLASSES.map(({ words: [word = ''] }) => word);

/** The class of the definition that is meant; undefined when the shell has no such class. */
export const entryClassOf = (word: string, name: string): EntryClass | undefined =>
  CLASSES.find(({ words }) => words.includes(word))?.of(name);

export const capital = (text: string): string => text.slice(0, 1).toUpperCase() + text.slice(1);

/** `custom event check_disk`, as a sentence has it. */
export const entryWords = (entry: { class: EntryClass; name: string }): string =>
  `${CLASS_WORDS[entry.class].one} ${visibleLine(entry.name)}`;

/** For a class that is none, or not one here: which was probably meant, or all that could be. */
export function classWayOut(word: string, known: readonly string[]): string {
  const meant = nearest(word, known);
  return meant === undefined ? `Give one of ${known.join(', ')}.` : `Did you mean ${meant}?`;
}
