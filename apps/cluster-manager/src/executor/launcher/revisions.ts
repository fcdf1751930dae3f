import { createHash } from 'node:crypto';
import { readFileSync } from 'node:fs';
import {
  type DefinitionDocument,
  type EffectiveCustomization,
  effectiveCustomization,
  err,
  fenceCommandOf,
  ok,
  type RecoveryProgram,
  type Result,
  replacedProgram,
  type ScriptSet,
  scriptsOf,
} from '@fallover/events';
import { setNameOf } from '../../script-library/set-name.ts';
import { revisionFile } from '../state-files.ts';

const MOST_KEPT = 4;
const MOST_EVENTS_KEPT = 256;

/** What a run goes by: a revision's document, as this node sees it. */
export interface Revision {
  /** What holds for an event. */
  customization(event: string): EffectiveCustomization;
  /** The recovery program that replaces the predefined one of an event; that one has no full pathname in it. */
  program(event: string): RecoveryProgram | undefined;
  /** The argv of the cluster's fence command; empty when none is named. */
  fenceCommand: readonly string[];
  /** The scripts of the library, and the name of the set in which they are laid down. */
  scripts: ScriptSet;
  setName: string;
}

/** Reads a revision's document by its hash and believes only bytes that have that hash. A fault is one word. */
export function createRevisions(stateDirectory: string, node: string): (hash: string) => Result<Revision, string> {
  const kept = new Map<string, Revision>();
  return (hash) => {
    const known = kept.get(hash);
    if (known) return ok(known);
    let bytes: Buffer;
    try {
      bytes = readFileSync(revisionFile(stateDirectory, hash));
    } catch (error) {
      return err((error as NodeJS.ErrnoException).code ?? 'EIO');
    }
    if (createHash('sha256').update(bytes).digest('hex') !== hash) return err('hash_differs');
    const document = parseDocument(bytes);
    if (!document) return err('unknown_format');
    if (kept.size >= MOST_KEPT) kept.delete(kept.keys().next().value as string);
    const scripts = scriptsOf(document);
    const revision = {
      customization: rememberByEvent((event) => effectiveCustomization(document, event, node)),
      program: rememberByEvent((event) => replacedProgram(document, event)),
      fenceCommand: fenceCommandOf(document),
      scripts,
      setName: setNameOf(scripts),
    };
    kept.set(hash, revision);
    return ok(revision);
  };
}

function rememberByEvent<Found>(find: (event: string) => Found): (event: string) => Found {
  const known = new Map<string, Found>();
  return (event) => {
    const found = known.has(event) ? (known.get(event) as Found) : find(event);
    if (known.size >= MOST_EVENTS_KEPT) known.clear();
    known.set(event, found);
    return found;
  };
}

function parseDocument(bytes: Buffer): DefinitionDocument | undefined {
  try {
    const document = JSON.parse(bytes.toString()) as Partial<DefinitionDocument> | null;
    return document?.format === 1 && Array.isArray(document.entries) ? (document as DefinitionDocument) : undefined;
  } catch {
    return undefined;
  }
}
