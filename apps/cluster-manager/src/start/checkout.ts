import { readFileSync } from 'node:fs';
import { fileURLToPath } from 'node:url';

/** A file of the checkout that this daemon runs from. */
export const checkout = (path: string): string => fileURLToPath(new URL(`../../../../${path}`, import.meta.url));

export const VERSION: string = (JSON.parse(readFileSync(checkout('package.json'), 'utf8')) as { version: string }).version;
