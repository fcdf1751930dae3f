import { changesBetween, type DefinitionDocument, type EntryChange, type EntryClass } from '@fallover/events';
import type { ActiveRevision } from '@fallover/store';
import type { DefinitionSource } from './as-known-last.ts';
import { type DraftEntry, documentOf, hashed, readDocument, readEntry } from './documents.ts';
import { definitionError } from './faults.ts';
import type { RevisionFiles } from './revision-files.ts';

export interface NumberedDocument {
  /** 0 before the first synchronise, with the empty document. */
  number: number;
  hash: string;
  document: DefinitionDocument;
}

/** The definition as it is now: the draft, what is active, and in what they differ. */
export interface DefinitionState {
  draft: DraftEntry[];
  draftDocument: DefinitionDocument;
  active: ActiveRevision | undefined;
  activeDocument: DefinitionDocument;
  changes: EntryChange[];
}

export interface DefinitionReader {
  now(): Promise<DefinitionState>;
  active(): Promise<NumberedDocument & { text: string }>;
  draft(): Promise<NumberedDocument>;
  /** Of any revision, by its number. */
  byNumber(number: number): Promise<(ActiveRevision & { document: DefinitionDocument }) | undefined>;
  /** Of any revision, by its hash: runs keep theirs until they end. */
  byHash(hash: string): Promise<DefinitionDocument>;
}

const MOST_KEPT = 8;

export function definitionReader({
  store,
  cluster,
  files,
}: {
  store: DefinitionSource;
  cluster: string;
  files: RevisionFiles;
}): DefinitionReader {
  const empty = { number: 0, document: documentOf(cluster, []), ...hashed(documentOf(cluster, [])) };
  const known = new Map<string, { document: DefinitionDocument; text: string }>();

  const keep = (hash: string, text: string, what: string) => {
    const read = readDocument(text);
    if (!read.ok) throw definitionError({ code: 'definition_not_readable', what, reason: read.error });
    if (known.size >= MOST_KEPT) known.delete(known.keys().next().value as string);
    const kept = { document: read.value, text };
    known.set(hash, kept);
    return kept;
  };

  const ofRevision = async ({ number, hash }: ActiveRevision) => {
    const found = known.get(hash);
    if (found) return found;
    const what = `revision ${number}`;
    const laidDown = files.read(hash);
    if (laidDown !== undefined) return keep(hash, laidDown, what);
    const stored = await store.revision(number);
    if (!stored) throw definitionError({ code: 'definition_not_readable', what, reason: 'it is missing in the store' });
    return keep(hash, stored.document, what);
  };

  const active: DefinitionReader['active'] = async () => {
    const pointer = await store.active();
    return pointer ? { number: pointer.number, hash: pointer.hash, ...(await ofRevision(pointer)) } : empty;
  };

  /** What was read of the draft the last time. A revision is never given twice, so an entry that has it still is the same. */
  let readBefore = new Map<string, DraftEntry>();
  const draftEntries = async (): Promise<DraftEntry[]> => {
    const entries = (await store.draft()).map((stored) => {
      const before = readBefore.get(`${stored.class}/${stored.name}`);
      if (before?.revision === stored.revision) return before;
      const read = readEntry(stored);
      if (read.ok) return read.value;
      const what = `the entry ${stored.class}/${stored.name}`;
      throw definitionError({ code: 'definition_not_readable', what, reason: read.error });
    });
    readBefore = new Map(entries.map((entry) => [`${entry.class}/${entry.name}`, entry]));
    return entries;
  };

  return {
    active,
    async now() {
      const [draft, pointer] = [await draftEntries(), await store.active()];
      const activeDocument = pointer ? (await ofRevision(pointer)).document : empty.document;
      const draftDocument = documentOf(cluster, draft);
      return { draft, draftDocument, active: pointer, activeDocument, changes: changesBetween(activeDocument, draftDocument) };
    },
    async draft() {
      const document = documentOf(cluster, await draftEntries());
      return { number: (await store.active())?.number ?? 0, hash: hashed(document).hash, document };
    },
    async byNumber(number) {
      const stored = await store.revision(number);
      if (!stored) return undefined;
      const { document: text, ...facts } = stored;
      return { ...facts, document: (known.get(stored.hash) ?? keep(stored.hash, text, `revision ${number}`)).document };
    },
    async byHash(hash) {
      const found = known.get(hash) ?? (hash === empty.hash ? empty : undefined);
      if (found) return found.document;
      const text = files.read(hash);
      if (text !== undefined) return keep(hash, text, files.path(hash)).document;
      for (let number = (await store.active())?.number ?? 0; number > 0; number -= 1) {
        const revision = await store.revision(number);
        if (revision?.hash === hash) return keep(hash, revision.document, `revision ${number}`).document;
      }
      throw definitionError({ code: 'definition_not_readable', what: `the revision ${hash}`, reason: 'it is missing' });
    },
  };
}

/** Somebody was shown another draft than the one that there is: what they ask for is not what they would get. */
export const isAnotherDraft = ({ draftDocument }: Pick<DefinitionState, 'draftDocument'>, seen: string | undefined): boolean =>
  seen !== undefined && seen !== hashed(draftDocument).hash;

/** The entry of the draft of this class and name. */
export const entryOf = <Class extends EntryClass>(
  { draft }: Pick<DefinitionState, 'draft'>,
  entryClass: Class,
  name: string,
): Extract<DraftEntry, { class: Class }> | undefined =>
  draft.find((entry): entry is Extract<DraftEntry, { class: Class }> => entry.class === entryClass && entry.name === name);
