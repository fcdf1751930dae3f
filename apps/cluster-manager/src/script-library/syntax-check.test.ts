import { existsSync, mkdtempSync, readdirSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { checkSyntax } from './syntax-check.ts';

let directory: string;
beforeAll(() => {
  directory = mkdtempSync(join(tmpdir(), 'fallover-check-'));
});
afterAll(() => rmSync(directory, { recursive: true, force: true }));

const lines = async (text: string) => {
  const { checked, interpreter, findings } = await checkSyntax(text, directory);
  return { checked, interpreter, lines: findings.map(({ line }) => line) };
};

describe('the syntax of a script', () => {
  it('is looked at by its shell, which names the lines that it cannot read', async () => {
    expect(await lines('#!/bin/sh\necho fine\n')).toEqual({ checked: true, interpreter: '/bin/sh', lines: [] });
    expect(await lines('#!/bin/sh\nif true; then\n  echo\n')).toEqual({ checked: true, interpreter: '/bin/sh', lines: [4] });
    expect(await lines('#!/bin/sh\necho\n)\n')).toEqual({ checked: true, interpreter: '/bin/sh', lines: [3] });
  });

  it.skipIf(!existsSync('/bin/bash'))('is that of bash where the first line names bash, also by env (needs bash)', async () => {
    const array = 'a=(1 2)\n[[ $a == 1 ]]\n';
    expect(await lines(`#!/usr/bin/env bash\n${array}`)).toEqual({ checked: true, interpreter: '/bin/bash', lines: [] });
    expect(await lines(`#!/no/such/place/bash\n${array}fi\n`)).toMatchObject({ interpreter: '/bin/bash', lines: [4, 4] });
  });

  it('runs nothing of the script and leaves nothing behind', async () => {
    const witness = join(directory, 'witness');
    await checkSyntax(`#!/bin/sh\ntouch ${witness}\necho "$(touch ${witness})" \`touch ${witness}\`\n`, directory);
    expect(readdirSync(directory)).toEqual([]);
  });

  it('is not looked at where that would run parts of it, or where there is no such shell', async () => {
    expect(await lines('#!/usr/bin/perl\nBEGIN { die }\n')).toEqual({ checked: false, interpreter: undefined, lines: [] });
    expect(await lines('echo\n')).toEqual({ checked: false, interpreter: undefined, lines: [] });
  });

  it('is bounded in what is said of it', async () => {
    const { findings } = await checkSyntax(`#!/bin/sh\n${`${'x'.repeat(5000)})\n`.repeat(50)}`, directory);
    expect(findings.length).toBeLessThanOrEqual(50);
    expect(Math.max(...findings.map(({ sentence }) => sentence.length))).toBeLessThanOrEqual(301);
  });

  // Where the machine is busy the shell may have ended before anybody could look at the clock.
  it('is given up when it takes too long', { retry: 5 }, async () => {
    const { checked, findings } = await checkSyntax(`#!/bin/sh\n${'echo "$(true)"\n'.repeat(17_000)}`, directory, 1);
    expect(checked).toBe(false);
    expect(findings).toEqual([
      { sentence: '/bin/sh -n did not end within 0.001 seconds, so it was ended. Look whether the script is whole.' },
    ]);
  });
});
