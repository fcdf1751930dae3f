import { accessSync, constants } from 'node:fs';
import {
  type CommandFacts,
  type DefinitionDocument,
  err,
  type Finding,
  interpreterOf,
  type LaidDown,
  type LibraryOnNode,
  nameInLibrary,
  ok,
  type Result,
  type ScriptSet,
  type StartFault,
  scriptsOf,
  verifyLibrary,
} from '@fallover/events';
import type { ClusterStore } from '@fallover/store';
import { readDocument, readEntry } from '../definition/documents.ts';
import { refusal, systemReason } from '../definition/faults.ts';
import { checkDirectoryTrust, checkTrust } from '../executor/launcher/trust.ts';
import type { Refusal } from '../http/use-cases.ts';
import { currentIs, inspectSet, isSound } from './inspect.ts';
import { laidDownSets, layDownSet, removeSetsBut, sweep, switchCurrent } from './lay-down.ts';
import { setNameOf } from './set-name.ts';

/** What of a document concerns the library. */
export type WithScripts = Pick<DefinitionDocument, 'entries'>;

/** The scripts that the configuration keeps, as files of this node. */
export interface ScriptLibrary {
  /** Undefined when it is off. */
  directory: string | undefined;
  /** The bytes of the document's scripts are there when it returns; nothing uses them yet. Also puts right what was changed in them. */
  layDown(document: WithScripts): Promise<Result<void, Refusal>>;
  /** `current` leads to the scripts of the revision that is active now, and they are as they should be. */
  follow(): Promise<void>;
  /** Whether the active revision's files are as they were laid down, and `current` leads to them. */
  isAsConfigured(): Promise<boolean>;
  /** At start, before anything runs: what a crash left undone is done, for the active revision and for the runs that are open. */
  takeUp(): Promise<void>;
  /** Removes the sets of scripts of which no open run and not the active revision had need, now and at the look before this one. */
  removeOldSets(): Promise<void>;

  onThisNode(): Promise<LibraryOnNode>;
  /** For verification: what is wrong with the scripts of the document, and with what is laid down. */
  findings(document: DefinitionDocument): Promise<Finding[]>;
  /** What a command is by the document that it stands in; undefined for one that is not of the library: its file is to be looked at. */
  commandOf(path: string, document: WithScripts): Promise<CommandFacts | undefined>;
  /** Why a command of the draft could not be started on this node: of the library by the draft, any other by its file. */
  checkCommand(path: string): Promise<StartFault | undefined>;
}

export interface ScriptLibraryParts {
  directory: string | undefined;
  node: string;
  store: Pick<ClusterStore, 'content' | 'active' | 'revision' | 'draft'>;
  /** The numbers of the revisions that runs which have not ended go by. */
  openRevisions(): Promise<number[]>;
  /** What could not be done although nobody waits for it; undefined once it is done. */
  trouble(reason: string | undefined): void;
}

const MOST_KNOWN = 8;

