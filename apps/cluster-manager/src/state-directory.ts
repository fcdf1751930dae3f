import { accessSync, constants, existsSync, mkdirSync, readFileSync, writeFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { err, ok, type Result } from '@fallover/events';
import { lockStateDirectory } from './journal/lock.ts';
import type { ClusterManagerSettings, StartRefusal } from './settings.ts';

export interface StateDirectory {
  /** From now on it is this node's and this cluster's for good; not before what was asked for has proven to be possible. */
  claim(): void;
  release(): void;
}

/** Makes the state directory, and takes it for this daemon alone. */
export function openStateDirectory(settings: ClusterManagerSettings): Result<StateDirectory, StartRefusal> {
  const { stateDirectory: path } = settings;
  const unwritable = prepare(path);
  if (unwritable) return err(unwritable);
  try {
    const lock = lockStateDirectory(join(path, 'lock.db'));
    if (!lock) return err({ code: 'state_directory_in_use', path });
    const owner = ownerOf(settings);
    if (owner === 'this one' || owner === 'nobody') {
      const claim = (): void => (owner === 'nobody' ? writeOwner(settings) : undefined);
      return ok({ claim, release: lock.release });
    }
    lock.release();
    return err(owner);
  } catch (error) {
    return err({ code: 'state_file_corrupt', path: join(path, 'lock.db'), reason: (error as Error).message });
  }
}

function prepare(path: string): StartRefusal | undefined {
  try {
    makeDirectory(path);
    accessSync(path, constants.R_OK | constants.W_OK | constants.X_OK);
    for (const name of ['log', 'revisions']) makeDirectory(join(path, name));
    return undefined;
  } catch (error) {
    const reason = (error as NodeJS.ErrnoException).code ?? (error as Error).message;
    return { code: 'state_directory_not_writable', path, reason };
  }
}

/** One by one: below /proc, `recursive` would try for ever. */
export function makeDirectory(path: string): void {
  if (existsSync(path)) return;
  makeDirectory(dirname(path));
  mkdirSync(path, { mode: 0o700 });
}

const OWNER = 'node.json';

/** A state directory belongs to one node of one cluster: its journal tells what that node did. */
function ownerOf({ stateDirectory: path, node, cluster }: ClusterManagerSettings): 'this one' | 'nobody' | StartRefusal {
  const file = join(path, OWNER);
  try {
    const owner = JSON.parse(readFileSync(file, 'utf8')) as { node: string; cluster: string };
    if (owner.node !== node) return { code: 'state_of_another_node', path, node: owner.node, asked: node };
    if (owner.cluster !== cluster) return { code: 'state_of_another_cluster', path, cluster: owner.cluster, asked: cluster };
    return 'this one';
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code === 'ENOENT') return 'nobody';
    return { code: 'state_file_corrupt', path: file, reason: (error as Error).message };
  }
}

function writeOwner({ stateDirectory, node, cluster }: ClusterManagerSettings): void {
  writeFileSync(join(stateDirectory, OWNER), JSON.stringify({ node, cluster }), { mode: 0o600 });
}
