import { createHash } from 'node:crypto';
import { type Stats, statSync } from 'node:fs';
import { type FileHandle, open } from 'node:fs/promises';
import { setImmediate as breathe } from 'node:timers/promises';
import type { CommandFacts, NodeFacts } from '@fallover/events';
import { type FileFacts, LARGEST_HASHED, READ_AT_ONCE, readFileFacts, readFileForm } from '../executor/launcher/file-facts.ts';
import { inspectCommand } from '../executor/launcher/trust.ts';

/** Looks at commands where they are: on this node, or by asking the cluster manager of another. */
export interface NodeInspector {
  node: string;
  /** Throws when the node cannot be asked. */
  inspect(paths: readonly string[]): Promise<NodeFacts>;
}

/** Larger files are read piece by piece between other things; of all at once no more than this many. */
const AT_ONCE = 4;
/** A smaller file is read faster than it takes to come back to it. */
const LARGEST_READ_AT_ONCE = 256 * 1024;
const PIECE = 1024 * 1024;
/** For so long nothing else of this process gets its turn. */
const LONGEST_TURN_MS = 10;
/** How often a file is read that changes meanwhile. */
const ATTEMPTS = 3;

/** Looks at the files of this node by the rules that the launcher starts them by, so that the two cannot disagree. */
export function localInspector(parts: { node: string; lastSha256(command: string): string | undefined }): NodeInspector {
  return {
    node: parts.node,
    async inspect(paths) {
      const commands = new Map<string, CommandFacts>();
      const lastRun = new Map<string, string>();
      let turn = performance.now();
      const left = paths.values();
      const work = async (): Promise<void> => {
        for (const path of left) {
          commands.set(path, await factsOf(path));
          const before = parts.lastSha256(path);
          if (before !== undefined) lastRun.set(path, before);
          if (performance.now() - turn < LONGEST_TURN_MS) continue;
          await breathe();
          turn = performance.now();
        }
      };
      await Promise.all(Array.from({ length: AT_ONCE }, work));
      return { node: parts.node, commands, lastRun };
    },
  };
}

/** `hash` reads what is too large to be read at once; tests change the file meanwhile. */
export async function factsOf(path: string, hash = hashPieces): Promise<CommandFacts> {
  let form: 'program' | 'script' = 'program';
  let size = 0;
  for (let attempt = 0; attempt < ATTEMPTS; attempt += 1) {
    let before: Stats | undefined;
    const inspected = inspectCommand(path, (_, file): FileFacts => {
      before = file;
      return file.size <= LARGEST_READ_AT_ONCE ? readFileFacts(path, file) : readFileForm(path);
    });
    if ('fault' in inspected) return inspected;
    const { facts } = inspected;
    form = facts.form === 'script' ? 'script' : 'program';
    size = before?.size ?? 0;
    const file = { form, size, ...(before ? { mode: before.mode & 0o7777 } : {}) };
    if (facts.form === 'unreadable') return { ...file, notHashed: 'not_readable' };
    if (size > LARGEST_HASHED) return { ...file, notHashed: 'too_large' };
    const sha256 = facts.sha256 ?? (await hash(path, size));
    if (sha256 !== undefined && before && isUnchanged(path, before)) return { ...file, sha256 };
  }
  return { form, size, notHashed: 'changing' };
}

/** Undefined: the file is another than before, or cannot be read any more. */
async function hashPieces(path: string, size: number): Promise<string | undefined> {
  let file: FileHandle | undefined;
  try {
    file = await open(path, READ_AT_ONCE);
    if (!(await file.stat()).isFile()) return undefined;
    const hash = createHash('sha256');
    const buffer = Buffer.allocUnsafe(PIECE);
    for (let at = 0; at <= size; ) {
      const { bytesRead } = await file.read(buffer, 0, PIECE, at);
      if (bytesRead === 0) return hash.digest('hex');
      hash.update(buffer.subarray(0, bytesRead));
      at += bytesRead;
    }
    return undefined; // it grows
  } catch {
    return undefined; // looked at anew, what is wrong with it is found
  } finally {
    await file?.close();
  }
}

/** The same file with the same bytes, as far as its facts tell. */
function isUnchanged(path: string, before: Stats): boolean {
  const now = statSync(path, { throwIfNoEntry: false });
  return now !== undefined && (['dev', 'ino', 'size', 'mtimeMs', 'ctimeMs'] as const).every((fact) => now[fact] === before[fact]);
}
