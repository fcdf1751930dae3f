import type { DefinitionDocument, EventCustomization } from '../definition/types.ts';
import { parseProgram } from './parse-program.ts';
import { predefinedProgram } from './predefined.ts';
import type { RecoveryProgram } from './types.ts';

type Entries = Pick<DefinitionDocument, 'entries'>;

/** The text that replaces the predefined programs of an event; undefined where none does. */
export function replacedProgramText({ entries }: Entries, event: string): string | undefined {
  const found = entries.find((entry) => entry.class === 'event' && entry.name === event);
  return (found?.fields as EventCustomization | undefined)?.recoveryProgram?.cluster;
}

/** The same, read. What is configured was read before it was kept; what cannot be read all the same replaces nothing. */
export function replacedProgram(document: Entries, event: string): RecoveryProgram | undefined {
  const text = replacedProgramText(document, event);
  const read = text === undefined ? undefined : parseProgram(text);
  return read?.ok ? read.value : undefined;
}

/** The program in force. */
export const programOf = (document: Entries, event: string, args: readonly string[]): RecoveryProgram =>
  replacedProgram(document, event) ?? predefinedProgram(event, args);
