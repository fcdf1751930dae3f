import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { cleanEntries } from '../definition/canonical.ts';
import type { Entry, Field } from '../definition/types.ts';
import { anyDocument, digestOf, documentOf, textOf } from './documents.test-support.ts';
import { readConfiguration } from './read-configuration.ts';
import { CARRIES, readInto } from './read-into.ts';
import { IMPORT_FORMATS, type ImportedFile, type ImportFormat } from './types.ts';
import { writeConfiguration } from './write-configuration.ts';

function exported(format: ImportFormat, entries: Entry[]): ImportedFile {
  const read = readConfiguration(writeConfiguration(format, documentOf(entries), textOf));
  if (!read.ok) throw new Error(JSON.stringify(read.error));
  return read.value;
}

const into = (draft: Entry[], file: ImportedFile, whole: boolean): Entry[] =>
  cleanEntries(
    documentOf(
      readInto(draft, file, { whole, cluster: 'prod', digestOf, sealed: (settings) => [...settings] }).map(({ entry }) => entry),
    ),
  );

/** Of an entry what the format has a place for. */
function carried(entry: Entry, format: ImportFormat): Entry[] {
  const { classes, fields, nodes } = CARRIES[format];
  if (!classes.includes(entry.class)) return [];
  const kept = Object.entries(entry.fields as Record<string, Field<unknown>>)
    .filter(([field]) => fields === 'all' || fields.includes(field as never))
    .map(([field, { nodes: own, ...value }]) => [field, nodes && own ? { ...value, nodes: own } : value]);
  return [{ ...entry, fields: Object.fromEntries(kept) } as Entry];
}

describe.each(IMPORT_FORMATS)('export and import as %s', (format) => {
  it('is recognised by its text', () => {
    fc.assert(
      fc.property(anyDocument, ({ entries }) => {
        const text = writeConfiguration(format, documentOf(entries), textOf);
        if (text !== '') expect(readConfiguration(text)).toMatchObject({ ok: true, value: { format } });
      }),
    );
  });

  it('gives the same configuration on an empty cluster, as far as the format has a place for it', () => {
    fc.assert(
      fc.property(anyDocument, ({ entries }) => {
        const possible = documentOf(entries.flatMap((entry) => carried(entry, format))).entries;
        fc.pre(format !== 'odm' || possible.length > 0);
        expect(into([], exported(format, entries), true)).toEqual(possible);
      }),
    );
  });

  it('changes nothing when it is read into the configuration that it came from', () => {
    fc.assert(
      fc.property(anyDocument, fc.boolean(), ({ entries }, whole) => {
        fc.pre(format !== 'odm' || writeConfiguration(format, documentOf(entries), textOf) !== '');
        expect(into(entries, exported(format, entries), whole)).toEqual(entries);
      }),
    );
  });

  it('as a whole gives what was exported, whatever was there before, as far as the format has a place for it', () => {
    fc.assert(
      fc.property(anyDocument, anyDocument, ({ entries }, { entries: before }) => {
        fc.pre(format !== 'odm' || writeConfiguration(format, documentOf(entries), textOf) !== '');
        const after = into(before, exported(format, entries), true);
        const place = (list: Entry[]) => documentOf(list.flatMap((entry) => carried(entry, format))).entries;
        expect(place(after)).toEqual(place(entries));
      }),
    );
  });

  it('is the same text again', () => {
    fc.assert(
      fc.property(anyDocument, ({ entries }) => {
        const text = writeConfiguration(format, documentOf(entries), textOf);
        fc.pre(text !== '');
        const read = readConfiguration(text);
        if (!read.ok) throw new Error(JSON.stringify(read.error));
        expect(writeConfiguration(format, documentOf(into(entries, read.value, true)), textOf)).toBe(text);
      }),
    );
  });
});
