import { createHash } from 'node:crypto';
import { readFileSync } from 'node:fs';
import {
  type DefinitionDocument,
  type EffectiveCustomization,
  effectiveCustomization,
  err,
  fenceCommandOf,
  ok,
  type Result,
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
      fenceCommand: fenceCommandOf(document),
      scripts,
      setName: setNameOf(scripts),
    };
    kept.set(hash, revision);
    return ok(revision);
  };
}

function rememberByEvent(find: Revision['customization']): Revision['customization'] {
  const found = new Map<string, EffectiveCustomization>();
  return (event) => {
    const customization = found.get(event) ?? find(event);
    if (found.size >= MOST_EVENTS_KEPT) found.clear();
    found.set(event, customization);
    return customization;
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
