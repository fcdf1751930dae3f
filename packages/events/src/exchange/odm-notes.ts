import type { ExchangeNote } from '../wording/exchange.ts';

/** As many different unknown fields and classes, and single entries left out, are told one by one. */
const MOST_NOTES = 200;

/** What stanzas have and the configuration cannot hold: the same of several stanzas is told once, with how many there are. */
export interface OdmNotes {
  add(note: ExchangeNote): void;
  unknownClass(stanzaClass: string, line: number): void;
  unknownField(stanzaClass: string, field: string, line: number): void;
  messageCatalogue(fields: readonly string[], line: number): void;
  defaultCommand(line: number): void;
  list(): ExchangeNote[];
}

export function odmNotes(): OdmNotes {
  const counted = new Map<string, ExchangeNote & { count: number; line: number }>();
  const single: ExchangeNote[] = [];
  let more: { code: 'more_unknown'; line: number; count: number } | undefined;

  const leaveOut = (line: number): void => {
    more = { code: 'more_unknown', line: more?.line ?? line, count: (more?.count ?? 0) + 1 };
  };
  const count = (key: string, note: ExchangeNote & { count: number; line: number }): void => {
    const known = counted.get(key);
    if (known) known.count += 1;
    else if (counted.size < MOST_NOTES) counted.set(key, note);
    else leaveOut(note.line);
  };

  return {
    add(note) {
      if (single.length < MOST_NOTES) single.push(note);
      else leaveOut(note.line ?? 1);
    },
    unknownClass: (stanzaClass, line) =>
      count(`class ${stanzaClass}`, { code: 'unknown_stanza_class', class: stanzaClass, line, count: 1 }),
    unknownField: (stanzaClass, field, line) =>
      count(`field ${stanzaClass} ${field}`, { code: 'unknown_stanza_field', class: stanzaClass, field, line, count: 1 }),
    messageCatalogue: (fields, line) =>
      count(`catalogue ${fields.join(' ')}`, { code: 'message_catalogue', fields, line, count: 1 }),
    defaultCommand: (line) => count('default', { code: 'default_event_command', line, count: 1 }),
    list: () => [...counted.values(), ...single, ...(more ? [more] : [])].sort((a, b) => (a.line ?? 0) - (b.line ?? 0)),
  };
}
