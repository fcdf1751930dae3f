import { readValue } from '../clmgr/attributes.ts';
import { byEntry } from '../definition/by-entry.ts';
import { CLASS_WORDS, FIELD_KINDS, type FieldName, isList, labelOf } from '../definition/fields.ts';
import type { EntryClass } from '../definition/types.ts';
import { NAME } from '../names.ts';
import { LONGEST_PROGRAM } from '../recovery-programs/parse-program.ts';
import { err, ok, type Result } from '../result.ts';
import type { ExchangeFault } from '../wording/exchange.ts';
import { LONGEST_SCRIPT, LONGEST_SETTINGS, LONGEST_VALUE, MOST_ENTRIES, MOST_FAULTS, MOST_NAMES } from './limits.ts';
import type { ImportedEntry } from './types.ts';

/** The faults of a file, as many as somebody mends at once; the rest is counted. */
export interface Faults {
  add(fault: ExchangeFault): void;
  /** Nothing further needs to be read: what is wrong is clear. */
  full(): boolean;
  /** By line. */
  list(): ExchangeFault[];
}

export function faultList(): Faults {
  const faults: ExchangeFault[] = [];
  let more = 0;
  return {
    add(fault) {
      if (faults.length < MOST_FAULTS) faults.push(fault);
      else more += 1;
    },
    full: () => more > 0,
    list() {
      const sorted = [...faults].sort((a, b) => lineOf(a) - lineOf(b));
      return more === 0 ? sorted : [...sorted, { code: 'more_faults', count: more }];
    },
  };
}

const lineOf = (fault: ExchangeFault): number => ('line' in fault ? (fault.line ?? 0) : 0);

/** Where a value stands in a file, and of what it is. */
export interface ValueOf {
  class: EntryClass;
  name: string;
  field: FieldName;
  node?: string | undefined;
}

/** The entries of a file in the order in which they come, each value once. */
export interface Collected {
  /** False when the entry cannot be: its values need not be looked at. */
  entry(of: Pick<ValueOf, 'class' | 'name'>, line: number): boolean;
  /** A value as text, as it stands in a cell or behind `=`. */
  text(of: ValueOf, text: string, line: number): void;
  /** A value that is one of the definition's already; undefined empties it. */
  value(of: ValueOf, value: unknown, line: number): void;
  /** Where the entry stood first. */
  lineOf(of: Pick<ValueOf, 'class' | 'name'>): number | undefined;
  done(): ImportedEntry[];
}

export function collected(faults: Faults): Collected {
  const entries = byEntry<ImportedEntry | undefined>();
  const found: ImportedEntry[] = [];
  const linesOf = new Map<ImportedEntry, Map<string, number>>();
  let tooMany = false;

  /** Where a value of the entry was given. Most entries have few values; where there are many, they are looked up by place. */
  function lineOfValue(entry: ImportedEntry, field: FieldName, node: string | undefined): number | undefined {
    const { values } = entry;
    if (values.length < FEW) return values.find((value) => value.field === field && value.node === node)?.line;
    const lines = linesOf.get(entry) ?? new Map(values.map((value) => [placeOf(value.field, value.node), value.line]));
    linesOf.set(entry, lines);
    return lines.get(placeOf(field, node));
  }

  /** Undefined when the entry cannot be. */
  function collecting(of: Pick<ValueOf, 'class' | 'name'>, line: number): ImportedEntry | undefined {
    const key = keyOf(of);
    const known = entries.get(key);
    if (known || entries.has(key)) return known;
    const { class: entryClass, name } = of;
    const isName = NAME.test(name);
    const entry = isName && found.length < MOST_ENTRIES ? { class: entryClass, name, line, values: [] } : undefined;
    entries.set(key, entry);
    if (entry) found.push(entry);
    else if (!isName) faults.add({ code: 'name_not_accepted', line, text: name, what: CLASS_WORDS[entryClass].one });
    else if (!tooMany) {
      faults.add({ code: 'too_many_entries', line, most: MOST_ENTRIES });
      tooMany = true;
    }
    return entry;
  }

  function put(entry: ImportedEntry, of: ValueOf, given: unknown, line: number): ExchangeFault | undefined {
    const { class: entryClass, name, field, node } = of;
    if (node !== undefined && !NAME.test(node))
      return { code: 'name_not_accepted', line, text: node, what: CLASS_WORDS.node.one };
    const first = lineOfValue(entry, field, node);
    if (first !== undefined) {
      const own = node === undefined ? {} : { node };
      return { code: 'value_twice', line, class: entryClass, name, field: labelOf(field), ...own, first };
    }
    if (entry.values.length >= FEW) linesOf.get(entry)?.set(placeOf(field, node), line);
    const fault = boundsFault(field, name, given, line);
    if (!fault) entry.values.push(node === undefined ? { field, value: given, line } : { field, node, value: given, line });
    return fault;
  }

  function value(of: ValueOf, given: unknown, line: number): void {
    const entry = collecting(of, line);
    const fault = entry && put(entry, of, given, line);
    if (fault) faults.add(fault);
  }

  return {
    entry: (of, line) => collecting(of, line) !== undefined,
    value,
    text(of, text, line) {
      const read = fromText(of, text, line);
      if (read.ok) value(of, read.value, line);
      else faults.add(read.error);
    },
    lineOf: (of) => entries.get(keyOf(of))?.line,
    done: () => found,
  };
}

