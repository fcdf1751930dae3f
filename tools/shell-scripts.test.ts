import { spawnSync } from 'node:child_process';
import { globSync, readFileSync, statSync } from 'node:fs';
import { describe, expect, it } from 'vitest';
import { ROOT } from './stages/command.ts';

const hasShellcheck = spawnSync('shellcheck', ['--version']).status === 0;
const scripts = globSync(['examples/**', 'tools/*', 'apps/cli/bin/*', '.ci/*'], { cwd: ROOT })
  .filter((path) => statSync(`${ROOT}/${path}`).isFile() && /^#!.*\b(sh|bash)\n/.test(readFileSync(`${ROOT}/${path}`, 'utf8')))
  .sort();

describe('the shell scripts that people run or copy', () => {
  it('are found', () => expect(scripts).toContain('examples/fencing/fence-by-ipmi'));

  it.skipIf(!hasShellcheck).each(scripts)('%s has nothing that shellcheck finds (skipped where there is none)', (path) => {
    expect(spawnSync('shellcheck', [path], { cwd: ROOT, encoding: 'utf8' }).stdout).toBe('');
  });
});
