import { findEvent } from '../catalogue/catalogue.ts';
import { writtenValue } from '../clmgr/attributes.ts';
import { type FieldName, isList } from '../definition/fields.ts';
import type { DefinitionDocument, Entry } from '../definition/types.ts';
import { valueAt } from '../definition/values.ts';
import { err, ok, type Result } from '../result.ts';
import type { ExchangeFault } from '../wording/exchange.ts';
import { type Collected, collected, type Faults, faultList } from './collect.ts';
import { type OdmNotes, odmNotes } from './odm-notes.ts';
import { readStanzas, type Stanza, writtenStanza } from './odm-stanzas.ts';
import type { ImportedFile } from './types.ts';

/** The fields of HACMPevent that the configuration holds, in the order of the stanza. */
const OF_EVENT: ReadonlyMap<string, FieldName> = new Map([
  ['cmd', 'eventCommand'],
  ['notify', 'notifyCommand'],
  ['pre', 'preEventCommand'],
  ['post', 'postEventCommand'],
  ['recv', 'recoveryCommand'],
  ['count', 'recoveryCounter'],
  ['event_duration', 'timeUntilWarning'],
]);

/** HACMPcustom calls the script `value` and the description `description`; the names of HACMPevent are understood too. */
const OF_CUSTOM_EVENT: ReadonlyMap<string, FieldName> = new Map([
  ['description', 'description'],
  ['desc', 'description'],
  ['value', 'script'],
  ['cmd', 'script'],
]);

export const ODM_CARRIES: readonly FieldName[] = [...OF_EVENT.values(), 'description', 'script'];

const MESSAGE_CATALOGUE = ['desc', 'setno', 'msgno', 'catalog'];
/** What every HACMPcustom of an event has and means nothing here. */
const OF_EVERY_CUSTOM = ['name', 'type', 'relation', 'status'];

/** Where AIX keeps the commands that the product ships with. */
const defaultCommand = (event: string): string => `/usr/es/sbin/cluster/events/${event}`;

export function readOdm(text: string): Result<ImportedFile, ExchangeFault[]> {
  const faults = faultList();
  const entries = collected(faults);
  const notes = odmNotes();
  for (const stanza of readStanzas(text, faults)) {
    const { class: stanzaClass, line } = stanza;
    if (faults.full()) break;
    if (stanzaClass !== 'HACMPevent' && stanzaClass !== 'HACMPcustom' && stanzaClass !== 'HACMPude') {
      notes.unknownClass(stanzaClass, line);
      continue;
    }
    const name = stanza.fields.get('name');
    if (typeof name?.value !== 'string' || name.value === '') {
      faults.add({ code: 'stanza_without_name', line, class: stanzaClass });
      continue;
    }
    if (stanzaClass === 'HACMPude') notes.add({ code: 'user_defined_event', line, text: name.value });
    else if (stanzaClass === 'HACMPevent') readEvent(stanza, name.value, entries, faults, notes);
    else readCustomEvent(stanza, name.value, entries, faults, notes);
  }
  const wrong = faults.list();
  return wrong.length > 0 ? err(wrong) : ok({ format: 'odm', entries: entries.done(), notes: notes.list() });
}

function readEvent(stanza: Stanza, name: string, entries: Collected, faults: Faults, notes: OdmNotes): void {
  const { fields, line } = stanza;
  const catalogue = MESSAGE_CATALOGUE.filter((field) => ![undefined, '', 0].includes(fields.get(field)?.value));
  if (catalogue.length > 0) notes.messageCatalogue(catalogue, fields.get(catalogue[0] ?? '')?.line ?? line);
  for (const [field, { line: at }] of fields)
    if (field !== 'name' && !OF_EVENT.has(field) && !MESSAGE_CATALOGUE.includes(field))
      notes.unknownField(stanza.class, field, at);
  if (!findEvent(name)) {
    if (customises(stanza, name)) notes.add({ code: 'event_not_known', line, text: name });
    return;
  }
  if (isTwice('event', name, line, entries, faults) || !entries.entry({ class: 'event', name }, line)) return;
  for (const [odm, field] of OF_EVENT) {
    const given = fields.get(odm);
    if (!given) continue;
    const isDefault = isDefaultCommand(odm, given.value, name);
    if (isDefault) notes.defaultCommand(given.line);
    const text = isDefault ? '' : textIn(given.value, odm, field);
    entries.text({ class: 'event', name, field }, text, given.line);
  }
}