/** There is one cluster, whatever a file calls it. */
const keyOf = (of: Pick<ValueOf, 'class' | 'name'>): Pick<ValueOf, 'class' | 'name'> =>
  of.class === 'cluster' ? { class: 'cluster', name: '' } : of;

const FEW = 16;

const placeOf = (field: FieldName, node: string | undefined): string => (node === undefined ? field : `${field}@${node}`);

/** Names, numbers and truth values may have blanks around them; every other text is taken as it is. */
function fromText(of: ValueOf, text: string, line: number): Result<unknown, ExchangeFault> {
  const kind = FIELD_KINDS[of.field];
  if (!isList(of.field) && kind !== 'number' && kind !== 'boolean') return ok(text === '' ? undefined : text);
  const most = kind === 'settings' ? LONGEST_SETTINGS : LONGEST_VALUE;
  if (text.length > most) return err(tooLong(of.field, text.length, most, line));
  const read = readValue(of.field, kind === 'boolean' ? text.trim().toLowerCase() : text.trim());
  return read.ok ? read : err(notAccepted(of, read.error, line));
}

export const notAccepted = (
  { class: entryClass, name, node }: Pick<ValueOf, 'class' | 'name' | 'node'>,
  fault: Extract<ExchangeFault, { code: 'value_not_accepted' }>['fault'],
  line: number | undefined,
): ExchangeFault => ({
  code: 'value_not_accepted',
  ...(line === undefined ? {} : { line }),
  class: entryClass,
  name,
  fault: node === undefined ? fault : { ...fault, node },
});

function boundsFault(field: FieldName, name: string, value: unknown, line: number): ExchangeFault | undefined {
  if (Array.isArray(value))
    return value.length > MOST_NAMES
      ? { code: 'too_many_names', line, field: labelOf(field), count: value.length, most: MOST_NAMES }
      : undefined;
  if (typeof value !== 'string') return undefined;
  if (field !== 'content') {
    const most = FIELD_KINDS[field] === 'program' ? LONGEST_PROGRAM : LONGEST_VALUE;
    return value.length > most ? tooLong(field, value.length, most, line) : undefined;
  }
  if (value.length > LONGEST_SCRIPT) return tooLong(field, value.length, LONGEST_SCRIPT, line);
  return value.includes('\u0000') || !value.isWellFormed() ? { code: 'script_not_plain_text', line, name } : undefined;
}

const tooLong = (field: FieldName, length: number, most: number, line: number): ExchangeFault => ({
  code: 'value_too_long',
  line,
  field: labelOf(field),
  length,
  most,
});
