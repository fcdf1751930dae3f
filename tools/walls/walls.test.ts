import { spawnSync } from 'node:child_process';
import { cpSync, mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, describe, expect, it } from 'vitest';

const root = join(import.meta.dirname, '../..');
const clone = mkdtempSync(join(tmpdir(), 'fallover-walls-'));
afterAll(() => rmSync(clone, { recursive: true }));

/** What the linter, set up as in biome.json, finds in the planted files: a line for each file and rule. */
function lint(): string[] {
  cpSync(join(import.meta.dirname, 'planted'), clone, { recursive: true });
  for (const path of ['biome.json', '.gitignore', 'tools/lint']) cpSync(join(root, path), join(clone, path), { recursive: true });
  const biome = join(root, 'node_modules/.bin/biome');
  const run = spawnSync(biome, ['lint', '--reporter=json', '--max-diagnostics=none', '.'], { cwd: clone, encoding: 'utf8' });
  const { diagnostics } = JSON.parse(run.stdout) as { diagnostics: { category: string; location: { path: string } }[] };
  return [...new Set(diagnostics.map(({ category, location }) => `${location.path} ${category}`))].sort();
}

describe('a fault planted behind each wall', () => {
  it('is found, and what stands inside the walls is not', () => {
    expect(lint()).toEqual([
      'apps/cli/src/imports-store.ts lint/style/noRestrictedImports',
      'apps/cli/src/opens-the-journal.ts lint/style/noRestrictedImports',
      'apps/cluster-manager/src/http/imports-cli.ts lint/style/noRestrictedImports',
      'apps/cluster-manager/src/queue/goes-round-again.ts lint/suspicious/noImportCycles',
      'apps/cluster-manager/src/queue/goes-round.ts lint/suspicious/noImportCycles',
      'apps/cluster-manager/src/runs/calls-c.ts lint/style/noRestrictedImports',
      'apps/cluster-manager/src/runs/forgets-a-promise.ts lint/nursery/noFloatingPromises',
      'apps/cluster-manager/src/runs/tests-a-promise.ts lint/nursery/noMisusedPromises',
      'apps/console/src/imports-cluster-manager.ts lint/style/noRestrictedImports',
      'apps/console/src/imports-store.ts lint/style/noRestrictedImports',
      'apps/console/src/reads-a-file.ts lint/style/noRestrictedImports',
      'e2e/panels/imports-contract.ts lint/style/noRestrictedImports',
      'packages/contract/src/imports-express.ts lint/style/noRestrictedImports',
      'packages/contract/src/imports-store.ts lint/style/noRestrictedImports',
      'packages/events/src/asks-the-clock-by-date.ts plugin',
      'packages/events/src/asks-the-clock.ts plugin',
      'packages/events/src/imports-contract.ts lint/style/noRestrictedImports',
      'packages/events/src/imports-zod.ts lint/style/noRestrictedImports',
      'packages/events/src/reads-a-file.ts lint/style/noRestrictedImports',
      'packages/events/src/runs/leaves-its-package.ts lint/style/noRestrictedImports',
      'packages/events/src/throws-dice.ts plugin',
      'packages/hacmp-out/src/imports-store.ts lint/style/noRestrictedImports',
      'packages/store/src/imports-contract.ts lint/style/noRestrictedImports',
      'packages/store/src/imports-zod.ts lint/style/noRestrictedImports',
    ]);
  });
});
