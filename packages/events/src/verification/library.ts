import type { FieldName } from '../definition/fields.ts';
import { entryUsers } from '../definition/names-of.ts';
import type { DefinitionDocument, EntryClass } from '../definition/types.ts';
import { scriptPath, scriptsOf } from '../script-library/scripts.ts';
import { byCodeUnits } from '../sort-keys.ts';
import { libraryFindingSentence } from '../wording/script-library.ts';
import { asFinding } from './finding.ts';
import type { Finding } from './types.ts';

/** What a laid-down script is, seen on its node. */
export const LAID_DOWN = ['as_configured', 'missing', 'differs'] as const;
export type LaidDown = (typeof LAID_DOWN)[number];

/** What the script library is on one node. */
export interface LibraryOnNode {
  node: string;
  /** Missing: its cluster manager was started without --script-library. */
  directory?: string;
  /** Each script of the active revision, with what its laid-down file is; empty when the library is off. */
  laidDown: ReadonlyMap<string, LaidDown>;
  /** Whether `current` leads to the set of the active revision; true when the library is off. */
  currentIsActive: boolean;
}

export interface LibraryToVerify {
  document: Pick<DefinitionDocument, 'cluster' | 'entries'>;
  nodes: readonly LibraryOnNode[];
  /** The scripts of the document whose bytes the store does not have. */
  withoutBytes: ReadonlySet<string>;
}

/** Where in the definition a finding is. */
interface At {
  class: EntryClass;
  name: string;
  field?: FieldName;
  node?: string;
}

/** What is wrong with the library, or with a command of it. `directory` is the library's. */
export type LibraryFinding = At &
  (
    | { code: 'script_library_off' }
    | { code: 'script_library_elsewhere'; directory: string; expected: string }
    | { code: 'script_bytes_missing' }
    | { code: 'script_missing'; directory: string }
    | { code: 'script_differs'; directory: string }
    | { code: 'current_set_differs'; directory: string }
    | { code: 'script_not_used'; path: string }
  );

/** Errors that can be overridden are about one node, or about files that are laid down anew; a script without bytes cannot be started anywhere. */
const FINDINGS = {
  script_library_off: { severity: 'error', overridable: true },
  script_library_elsewhere: { severity: 'error', overridable: true },
  script_bytes_missing: { severity: 'error', overridable: false },
  script_missing: { severity: 'error', overridable: true },
  script_differs: { severity: 'error', overridable: true },
  current_set_differs: { severity: 'warning', overridable: false },
  script_not_used: { severity: 'warning', overridable: false },
} as const satisfies Record<LibraryFinding['code'], { severity: 'error' | 'warning'; overridable: boolean }>;

/**
 * The rules about the script library, for `verifyDefinition` to put among the others. A command below `DIR/current` is not
 * looked at in the file system: which bytes it is the document says, and Synchronise lays those down.
 */
export function verifyLibrary(library: LibraryToVerify): Finding[] {
  // The nodes' directories have to agree, because a command's pathname is the same on all of them.
  const [directory] = library.nodes.flatMap((each) => each.directory ?? []).sort(byCodeUnits);
  const found = [...scriptFindings(library, directory), ...nodeFindings(library, directory)];
  return found.map((each) => {
    const { code, class: entryClass, name, field, node } = each;
    return asFinding({ ...FINDINGS[code], code, class: entryClass, name, field, node, sentence: libraryFindingSentence(each) });
  });
}

function scriptFindings({ document, nodes, withoutBytes }: LibraryToVerify, directory: string | undefined): LibraryFinding[] {
  const off = nodes.filter((each) => each.directory === undefined);
  const users = entryUsers(document.entries);
  return [...scriptsOf(document).keys()].flatMap((name): LibraryFinding[] => {
    const at = { class: 'script', name } as const;
    const unused = directory !== undefined && users.ofCommand(scriptPath(directory, name)).length === 0;
    return [
      ...(withoutBytes.has(name) ? [{ ...at, field: 'content', code: 'script_bytes_missing' } as const] : []),
      ...off.map(({ node }) => ({ ...at, node, code: 'script_library_off' }) as const),
      ...(unused ? [{ ...at, code: 'script_not_used', path: scriptPath(directory, name) } as const] : []),
    ];
  });
}

/** What was laid down for the active revision, whichever document is verified: that is what runs. */
function nodeFindings({ document, nodes }: LibraryToVerify, expected: string | undefined): LibraryFinding[] {
  return nodes.flatMap(({ node, directory, laidDown, currentIsActive }): LibraryFinding[] => {
    if (directory === undefined || expected === undefined) return [];
    const cluster = { class: 'cluster', name: document.cluster, node } as const;
    const wrong = [...laidDown].filter(([, state]) => state !== 'as_configured');
    return [
      ...(directory === expected ? [] : [{ ...cluster, code: 'script_library_elsewhere', directory, expected } as const]),
      ...wrong.map(([name, state]) => {
        const code = state === 'missing' ? 'script_missing' : 'script_differs';
        return { class: 'script', name, node, code, directory } as const;
      }),
      ...(currentIsActive ? [] : [{ ...cluster, code: 'current_set_differs', directory } as const]),
    ];
  });
}
