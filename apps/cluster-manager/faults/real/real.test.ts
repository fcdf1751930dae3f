import { execFile } from 'node:child_process';
import { readFileSync } from 'node:fs';
import { fileURLToPath } from 'node:url';
import { etcdIsMissing } from '@fallover/store/test-support';
import { describe, expect, it } from 'vitest';
import { networkIsMissing } from './network.ts';
import { REAL_PLANTS } from './plants.ts';

const seed = Number(process.env.FALLOVER_SEED ?? Date.now() % 1_000_000_000);
const MAIN = fileURLToPath(new URL('./main.ts', import.meta.url));
const missing = etcdIsMissing ?? networkIsMissing();

describe.skipIf(missing)(`three real nodes under faults${missing === undefined ? '' : ` (${missing})`}`, () => {
  it('keep what was promised', { timeout: 300_000 }, async () => {
    const said = await new Promise<string>((resolve) => {
      const args = [MAIN, '--rounds', '3', '--seed', String(seed)];
      execFile(process.execPath, args, { maxBuffer: 64 * 1024 * 1024 }, (_, stdout, stderr) => resolve(`${stdout}${stderr}`));
    });
    expect(said, `seed ${seed}`).toContain('Every promise was kept.');
  });
});

describe('planting on real nodes', () => {
  it.each(Object.values(REAL_PLANTS).flatMap(({ changes }) => changes))('finds the text to replace once: $text', (change) => {
    const source = readFileSync(new URL(`../../../../${change.module}`, import.meta.url), 'utf8');
    expect(source.split(change.text)).toHaveLength(2);
  });
});
