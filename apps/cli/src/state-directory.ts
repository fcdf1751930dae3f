import { dirname, join, resolve } from 'node:path';

/** The checkout that this file is part of: apps/cli/src is three levels down. */
export const CHECKOUT = resolve(dirname(import.meta.filename), '../../..');

/** Where the daemon keeps its state: as said, else `var` in the checkout. */
export function stateDirectory(option: string | undefined, env: Readonly<Record<string, string | undefined>>): string {
  const said = option ?? (env['FALLOVER_STATE'] || undefined);
  return said === undefined ? join(CHECKOUT, 'var') : resolve(said);
}

export const socketIn = (state: string): string => join(state, 'control.sock');
