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

function rounds(...args: string[]): Promise<string> {
  return new Promise((resolve) => {
    const options = { maxBuffer: 64 * 1024 * 1024 };
    execFile(process.execPath, [MAIN, ...args], options, (_, stdout, stderr) => resolve(`${stdout}${stderr}`));
  });
}

describe.skipIf(missing)(`three real nodes under faults${missing === undefined ? '' : ` (${missing})`}`, () => {
  it('keep what was promised', { timeout: 300_000 }, async () => {
    expect(await rounds('--rounds', '3', '--seed', String(seed)), `seed ${seed}`).toContain('Every promise was kept.');
  });

  it.each(Object.entries(REAL_PLANTS))('a planted bug is caught: %s', { timeout: 400_000 }, async (plant, { caughtAs }) => {
    for (let attempt = 0; ; attempt += 1) {
      const said = await rounds('--rounds', '2', '--fault', 'cut_node', '--seed', String(seed + attempt), '--plant', plant);
      if (caughtAs.some((code) => said.includes(`\n${code}: `))) return;
      if (attempt === 3) throw new Error(`seed ${seed}: ${said.slice(-2000)}`);
    }
  });
});

describe('planting on real nodes', () => {
  it.each(Object.values(REAL_PLANTS).flatMap(({ changes }) => changes))('finds the text to replace once: $text', (change) => {
    const source = readFileSync(new URL(`../../../../${change.module}`, import.meta.url), 'utf8');
    expect(source.split(change.text)).toHaveLength(2);
  });
});
