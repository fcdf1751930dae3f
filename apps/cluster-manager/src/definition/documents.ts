import { createHash } from 'node:crypto';
import { entry } from '@fallover/contract';
import {
  canonicalDocument,
  cleanFields,
  type DefinitionDocument,
  ENTRY_CLASSES,
  type Entry,
  err,
  ok,
  type Result,
  saysSomething,
} from '@fallover/events';
import type { StoredEntry } from '@fallover/store';
import { z } from 'zod';

/** An entry of the draft, with its revision. */
export type DraftEntry = Entry & { revision: number };

const FORMAT = 1;

const document = z.strictObject({ format: z.literal(FORMAT), cluster: z.string(), entries: z.array(entry) });
const entryDocument = z.strictObject({ format: z.literal(FORMAT), fields: z.unknown() });
const example = z.strictObject({ format: z.literal(FORMAT), entries: z.array(entry) });

/** An entry as the store keeps it; one that says nothing is none. */
export function entryText(given: Entry): string | undefined {
  const clean = { ...given, fields: cleanFields(given.fields) } as Entry;
  return saysSomething(clean) ? JSON.stringify({ format: FORMAT, fields: clean.fields }) : undefined;
}

/** Reads an entry of the draft. The fault is one reason, in words. */
export function readEntry({ class: entryClass, name, revision, document: text }: StoredEntry): Result<DraftEntry, string> {
  const outer = read(entryDocument, text);
  if (!outer.ok) return outer;
  if (!(ENTRY_CLASSES as readonly string[]).includes(entryClass)) return err(`entries of class ${entryClass} are not known`);
  const inner = validate(entry, { class: entryClass, name, fields: outer.value.fields });
  return inner.ok ? ok({ ...(inner.value as Entry), revision }) : inner;
}

export function readDocument(text: string): Result<DefinitionDocument, string> {
  const parsed = read(document, text);
  return parsed.ok ? ok(parsed.value as DefinitionDocument) : parsed;
}

/** The entries of an example: as a document, but script paths are relative to the folder of its scripts. */
export function readExample(text: string): Result<Entry[], string> {
  const parsed = read(example, text);
  return parsed.ok ? ok(parsed.value.entries as Entry[]) : parsed;
}

export const documentOf = (cluster: string, entries: readonly Entry[]): DefinitionDocument => ({
  format: FORMAT,
  cluster,
  entries: entries.map(({ class: entryClass, name, fields }) => ({ class: entryClass, name, fields }) as Entry),
});

/** A revision's bytes, and the hash that it is known by. */
export function hashed(content: DefinitionDocument): { text: string; hash: string } {
  const text = canonicalDocument(content);
  return { text, hash: sha256(text) };
}

export const sha256 = (text: string | Buffer): string => createHash('sha256').update(text).digest('hex');

function read<Schema extends z.ZodType>(schema: Schema, text: string): Result<z.output<Schema>, string> {
  let value: unknown;
  try {
    value = JSON.parse(text);
  } catch {
    return err('it is not JSON');
  }
  const format = (value as { format?: unknown } | null)?.format;
  return format === FORMAT ? validate(schema, value) : err(`its format is ${JSON.stringify(format) ?? 'missing'}, not ${FORMAT}`);
}

function validate<Schema extends z.ZodType>(schema: Schema, value: unknown): Result<z.output<Schema>, string> {
  const parsed = schema.safeParse(value);
  if (parsed.success) return ok(parsed.data);
  const [issue] = parsed.error.issues;
  return err(`${issue?.path.join('.') || 'it'}: ${issue?.message ?? 'not understood'}`);
}
