import { describe, expect, it } from 'vitest';
import { type ExchangeFault, type ExchangeNote, exchangeNoteSentence, exchangeSentence } from './exchange.ts';

const FAULTS: Record<ExchangeFault['code'], [fault: ExchangeFault, sentence: string]> = {
  file_too_long: [
    { code: 'file_too_long', length: 5_000_000, most: 4_194_304 },
    'The file has 5000000 characters. Give one of 4194304 at most.',
  ],
  file_empty: [
    { code: 'file_empty' },
    'The file is empty. Give one that "fallover export" has written, or the output of odmget.',
  ],
  format_not_recognised: [
    { code: 'format_not_recognised', line: 3, text: 'Dear all' },
    'Line 3: "Dear all" begins neither JSON, nor one of the CSV files that "fallover export" writes, nor a stanza such as HACMPevent:. Say the format, or give another file.',
  ],
  too_many_entries: [
    { code: 'too_many_entries', line: 9, most: 50_000 },
    'Line 9: the file has more than 50000 entries. Divide it.',
  ],
  too_many_nodes: [
    { code: 'too_many_nodes', count: 300, most: 256 },
    'With the file the configuration would have 300 nodes. It can have 256 at most.',
  ],
  more_faults: [{ code: 'more_faults', count: 7 }, '7 more faults are not shown. Mend these first.'],
  not_json: [
    { code: 'not_json', line: 2, text: '}', wanted: 'a value' },
    'Line 2: this is not JSON: "}" where a value should be.',
  ],
  nested_too_deeply: [
    { code: 'nested_too_deeply', line: 1, most: 16 },
    'Line 1: more than 16 objects and lists are within each other. A configuration needs six.',
  ],
  key_twice: [
    { code: 'key_twice', line: 4, key: 'fields' },
    'Line 4: the key "fields" is given twice in one object. Give it once.',
  ],
  not_an_export: [
    { code: 'not_an_export', line: 1, wanted: '"entries" with a list' },
    'Line 1: "entries" with a list is wanted here, as "fallover export --format json" writes it.',
  ],
  unknown_format: [
    { code: 'unknown_format', line: 2, text: '2' },
    'Line 2: the format "2" is not known to this version, which reads format 1. Export the file anew, or update Fallover.',
  ],
  unknown_key: [
    { code: 'unknown_key', line: 5, key: 'node', known: ['cluster', 'nodes'] },
    'Line 5: "node" is not a key here. The keys are: cluster nodes',
  ],
  unknown_class: [
    { code: 'unknown_class', line: 5, text: 'events', known: ['node', 'event'] },
    'Line 5: "events" is not a class. The classes are: node event',
  ],
  unknown_field: [
    { code: 'unknown_field', line: 5, class: 'interface', text: 'MAC', known: ['NODE', 'NETWORK'] },
    'Line 5: "MAC" is not a field of a network interface. The fields are: NODE NETWORK',
  ],
  value_of_another_kind: [
    { code: 'value_of_another_kind', line: 6, field: 'Recovery Command Retry', wanted: 'a number without quotes' },
    'Line 6: Recovery Command Retry has to be a number without quotes.',
  ],
  name_not_accepted: [
    { code: 'name_not_accepted', line: 6, text: '__proto__', what: 'event' },
    'Line 6: "__proto__" is not the name of an event. A name has 1 to 64 letters, digits, dots, underscores and hyphens, and begins with a letter or a digit.',
  ],
  entry_twice: [
    { code: 'entry_twice', line: 20, class: 'event', name: 'node_up', first: 3 },
    'Line 20: event "node_up" stands on line 3 already. Put all of it into one place.',
  ],
  value_twice: [
    { code: 'value_twice', line: 20, class: 'event', name: 'node_up', field: 'Notify Command', node: 'nodea', first: 3 },
    'Line 20: Notify Command of event "node_up" on node nodea stands on line 3 already. Give it once.',
  ],
  value_too_long: [
    { code: 'value_too_long', line: 8, field: 'Description', length: 20_000, most: 16_384 },
    'Line 8: Description has 20000 characters. Give 16384 at most.',
  ],
  too_many_names: [
    { code: 'too_many_names', line: 8, field: 'Pre-Event Command', count: 201, most: 200 },
    'Line 8: Pre-Event Command has 201 names. Give 200 at most.',
  ],
  script_not_plain_text: [
    { code: 'script_not_plain_text', line: 8, name: 'tell' },
    'Line 8: the text of library script "tell" has a NUL character in it, or half of a character. Give a script that can be run.',
  ],
  value_not_accepted: [
    {
      code: 'value_not_accepted',
      line: 12,
      class: 'event',
      name: 'node_up',
      fault: { code: 'not_a_full_pathname', field: 'notifyCommand', text: 'tell', node: 'nodea' },
    },
    'Line 12: event "node_up": Notify Command on node nodea: "tell" is not a full pathname. Give the whole path of the file, from / on, without ., .. or // in it.',
  ],
  quotes_not_closed: [
    { code: 'quotes_not_closed', line: 2 },
    'Line 2: the quotes that begin here are not closed. Close them; quotes within a value are doubled in CSV, and have a backslash before them in a stanza.',
  ],
  text_behind_quotes: [
    { code: 'text_behind_quotes', line: 2, text: 'x' },
    'Line 2: "x" stands behind closing quotes. Quotes within a value are doubled in CSV, and have a backslash before them in a stanza.',
  ],
  too_many_cells: [
    { code: 'too_many_cells', line: 3, count: 7, most: 5 },
    'Line 3: the row has 7 cells, and the headings are 5. Put a value that has a separator in it into quotes.',
  ],
  unknown_heading: [
    { code: 'unknown_heading', line: 1, text: 'Comment', known: ['Class', 'Name'] },
    'Line 1: "Comment" is not a heading here. The headings are: Class, Name',
  ],
  heading_twice: [
    { code: 'heading_twice', line: 1, text: 'Name' },
    'Line 1: the heading "Name" is there twice. Leave one column out.',
  ],
  heading_missing: [
    { code: 'heading_missing', line: 1, text: 'Value' },
    'Line 1: the heading "Value" is missing. The first line has the headings.',
  ],
  cell_missing: [
    { code: 'cell_missing', line: 4, heading: 'Field' },
    'Line 4: Field is empty. Fill it in, or leave the whole row out.',
  ],
  cell_out_of_place: [
    { code: 'cell_out_of_place', line: 4, heading: 'Event Command', row: 'a custom event' },
    'Line 4: Event Command is given in a row of a custom event. Empty the cell, or put it into a row of its own.',
  ],
  not_a_stanza: [
    { code: 'not_a_stanza', line: 1, text: 'odmget: not found' },
    'Line 1: "odmget: not found" is neither the class of a stanza, such as HACMPevent:, nor a field = value.',
  ],
  not_a_stanza_value: [
    { code: 'not_a_stanza_value', line: 3, field: 'notify', text: '/bin/true' },
    'Line 3: notify: "/bin/true" is not a value of it. Strings stand in double quotes; count and event_duration are whole numbers.',
  ],
  stanza_field_twice: [
    { code: 'stanza_field_twice', line: 5, field: 'notify', first: 3 },
    'Line 5: "notify" stands in this stanza on line 3 already. Give it once.',
  ],
  stanza_without_name: [
    { code: 'stanza_without_name', line: 1, class: 'HACMPevent' },
    'Line 1: the stanza HACMPevent has no name. Give it a line such as name = "node_up".',
  ],
};

