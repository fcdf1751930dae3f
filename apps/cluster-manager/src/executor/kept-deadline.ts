import { readFileSync, renameSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import type { NodeDeadline } from './executor.ts';

const fileOf = (stateDirectory: string): string => join(stateDirectory, 'deadline.json');

/**
 * Kept for the launchers of earlier daemons: what they run may go on when this daemon has resumed the lease. Not forced to the
 * disk: after a power failure nothing runs any more.
 */
export function keepDeadline(stateDirectory: string, { at, lease }: NodeDeadline): void {
  const fresh = `${fileOf(stateDirectory)}.new`;
  writeFileSync(fresh, `${JSON.stringify({ format: 1, lease, at: String(at) })}\n`, { mode: 0o600 });
  renameSync(fresh, fileOf(stateDirectory));
}

/** Undefined when there is none, or none that can be read. */
export function keptDeadline(stateDirectory: string): NodeDeadline | undefined {
  try {
    const { format, lease, at } = JSON.parse(readFileSync(fileOf(stateDirectory), 'utf8')) as Record<string, unknown>;
    return format === 1 && typeof lease === 'string' && typeof at === 'string' ? { lease, at: BigInt(at) } : undefined;
  } catch {
    return undefined;
  }
}
