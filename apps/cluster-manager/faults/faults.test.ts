import { execFile } from 'node:child_process';
import { readFileSync } from 'node:fs';
import { fileURLToPath } from 'node:url';
import { describe, expect, it } from 'vitest';
import { FAULT_PLANTS, type FaultPlant, type FaultPlantName, isFaultPlant } from './plants.ts';
import { FAULTS } from './simulation.ts';

const seed = Number(process.env.FALLOVER_SEED ?? Date.now() % 1_000_000_000);
const MAIN = fileURLToPath(new URL('./main.ts', import.meta.url));
const PLANT = fileURLToPath(new URL('../crash/plant.ts', import.meta.url));
const ROOT = new URL('../../../', import.meta.url);
const names = Object.keys(FAULT_PLANTS).filter(isFaultPlant);

/** The rounds run in a process of their own: a bug is planted while that loads its sources. */
function rounds(count: number, options: { seed: number; plant?: FaultPlantName }): Promise<string> {
  const { plant } = options;
  const imports = plant === undefined ? [] : ['--import', PLANT];
  const settles = plant === undefined ? '20' : '6';
  const args = [...imports, MAIN, '--rounds', String(count), '--seed', String(options.seed), '--settles-within', settles];
  const { under = [] }: Partial<FaultPlant> = plant === undefined ? {} : FAULT_PLANTS[plant];
  const env = { PATH: process.env.PATH, ...(plant === undefined ? {} : { FALLOVER_PLANT: plant }) };
  return new Promise((resolve) => {
    execFile(process.execPath, [...args, ...under], { env, maxBuffer: 64 * 1024 * 1024 }, (_, stdout, stderr) =>
      resolve(`${stdout}${stderr}`),
    );
  });
}

describe.concurrent('many nodes under faults', () => {
  it('keep what was promised', { timeout: 180_000 }, async () => {
    expect(await rounds(FAULTS.length, { seed }), `seed ${seed}`).toContain('Every promise was kept.');
  });

  it.each(names)('a planted bug is caught: %s', { timeout: 600_000 }, async (plant) => {
    const caughtAs: readonly string[] = FAULT_PLANTS[plant].caughtAs;
    for (let attempt = 0; ; attempt += 1) {
      const said = await rounds(4, { seed: seed + attempt, plant });
      if (caughtAs.some((code) => said.includes(`\n${code}: `))) return;
      if (attempt === 7) throw new Error(`seed ${seed}: ${said.slice(-2000)}`);
    }
  });
});

describe('planting', () => {
  it.each(names)('finds the text to replace once: %s', (name) => {
    const { changes }: FaultPlant = FAULT_PLANTS[name];
    for (const { module, text } of changes) expect(readFileSync(new URL(module, ROOT), 'utf8').split(text)).toHaveLength(2);
  });
});