const NOTES: Record<ExchangeNote['code'], [note: ExchangeNote, sentence: string]> = {
  of_another_cluster: [
    { code: 'of_another_cluster', text: 'test', cluster: 'prod' },
    'The file is of the cluster "test"; it is read into "prod".',
  ],
  message_catalogue: [
    { code: 'message_catalogue', line: 3, fields: ['setno', 'msgno'], count: 64 },
    "Line 3: setno, msgno name texts of AIX's message catalogue. Fallover has texts of its own; 64 of them were left out.",
  ],
  unknown_stanza_field: [
    { code: 'unknown_stanza_field', line: 9, class: 'HACMPevent', field: 'colour', count: 1 },
    'Line 9: HACMPevent has the field "colour", which the configuration cannot hold; it was left out.',
  ],
  unknown_stanza_class: [
    { code: 'unknown_stanza_class', line: 9, class: 'HACMPgroup', count: 2 },
    'Line 9: stanzas of the class "HACMPgroup" cannot be read; 2 of them were left out.',
  ],
  more_unknown: [
    { code: 'more_unknown', line: 900, count: 12 },
    'Line 900: there are 12 more values of fields and classes that the configuration cannot hold; all were left out.',
  ],
  event_not_known: [
    { code: 'event_not_known', line: 30, text: 'disk_melted' },
    'Line 30: Fallover has no event "disk_melted"; what is customised on it was left out.',
  ],
  user_defined_event: [
    { code: 'user_defined_event', line: 40, text: 'paging_low' },
    'Line 40: user-defined event "paging_low" was left out: the configuration cannot hold user-defined events yet.',
  ],
  custom_method_of_another_type: [
    { code: 'custom_method_of_another_type', line: 50, text: 'check_all', type: 'verify' },
    'Line 50: "check_all" is a custom method of the type "verify", not of events; it was left out.',
  ],
  default_event_command: [
    { code: 'default_event_command', line: 7, count: 64 },
    'Line 7: the event command is the one that the product ships with (in 64 stanzas); Fallover runs its own.',
  ],
};

describe('what is wrong with a file', () => {
  it.each(Object.values(FAULTS))('$code', (fault, sentence) => {
    expect(exchangeSentence(fault)).toBe(sentence);
  });

  it('says it once when one fault is left', () => {
    expect(exchangeSentence({ code: 'more_faults', count: 1 })).toBe('One more fault is not shown. Mend these first.');
  });

  it('says that the file ends', () => {
    expect(exchangeSentence({ code: 'not_json', line: 7, text: '', wanted: 'a comma or }' })).toBe(
      'Line 7: this is not JSON: the file ends where a comma or } should be.',
    );
  });
});

describe('what a file has and the configuration cannot hold', () => {
  it.each(Object.values(NOTES))('$code', (note, sentence) => {
    expect(exchangeNoteSentence(note)).toBe(sentence);
  });
});
