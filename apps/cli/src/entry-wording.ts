import { attributeOf, type EntryClass, type InputFault, inputSentence, labelOf } from '@fallover/events';
import type { DaemonFault } from './control-socket.ts';
import type { Io } from './io.ts';
import { refuse } from './report.ts';
import { visibleLine } from './visible.ts';

/** How a field is called on a command line; of a library script the text comes from a file. */
export const shellWord = (field: string, entryClass?: EntryClass): string => {
  if (field === 'name' || field === 'event') return 'NAME';
  if (field.startsWith('settings.')) return `SETTING.${field.slice('settings.'.length)}`;
  return field === 'content' && entryClass === 'script' ? 'FILE' : attributeOf(field);
};

/** The browser's words for a field are its label in the panel; here it is the attribute. */
export function inAttribute(
  { field, sentence }: { field?: string | undefined; sentence: string },
  entryClass?: EntryClass,
): string {
  if (field === undefined) return sentence;
  const [label, word] = [labelOf(field), shellWord(field, entryClass)];
  if (sentence.startsWith(label)) return word + sentence.slice(label.length);
  // A transport speaks of its settings in its own words.
  return entryClass === 'notification_method' ? `${word}: ${sentence}` : sentence;
}

export function inAttributes(fault: DaemonFault, entryClass?: EntryClass): DaemonFault {
  if (fault.code !== 'refused' || !fault.problem.faults) return fault;
  const faults = fault.problem.faults.map((one) => ({ ...one, sentence: inAttribute(one, entryClass) }));
  return { ...fault, problem: { ...fault.problem, title: faults.map(({ sentence }) => sentence).join(' '), faults } };
}

/** Says what is wrong with the attributes of a command line. */
export function refuseFaults(io: Io, faults: readonly InputFault[], entryClass: EntryClass, usage: string): number {
  const [first = '', ...more] = faults.map((fault) =>
    visibleLine(inputSentence(asTyped(fault, entryClass), (field) => shellWord(field, entryClass))),
  );
  return refuse(io, first, ...more, `Usage: ${usage}`);
}

/** Nobody types the digest of a script, but the name of its file. */
const asTyped = (fault: InputFault, entryClass: EntryClass): InputFault =>
  fault.code === 'unknown_attribute' && entryClass === 'script'
    ? { ...fault, known: fault.known.map((attribute) => (attribute === attributeOf('content') ? 'FILE' : attribute)) }
    : fault;
