import {
  chmodSync,
  closeSync,
  fsyncSync,
  mkdirSync,
  openSync,
  readdirSync,
  readFileSync,
  renameSync,
  writeFileSync,
} from 'node:fs';
import { join } from 'node:path';
import {
  type CustomEvent,
  checkEntry,
  cleanFields,
  type Entry,
  type EventCustomization,
  err,
  type Field,
  ok,
  type Result,
} from '@fallover/events';
import type { ActiveRevision, ClusterStore } from '@fallover/store';
import type { UseCases } from '../http/use-cases.ts';
import type { ScriptLibrary } from '../script-library/script-library.ts';
import { documentOf, entryText, hashed, readExample } from './documents.ts';
import { type DefinitionFault, refusal, systemReason } from './faults.ts';
import type { RevisionFiles } from './revision-files.ts';
import type { DefinitionReader } from './state.ts';
import { isEmptyCluster, layDown } from './synchronise.ts';
import { answerOf } from './write-entry.ts';

export interface ExampleParts {
  store: ClusterStore;
  reader: DefinitionReader;
  files: RevisionFiles;
  cluster: string;
  nodes(): readonly string[];
  /** The folder that holds `configuration.json` and `scripts/`. */
  exampleSource: string;
  stateDirectory: string;
  library: ScriptLibrary;
  /** ISO 8601, UTC. */
  now(): string;
}

/** Copies the scripts first; then configuration and pointer come in one commit, so that nobody sees half an example. */
export function exampleUseCase(parts: ExampleParts): Pick<UseCases, 'loadExample'> {
  const { store, reader, files, cluster, nodes, exampleSource, stateDirectory } = parts;
  const directory = join(stateDirectory, 'example-scripts');
  return {
    async loadExample(_, { principal, request }) {
      if (!isEmptyCluster(await reader.now())) return err(refusal({ code: 'not_empty' }));
      const example = readEntries(exampleSource, directory, nodes());
      if (!example.ok) return err(refusal(example.error));
      const entries = example.value;
      const copied = copyScripts(join(exampleSource, 'scripts'), directory);
      if (!copied.ok) return err(refusal(copied.error));

      const { text, hash } = hashed(documentOf(cluster, entries));
      const laidDown = layDown(files, hash, text);
      if (laidDown) return err(laidDown);
      const next = {
        document: text,
        hash,
        at: parts.now(),
        by: principal.name,
        comment: 'The example configuration',
        entries: entries.map((entry) => ({ class: entry.class, name: entry.name, revision: 0, document: entryText(entry) })),
      };
      const reply = ({ number }: Pick<ActiveRevision, 'number'>) => ({ number, directory });
      const written = await store.activate(request, next, { active: 0, entries: [] }, (revision) =>
        answerOf(201, reply(revision)),
      );
      if (written.outcome === 'repeated') return { repeated: written.answer };
      if (written.outcome === 'changed_meanwhile') return err(refusal({ code: 'not_empty' }));
      await parts.library.follow();
      return ok(reply({ number: 1 }));
    },
  };
}

/** The entries of the example, with the pathnames that its scripts have once they are copied. */
function readEntries(source: string, directory: string, nodes: readonly string[]): Result<Entry[], DefinitionFault> {
  const path = join(source, 'configuration.json');
  let text: string;
  try {
    text = readFileSync(path, 'utf8');
  } catch (error) {
    return err({ code: 'example_not_readable', path, reason: reasonOf(error) });
  }
  const parsed = readExample(text);
  if (!parsed.ok) return err({ code: 'example_not_readable', path, reason: parsed.error });
  const entries = parsed.value.map((entry) => placed(entry, directory));
  const faults = entries.flatMap((entry) => checkEntry(entry, entries, nodes).faults);
  return faults.length > 0 ? err({ code: 'invalid_input', faults }) : ok(entries);
}

function placed(entry: Entry, directory: string): Entry {
  const place = (field: Field<string> | undefined): Field<string> => ({
    ...(field?.cluster === undefined ? {} : { cluster: join(directory, field.cluster) }),
    nodes: Object.fromEntries(Object.entries(field?.nodes ?? {}).map(([node, file]) => [node, join(directory, file)])),
  });
  if (entry.class === 'custom_event') {
    const fields: CustomEvent = { ...entry.fields, script: place(entry.fields.script) };
    return { ...entry, fields: cleanFields(fields) };
  }
  if (entry.class !== 'event') return entry;
  const { eventCommand, notifyCommand, recoveryCommand } = entry.fields;
  const fields: EventCustomization = {
    ...entry.fields,
    eventCommand: place(eventCommand),
    notifyCommand: place(notifyCommand),
    recoveryCommand: place(recoveryCommand),
  };
  return { ...entry, fields: cleanFields(fields) };
}

/** Each script is there whole or not at all; only its owner may write to it. */
function copyScripts(source: string, directory: string): Result<undefined, DefinitionFault> {
  let scripts: { name: string; content: Buffer }[];
  try {
    scripts = readdirSync(source).map((name) => ({ name, content: readFileSync(join(source, name)) }));
  } catch (error) {
    return err({ code: 'example_not_readable', path: source, reason: reasonOf(error) });
  }
  try {
    mkdirSync(directory, { recursive: true, mode: 0o755 });
    chmodSync(directory, 0o755); // whatever the umask says
    for (const { name, content } of scripts) {
      const fresh = join(directory, `${name}.new`);
      writeFileSync(fresh, content, { flush: true });
      chmodSync(fresh, 0o755);
      renameSync(fresh, join(directory, name));
    }
    synchroniseDirectory(directory);
    return ok(undefined);
  } catch (error) {
    return err({ code: 'example_not_writable', path: directory, reason: reasonOf(error) });
  }
}

function synchroniseDirectory(directory: string): void {
  const open = openSync(directory, 'r');
  try {
    fsyncSync(open);
  } finally {
    closeSync(open);
  }
}

function reasonOf(error: unknown): string {
  const reason = systemReason(error);
  if (reason === undefined) throw error;
  return reason;
}
