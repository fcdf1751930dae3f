import { cpSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';

const SOURCE = fileURLToPath(new URL('../../../examples/lab/', import.meta.url));

/** Lays the scripts of the example down and answers with its configuration, which names them there. */
export function layDownExample(directory: string): string {
  const scripts = join(directory, 'scripts');
  cpSync(join(SOURCE, 'scripts'), scripts, { recursive: true, mode: 0 });
  return readFileSync(join(SOURCE, 'configuration.json'), 'utf8').replaceAll('/lab/scripts/', `${scripts}/`);
}
