import { join } from 'node:path';
import { DatabaseSync } from 'node:sqlite';
import type { Daemon } from './daemon.ts';

/** Every account of the cluster gets this role; that holds from its next request on. */
export function becomes({ state }: Daemon, role: 'monitor' | 'operator' | 'admin'): void {
  const database = new DatabaseSync(join(state, 'journal.db'));
  database.prepare('UPDATE accounts SET role = ?').run(role);
  database.close();
}
