import { chmodSync, mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { expect, it } from 'vitest';
import { writableByOthers } from './writable-by-others.ts';

it('finds what others can write to, the topmost first', () => {
  const top = mkdtempSync(join(tmpdir(), 'fallover-writable-'));
  const directory = join(top, 'bin');
  const file = join(directory, 'program');
  mkdirSync(directory);
  writeFileSync(file, '');
  chmodSync(directory, 0o755);
  chmodSync(file, 0o755);
  expect(writableByOthers(file)).toBeUndefined();
  chmodSync(file, 0o775);
  expect(writableByOthers(file)).toBe(file);
  chmodSync(directory, 0o757);
  expect(writableByOthers(file)).toBe(directory);
  rmSync(top, { recursive: true });
});
