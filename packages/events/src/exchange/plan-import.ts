import { entryChecker } from '../definition/check-entry.ts';
import { namesOf } from '../definition/names-of.ts';
import type { DefinitionDocument, Entry } from '../definition/types.ts';
import { changesBetween, type EntryChange } from '../definition/values.ts';
import { err, ok, type Result } from '../result.ts';
import type { ExchangeFault, ExchangeNote } from '../wording/exchange.ts';
import type { InputFault } from '../wording/input.ts';
import { faultList, notAccepted } from './collect.ts';
import { MOST_NODES } from './limits.ts';
import { readConfiguration } from './read-configuration.ts';
import { type ReadEntry, readInto } from './read-into.ts';
import type { ImportedEntry, ImportedFile, ImportFormat } from './types.ts';

export interface ImportAsked {
  text: string;
  /** Told from the text unless said. */
  format?: ImportFormat | undefined;
  /** What the file does not have is deleted. JSON is whole unless said, since an export of it is. */
  whole?: boolean | undefined;
}

export interface ImportContext {
  draft: DefinitionDocument;
  /** The nodes whose cluster managers take part. */
  liveNodes: readonly string[];
  /** The SHA-256 of a library script's text. */
  digestOf(text: string): string;
  /** The settings of a remote notification method with their secrets sealed: nothing keeps them in clear. */
  sealed(settings: readonly string[]): string[];
}

/** What an import would make of the draft. */
export interface ImportPlan {
  format: ImportFormat;
  whole: boolean;
  after: Entry[];
  changes: EntryChange[];
  notes: ExchangeNote[];
  /** The texts of library scripts, by their SHA-256. */
  contents: Map<string, string>;
}

/** Reads a file into the draft: all of it is accepted, or nothing is. */
export function planImport(
  asked: ImportAsked,
  { draft, liveNodes, digestOf, sealed }: ImportContext,
): Result<ImportPlan, ExchangeFault[]> {
  const file = readConfiguration(asked.text, asked.format);
  if (!file.ok) return file;
  const { format, notes } = file.value;
  const whole = asked.whole ?? format === 'json';
  const contents = new Map<string, string>();
  const keptDigestOf = (text: string): string => {
    const digest = digestOf(text);
    contents.set(digest, text);
    return digest;
  };
  const read = readInto(draft.entries, file.value, { whole, cluster: draft.cluster, digestOf: keptDigestOf, sealed });
  const faults = faultsOf(read, { whole, liveNodes });
  if (faults.length > 0) return err(faults);
  const entries = read.map(({ entry }) => entry);
  return ok({
    format,
    whole,
    after: entries,
    changes: changesBetween(draft, { ...draft, entries }),
    notes: [...clusterNote(file.value, draft.cluster), ...notes],
    contents,
  });
}

/** Of what the file touches; of all entries when some of them may be gone that others name. */
function faultsOf(
  read: readonly ReadEntry[],
  { whole, liveNodes }: { whole: boolean; liveNodes: readonly string[] },
): ExchangeFault[] {
  const entries = read.map(({ entry }) => entry);
  const nodes = namesOf(entries, 'node').length;
  if (nodes > MOST_NODES) return [{ code: 'too_many_nodes', count: nodes, most: MOST_NODES }];
  const faults = faultList();
  const check = entryChecker(entries, liveNodes);
  for (const { entry, imported } of read) {
    if (faults.full()) break;
    if (!imported && !whole) continue;
    for (const fault of check(entry).faults) {
      if (faults.full()) break;
      faults.add(notAccepted(entry, fault, imported && lineOf(imported, fault)));
    }
  }
  return faults.list();
}

/** Of the value that is wrong; of the entry when it is one that is missing. */
const lineOf = ({ values, line }: ImportedEntry, { field, node }: InputFault): number =>
  (values.find((value) => value.field === field && value.node === node) ?? values.find((value) => value.field === field))?.line ??
  line;

const clusterNote = ({ cluster: text }: ImportedFile, cluster: string): ExchangeNote[] =>
  text === undefined || text === cluster ? [] : [{ code: 'of_another_cluster', text, cluster }];