function readCustomEvent(stanza: Stanza, name: string, entries: Collected, faults: Faults, notes: OdmNotes): void {
  const { fields, line } = stanza;
  const type = fields.get('type')?.value;
  if (type !== undefined && type !== '' && type !== 'event') {
    notes.add({ code: 'custom_method_of_another_type', line, text: name, type: String(type) });
    return;
  }
  for (const [field, { line: at }] of fields)
    if (!OF_CUSTOM_EVENT.has(field) && !OF_EVERY_CUSTOM.includes(field)) notes.unknownField(stanza.class, field, at);
  if (isTwice('custom_event', name, line, entries, faults) || !entries.entry({ class: 'custom_event', name }, line)) return;
  for (const [odm, field] of OF_CUSTOM_EVENT) {
    const given = fields.get(odm);
    if (given) entries.text({ class: 'custom_event', name, field }, String(given.value), given.line);
  }
}

/** Two stanzas of the same name would have to be guessed together. */
function isTwice(entryClass: 'event' | 'custom_event', name: string, line: number, entries: Collected, faults: Faults): boolean {
  const first = entries.lineOf({ class: entryClass, name });
  if (first === undefined) return false;
  faults.add({ code: 'entry_twice', line, class: entryClass, name, first });
  return true;
}

const isDefaultCommand = (odm: string, value: string | number, event: string): boolean =>
  odm === 'cmd' && (value === defaultCommand(event) || value === `/usr/sbin/cluster/events/${event}`);

/** A duration of 0 is the event's own; AIX separates names by commas, clmgr and the panels by blanks. */
function textIn(value: string | number, odm: string, field: FieldName): string {
  if (odm === 'event_duration' && Number(value) === 0) return '';
  return isList(field) ? String(value).replaceAll(',', ' ') : String(value);
}

const customises = ({ fields }: Stanza, name: string): boolean =>
  [...OF_EVENT.keys()].some((odm) => {
    const value = fields.get(odm)?.value;
    return ![undefined, '', 0].includes(value) && !isDefaultCommand(odm, value as string | number, name);
  });

/** What the whole cluster has: a stanza has no values of a node, and none of the fields that ODM_CARRIES lacks. */
export const writeOdm = ({ entries }: DefinitionDocument): string => entries.map(stanzaOf).join('');

function stanzaOf(entry: Entry): string {
  const text = (field: FieldName): string => writtenValue(valueAt(entry, field));
  const number = (field: FieldName): number => Number(valueAt(entry, field) ?? 0);
  if (entry.class === 'custom_event')
    return writtenStanza('HACMPcustom', [
      ['name', entry.name],
      ['type', 'event'],
      ['description', text('description')],
      ['value', text('script')],
      ['relation', ''],
      ['status', 0],
    ]);
  if (entry.class !== 'event') return '';
  return writtenStanza('HACMPevent', [
    ['name', entry.name],
    ['desc', ''],
    ['setno', 0],
    ['msgno', 0],
    ['catalog', ''],
    ['cmd', text('eventCommand') || defaultCommand(entry.name)],
    ['notify', text('notifyCommand')],
    ['pre', text('preEventCommand')],
    ['post', text('postEventCommand')],
    ['recv', text('recoveryCommand')],
    ['count', number('recoveryCounter')],
    ['event_duration', number('timeUntilWarning')],
  ]);
}
