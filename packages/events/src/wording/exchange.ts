import { CLASS_WORDS } from '../definition/fields.ts';
import type { EntryClass } from '../definition/types.ts';
import { type InputFault, inputSentence } from './input.ts';
import { quoted } from './quoted.ts';

/** Why a file cannot be read into the configuration. `line` counts from 1. */
export type ExchangeFault =
  | { code: 'file_too_long'; length: number; most: number }
  | { code: 'file_empty' }
  | { code: 'format_not_recognised'; line: number; text: string }
  | { code: 'too_many_entries'; line: number; most: number }
  | { code: 'too_many_nodes'; count: number; most: number }
  | { code: 'more_faults'; count: number }
  | { code: 'not_json'; line: number; text: string; wanted: string }
  | { code: 'nested_too_deeply'; line: number; most: number }
  | { code: 'key_twice'; line: number; key: string }
  | { code: 'not_an_export'; line: number; wanted: string }
  | { code: 'unknown_format'; line: number; text: string }
  | { code: 'unknown_key'; line: number; key: string; known: readonly string[] }
  | { code: 'unknown_class'; line: number; text: string; known: readonly string[] }
  | { code: 'unknown_field'; line: number; class: EntryClass; text: string; known: readonly string[] }
  | { code: 'value_of_another_kind'; line: number; field: string; wanted: string }
  | { code: 'name_not_accepted'; line: number; text: string; what: string }
  | { code: 'entry_twice'; line: number; class: EntryClass; name: string; first: number }
  | { code: 'value_twice'; line: number; class: EntryClass; name: string; field: string; node?: string; first: number }
  | { code: 'value_too_long'; line: number; field: string; length: number; most: number }
  | { code: 'too_many_names'; line: number; field: string; count: number; most: number }
  | { code: 'script_not_plain_text'; line: number; name: string }
  | { code: 'value_not_accepted'; line?: number; class: EntryClass; name: string; fault: InputFault }
  | { code: 'quotes_not_closed'; line: number }
  | { code: 'text_behind_quotes'; line: number; text: string }
  | { code: 'too_many_cells'; line: number; count: number; most: number }
  | { code: 'unknown_heading'; line: number; text: string; known: readonly string[] }
  | { code: 'heading_twice'; line: number; text: string }
  | { code: 'heading_missing'; line: number; text: string }
  | { code: 'cell_missing'; line: number; heading: string }
  | { code: 'cell_out_of_place'; line: number; heading: string; row: string }
  | { code: 'not_a_stanza'; line: number; text: string }
  | { code: 'not_a_stanza_value'; line: number; field: string; text: string }
  | { code: 'stanza_field_twice'; line: number; field: string; first: number }
  | { code: 'stanza_without_name'; line: number; class: string };

/** What a file has and the configuration cannot hold, and what is worth knowing of it; `line` is of the first place. */
export type ExchangeNote =
  | { code: 'of_another_cluster'; line?: number; text: string; cluster: string }
  | { code: 'message_catalogue'; line: number; fields: readonly string[]; count: number }
  | { code: 'unknown_stanza_field'; line: number; class: string; field: string; count: number }
  | { code: 'unknown_stanza_class'; line: number; class: string; count: number }
  | { code: 'more_unknown'; line: number; count: number }
  | { code: 'event_not_known'; line: number; text: string }
  | { code: 'user_defined_event'; line: number; text: string }
  | { code: 'custom_method_of_another_type'; line: number; text: string; type: string }
  | { code: 'default_event_command'; line: number; count: number };

export function exchangeSentence(fault: ExchangeFault): string {
  return 'line' in fault && fault.line !== undefined ? `Line ${fault.line}: ${faultWords(fault)}` : faultWords(fault);
}

export function exchangeNoteSentence(note: ExchangeNote): string {
  if (note.line !== undefined) return `Line ${note.line}: ${noteWords(note)}`;
  const words = noteWords(note);
  return `${words.slice(0, 1).toUpperCase()}${words.slice(1)}`;
}

