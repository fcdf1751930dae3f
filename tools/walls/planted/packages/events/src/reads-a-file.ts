import { readFileSync } from 'node:fs';

export const source = readFileSync('/etc/hosts', 'utf8');
