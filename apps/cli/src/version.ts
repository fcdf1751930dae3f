import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { CHECKOUT } from './state-directory.ts';

export function version(): string {
  const { version: number } = JSON.parse(readFileSync(join(CHECKOUT, 'package.json'), 'utf8')) as { version: string };
  return number;
}