function faultWords(fault: ExchangeFault): string {
  switch (fault.code) {
    case 'file_too_long':
      return `The file has ${fault.length} characters. Give one of ${fault.most} at most.`;
    case 'file_empty':
      return 'The file is empty. Give one that "fallover export" has written, or the output of odmget.';
    case 'format_not_recognised':
      return `${quoted(fault.text)} begins neither JSON, nor one of the CSV files that "fallover export" writes, nor a stanza such as HACMPevent:. Say the format, or give another file.`;
    case 'too_many_entries':
      return `the file has more than ${fault.most} entries. Divide it.`;
    case 'too_many_nodes':
      return `With the file the configuration would have ${fault.count} nodes. It can have ${fault.most} at most.`;
    case 'more_faults':
      return fault.count === 1
        ? 'One more fault is not shown. Mend these first.'
        : `${fault.count} more faults are not shown. Mend these first.`;
    case 'not_json':
      return `this is not JSON: ${fault.text === '' ? 'the file ends' : quoted(fault.text)} where ${fault.wanted} should be.`;
    case 'nested_too_deeply':
      return `more than ${fault.most} objects and lists are within each other. A configuration needs six.`;
    case 'key_twice':
      return `the key ${quoted(fault.key)} is given twice in one object. Give it once.`;
    case 'not_an_export':
      return `${fault.wanted} is wanted here, as "fallover export --format json" writes it.`;
    case 'unknown_format':
      return `the format ${quoted(fault.text)} is not known to this version, which reads format 1. Export the file anew, or update Fallover.`;
    case 'unknown_key':
      return `${quoted(fault.key)} is not a key here. The keys are: ${fault.known.join(' ')}`;
    case 'unknown_class':
      return `${quoted(fault.text)} is not a class. The classes are: ${fault.known.join(' ')}`;
    case 'unknown_field':
      return `${quoted(fault.text)} is not a field of ${article(CLASS_WORDS[fault.class].one)}. The fields are: ${fault.known.join(' ')}`;
    case 'value_of_another_kind':
      return `${fault.field} has to be ${fault.wanted}.`;
    case 'name_not_accepted':
      return `${quoted(fault.text)} is not the name of ${article(fault.what)}. A name has 1 to 64 letters, digits, dots, underscores and hyphens, and begins with a letter or a digit.`;
    case 'entry_twice':
      return `${CLASS_WORDS[fault.class].one} ${quoted(fault.name)} stands on line ${fault.first} already. Put all of it into one place.`;
    case 'value_twice':
      return `${fault.field} of ${CLASS_WORDS[fault.class].one} ${quoted(fault.name)}${fault.node === undefined ? '' : ` on node ${fault.node}`} stands on line ${fault.first} already. Give it once.`;
    case 'value_too_long':
      return `${fault.field} has ${fault.length} characters. Give ${fault.most} at most.`;
    case 'too_many_names':
      return `${fault.field} has ${fault.count} names. Give ${fault.most} at most.`;
    case 'script_not_plain_text':
      return `the text of library script ${quoted(fault.name)} has a NUL character in it, or half of a character. Give a script that can be run.`;
    case 'value_not_accepted':
      return `${CLASS_WORDS[fault.class].one} ${quoted(fault.name)}: ${inputSentence(fault.fault)}`;
    case 'quotes_not_closed':
      return 'the quotes that begin here are not closed. Close them; quotes within a value are doubled in CSV, and have a backslash before them in a stanza.';
    case 'text_behind_quotes':
      return `${quoted(fault.text)} stands behind closing quotes. Quotes within a value are doubled in CSV, and have a backslash before them in a stanza.`;
    case 'too_many_cells':
      return `the row has ${fault.count} cells, and the headings are ${fault.most}. Put a value that has a separator in it into quotes.`;
    case 'unknown_heading':
      return `${quoted(fault.text)} is not a heading here. The headings are: ${fault.known.join(', ')}`;
    case 'heading_twice':
      return `the heading ${quoted(fault.text)} is there twice. Leave one column out.`;
    case 'heading_missing':
      return `the heading ${quoted(fault.text)} is missing. The first line has the headings.`;
    case 'cell_missing':
      return `${fault.heading} is empty. Fill it in, or leave the whole row out.`;
    case 'cell_out_of_place':
      return `${fault.heading} is given in a row of ${fault.row}. Empty the cell, or put it into a row of its own.`;
    case 'not_a_stanza':
      return `${quoted(fault.text)} is neither the class of a stanza, such as HACMPevent:, nor a field = value.`;
    case 'not_a_stanza_value':
      return `${fault.field}: ${quoted(fault.text)} is not a value of it. Strings stand in double quotes; count and event_duration are whole numbers.`;
    case 'stanza_field_twice':
      return `${quoted(fault.field)} stands in this stanza on line ${fault.first} already. Give it once.`;
    case 'stanza_without_name':
      return `the stanza ${fault.class} has no name. Give it a line such as name = "node_up".`;
  }
}

function noteWords(note: ExchangeNote): string {
  switch (note.code) {
    case 'of_another_cluster':
      return `the file is of the cluster ${quoted(note.text)}; it is read into ${quoted(note.cluster)}.`;
    case 'message_catalogue':
      return `${note.fields.join(', ')} name texts of AIX's message catalogue. Fallover has texts of its own; ${left(note.count)}.`;
    case 'unknown_stanza_field':
      return `${note.class} has the field ${quoted(note.field)}, which the configuration cannot hold; ${left(note.count)}.`;
    case 'unknown_stanza_class':
      return `stanzas of the class ${quoted(note.class)} cannot be read; ${left(note.count)}.`;
    case 'more_unknown':
      return `there are ${note.count} more values of fields and classes that the configuration cannot hold; all were left out.`;
    case 'event_not_known':
      return `Fallover has no event ${quoted(note.text)}; what is customised on it was left out.`;
    case 'user_defined_event':
      return `user-defined event ${quoted(note.text)} was left out: the configuration cannot hold user-defined events yet.`;
    case 'custom_method_of_another_type':
      return `${quoted(note.text)} is a custom method of the type ${quoted(note.type)}, not of events; it was left out.`;
    case 'default_event_command':
      return `the event command is the one that the product ships with${note.count === 1 ? '' : ` (in ${note.count} stanzas)`}; Fallover runs its own.`;
  }
}

const left = (count: number): string => (count === 1 ? 'it was left out' : `${count} of them were left out`);

const article = (words: string): string => `${/^[aeiou]/i.test(words) ? 'an' : 'a'} ${words}`;
