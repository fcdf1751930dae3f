import fc from 'fast-check';
import { PREDEFINED_EVENTS } from '../catalogue/catalogue.ts';
import { cleanEntries } from '../definition/canonical.ts';
import { CLASS_FIELDS, differsByNode, FIELD_KINDS, type FieldName } from '../definition/fields.ts';
import { type DefinitionDocument, ENTRY_CLASSES, type Entry, type EntryClass } from '../definition/types.ts';
import { writeSetting } from '../notification/settings.ts';

/** Texts with everything that one of the formats could trip over. */
const text = fc
  .oneof(
    fc.string({ unit: 'grapheme', minLength: 1, maxLength: 30 }),
    fc
      .array(fc.constantFrom('"', "'", '\\', ',', ';', '=', '+', '-', '@', ' ', '%n', '#', '$x', '`', 'a', 'é', '\\n', '🙂'), {
        minLength: 1,
        maxLength: 8,
      })
      .map((parts) => parts.join('')),
  )
  // biome-ignore lint/suspicious/noControlCharactersInRegex: no value of the definition has a control character
  .filter((value) => value !== '' && !/[\u0000-\u001f\u007f-\u009f]/.test(value) && value.isWellFormed());

const name = fc.oneof(
  fc.stringMatching(/^[A-Za-z0-9][A-Za-z0-9_.-]{0,8}$/),
  fc.constantFrom('constructor', 'toString', 'hasOwnProperty', 'true', '0', 'nodea', 'nodeb'),
);
const node = fc.oneof(fc.constantFrom('nodea', 'nodeb'), name);

const scriptText = fc
  .array(fc.oneof(text, fc.constantFrom('#!/bin/sh', 'END', 'END_1', "'", '=1', '', 'echo "a"\r', '\techo')), {
    minLength: 1,
    maxLength: 5,
  })
  .map((lines) => lines.join('\n'))
  .filter((script) => script !== '');

function value(field: FieldName): fc.Arbitrary<unknown> {
  switch (FIELD_KINDS[field]) {
    case 'names':
      return fc.uniqueArray(name, { minLength: 1, maxLength: 4 });
    case 'number':
      return fc.integer({ min: 1, max: 90_000 });
    case 'boolean':
      return fc.boolean();
    case 'digest':
      return scriptText.map(digestOf);
    case 'command':
    case 'pathname':
      return text.map((path) => `/${path}`);
    case 'program':
      return fc
        .array(fc.oneof(text, fc.constantFrom('barrier', 'all "node_up" 0 NULL', 'END', '')), { minLength: 1, maxLength: 5 })
        .map((lines) => lines.join('\n'))
        .filter((program) => program.trim() !== '');
    case 'name':
    case 'choice':
    case 'ip_label':
    case 'netmask':
      return name;
    case 'text':
    case 'message':
    case 'contact':
    case 'mail_relay':
    case 'url':
      return text;
    case 'events':
    case 'choices':
    case 'durations':
    case 'targets':
    case 'argv':
      return fc.uniqueArray(name, { minLength: 1, maxLength: 4 });
    case 'settings':
      return fc.array(
        fc.record({ name: fc.stringMatching(/^[a-z]{1,8}$/), value: text }).map((setting) => writeSetting(setting)),
        { minLength: 1, maxLength: 4 },
      );
  }
}

const fieldsOf = (entryClass: EntryClass): fc.Arbitrary<object> =>
  fc.record(
    Object.fromEntries(
      CLASS_FIELDS[entryClass].map((field) => [
        field,
        fc.record(
          {
            cluster: value(field),
            ...(differsByNode(entryClass) ? { nodes: fc.dictionary(node, value(field), { maxKeys: 2 }) } : {}),
          },
          { requiredKeys: [] },
        ),
      ]),
    ),
    { requiredKeys: [] },
  );

const entry = fc.constantFrom(...ENTRY_CLASSES).chain((entryClass) =>
  fc.record({
    class: fc.constant(entryClass),
    name:
      entryClass === 'event'
        ? fc.constantFrom(...PREDEFINED_EVENTS.map((event) => event.name))
        : entryClass === 'cluster'
          ? fc.constant('prod')
          : name,
    fields: fieldsOf(entryClass),
  }),
) as fc.Arbitrary<Entry>;

/** Any configuration that the definition can hold, whether or not its rules would accept it. */
export const anyDocument: fc.Arbitrary<DefinitionDocument> = fc
  .uniqueArray(entry, { selector: (one) => `${one.class}/${one.name}`, maxLength: 8 })
  .map((entries) => documentOf(entries));

export const documentOf = (entries: Entry[]): DefinitionDocument => {
  const document: DefinitionDocument = { format: 1, cluster: 'prod', entries };
  return { ...document, entries: cleanEntries(document) };
};

/** In place of SHA-256, which needs a machine: one of the texts that can be had back. */
export const digestOf = (script: string): string => `digest of ${script}`;
export const textOf = (digest: string): string => digest.slice('digest of '.length);
