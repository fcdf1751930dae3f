import { DatabaseSync } from 'node:sqlite';

/**
 * One daemon per state directory: an exclusive transaction that stays open for as long as the daemon lives, and that the
 * system ends with the process, however that dies. Undefined when another daemon holds it.
 */
export function lockStateDirectory(path: string): { release(): void } | undefined {
  const database = new DatabaseSync(path);
  try {
    database.exec('PRAGMA busy_timeout = 0; BEGIN EXCLUSIVE');
    return { release: () => database.close() };
  } catch (error) {
    database.close();
    if ((error as { errcode?: number }).errcode === 5) return undefined;
    throw error;
  }
}