export function scriptLibrary({ directory, node, store, openRevisions, trouble }: ScriptLibraryParts): ScriptLibrary {
  /** One at a time lays down, switches or removes. */
  let turn: Promise<unknown> = Promise.resolve();
  const inTurn = <Value>(work: () => Promise<Value>): Promise<Value> => {
    const done = turn.then(work);
    turn = done.catch(() => {});
    return done;
  };
  /** Sets that nothing needed at the last look: one that a synchronise has just laid down, or a run is about to begin with, is not removed. */
  let unneeded = new Set<string>();

  /** A revision never changes, so its scripts are read once. */
  const known = new Map<number, ScriptSet>();
  const scriptsOfRevision = async (number: number): Promise<ScriptSet> => {
    const found = known.get(number);
    if (found) return found;
    const stored = await store.revision(number);
    const read = stored && readDocument(stored.document);
    if (!read?.ok) return new Map();
    if (known.size >= MOST_KNOWN) known.delete(known.keys().next().value as number);
    const scripts = scriptsOf(read.value);
    known.set(number, scripts);
    return scripts;
  };
  const activeScripts = async (): Promise<ScriptSet> => scriptsOfRevision((await store.active())?.number ?? 0);
  const neededSets = async (): Promise<Set<string>> => {
    const needed = new Set([setNameOf(await activeScripts())]);
    for (const number of await openRevisions()) needed.add(setNameOf(await scriptsOfRevision(number)));
    return needed;
  };
  const draftDocument = async (): Promise<WithScripts> => ({
    entries: (await store.draft()).flatMap((stored) => {
      const read = readEntry(stored);
      return read.ok ? [read.value] : [];
    }),
  });

  /** Lays a set down; a fault names what is in the way. */
  const layDown = async (library: string, scripts: ScriptSet): Promise<Result<void, Refusal>> => {
    unneeded.delete(setNameOf(scripts));
    try {
      const [name] = await layDownSet(library, scripts, store.content);
      return name === undefined ? ok(undefined) : err(refusal({ code: 'content_not_kept', name }));
    } catch (error) {
      const reason = systemReason(error);
      if (reason === undefined) throw error;
      return err(refusal({ code: 'scripts_not_writable', path: library, reason }));
    }
  };

  /** What is active is laid down and switched to. Runs do not depend on `current`: a trouble that is shown is enough. */
  const followActive = async (library: string): Promise<void> => {
    const scripts = await activeScripts();
    const laidDown = await layDown(library, scripts);
    if (!laidDown.ok) return trouble(laidDown.error.sentence);
    try {
      await switchCurrent(library, scripts);
      trouble(undefined);
    } catch (error) {
      const reason = systemReason(error);
      if (reason === undefined) throw error;
      trouble(refusal({ code: 'scripts_not_writable', path: library, reason }).sentence);
    }
  };

  const onThisNode = async (): Promise<LibraryOnNode> => {
    if (directory === undefined) return { node, laidDown: new Map<string, LaidDown>(), currentIsActive: true };
    const scripts = await activeScripts();
    const found = await inspectSet(directory, scripts);
    return { node, directory, laidDown: found.scripts, currentIsActive: await currentIs(directory, scripts) };
  };

  // Verification asks for thousands of commands of one document.
  const scriptsKnown = new WeakMap<WithScripts, ScriptSet>();
  const scriptsIn = (document: WithScripts): ScriptSet => {
    const scripts = scriptsKnown.get(document) ?? scriptsOf(document);
    scriptsKnown.set(document, scripts);
    return scripts;
  };

  const commandOf: ScriptLibrary['commandOf'] = async (path, document) => {
    const name = directory === undefined ? undefined : nameInLibrary(path, directory);
    if (directory === undefined || name === undefined) return undefined;
    const sha256 = scriptsIn(document).get(name);
    if (sha256 === undefined) return { fault: { code: 'script_not_in_revision', path } };
    const untrusted = checkDirectoryTrust(directory);
    if (untrusted) return { fault: untrusted };
    const text = await store.content(sha256);
    if (text === undefined) return { fault: { code: 'script_not_laid_down', path } };
    const missing = interpreterFault(text);
    if (missing) return { fault: { code: 'no_interpreter', path, ...missing } };
    return { form: 'script', sha256, size: Buffer.byteLength(text) };
  };

  return {
    directory,
    layDown: async (document) =>
      directory === undefined ? ok(undefined) : inTurn(() => layDown(directory, scriptsOf(document))),
    async follow() {
      if (directory !== undefined) await inTurn(() => followActive(directory));
    },
    async isAsConfigured() {
      if (directory === undefined) return true;
      const scripts = await activeScripts();
      return isSound(await inspectSet(directory, scripts)) && (await currentIs(directory, scripts));
    },
    async takeUp() {
      if (directory === undefined) return;
      await inTurn(async () => {
        await sweep(directory);
        // Of an open run the launcher refuses in a sentence what is lacking; the active revision's troubles are shown.
        for (const number of await openRevisions()) await layDown(directory, await scriptsOfRevision(number));
        await followActive(directory);
        await removeSetsBut(directory, await neededSets());
      });
    },
    async removeOldSets() {
      if (directory === undefined) return;
      await inTurn(async () => {
        const needed = await neededSets();
        const kept = (await laidDownSets(directory)).filter((set) => needed.has(set) || !unneeded.has(set));
        await removeSetsBut(directory, new Set(kept));
        unneeded = new Set(kept.filter((set) => !needed.has(set)));
      });
    },
    onThisNode,
    async findings(document) {
      const withoutBytes = new Set<string>();
      for (const [name, sha256] of scriptsOf(document)) if ((await store.content(sha256)) === undefined) withoutBytes.add(name);
      return verifyLibrary({ document, nodes: [await onThisNode()], withoutBytes });
    },
    commandOf,
    async checkCommand(path) {
      // The draft is read only for a command of the library: most are none.
      if (directory === undefined || nameInLibrary(path, directory) === undefined) return checkTrust(path);
      const command = await commandOf(path, await draftDocument());
      return command && 'fault' in command ? command.fault : undefined;
    },
  };
}

/** Why the kernel would not start a script with this text. */
function interpreterFault(text: string): { reason?: string } | undefined {
  const interpreter = interpreterOf(text);
  if (!interpreter) return {};
  try {
    accessSync(interpreter.path.startsWith('/') ? interpreter.path : `/${interpreter.path}`, constants.X_OK);
    return undefined;
  } catch (error) {
    return { reason: (error as NodeJS.ErrnoException).code ?? 'EIO' };
  }
}
