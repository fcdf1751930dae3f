import { spawnSync } from 'node:child_process';
import { readFileSync } from 'node:fs';
import { describe, expect, it } from 'vitest';
import { isPlant, PLANTS, type Plant } from './plants.ts';
import { crashTest } from './rounds.ts';

const seed = Number(process.env.FALLOVER_SEED ?? Date.now() % 1_000_000_000);
const ROOT = new URL('../../../', import.meta.url);
const names = Object.keys(PLANTS).filter(isPlant);

/** How a few rounds tell on a daemon with this bug, tried again with another seed as long as nothing shows. */
async function codesOf(name: keyof typeof PLANTS): Promise<string[]> {
  const caughtAs = new Set<string>(PLANTS[name].caughtAs);
  for (let attempt = 0; ; attempt += 1) {
    const { violations } = await crashTest({ rounds: 3 + attempt, seed: seed + attempt, plant: name, settlesWithinMs: 8_000 });
    const codes = violations.map(({ code }) => code).filter((code) => caughtAs.has(code));
    if (codes.length > 0 || attempt === 4) return codes;
  }
}

describe.concurrent('a planted bug is caught', () => {
  it.each(names)('%s', { timeout: 900_000 }, async (name) => {
    expect(await codesOf(name), `seed ${seed}`).not.toEqual([]);
  });
});

describe('planting', () => {
  it.each(names)('finds the text to replace once: %s', (name) => {
    const { changes }: Plant = PLANTS[name];
    for (const { module, text } of changes) expect(readFileSync(new URL(module, ROOT), 'utf8').split(text)).toHaveLength(2);
  });

  it('fails loudly when it does not know the bug', () => {
    const plant = new URL('./plant.ts', import.meta.url).pathname;
    const ended = spawnSync(process.execPath, ['--import', plant, '-e', ''], { env: { FALLOVER_PLANT: 'no such bug' } });
    expect(ended.status).toBe(1);
    expect(String(ended.stderr)).toContain('FALLOVER_PLANT names no bug: "no such bug".');
  });
});
