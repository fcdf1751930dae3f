import { spawnSync } from 'node:child_process';

/** Milliseconds that each of these scripts takes in a bare `sh` loop: the baseline of every figure about commands. */
export function measureLoop(paths: readonly string[]): number {
  const began = performance.now();
  const { status } = spawnSync('/bin/sh', ['-c', 'for script; do "$script"; done', 'sh', ...paths], { stdio: 'ignore' });
  if (status !== 0) throw new Error(`The sh loop ended with status ${status}.`);
  return (performance.now() - began) / paths.length;
}
