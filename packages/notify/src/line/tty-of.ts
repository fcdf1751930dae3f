import { realpathSync } from 'node:fs';
import type { DeliveryFault } from '../transport.ts';
import { checkTty } from './check-tty.ts';
import { lineFault } from './faults.ts';

/** What two methods share that name the same line, by whatever name. */
export function sharedLine({ tty }: { tty: string }): string {
  try {
    return `tty ${realpathSync(tty)}`;
  } catch {
    return `tty ${tty}`;
  }
}

/** `checkNode` of every transport with a line. */
export async function checkLine({ tty }: { tty: string }, heartbeats?: readonly string[]): Promise<DeliveryFault | undefined> {
  const fault = await checkTty(tty, heartbeats);
  return fault === undefined ? undefined : lineFault(fault);
}
