import { chmodSync, existsSync, mkdtempSync, readdirSync, readFileSync, realpathSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { type StartFault, startFaultSentence } from '@fallover/events';
import type { RunnableCommand } from '@fallover/notify';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { checkTrust } from '../executor/launcher/trust.ts';
import { commandRunner } from './run-command.ts';

let folder: string;
let kept: string;
beforeEach(() => {
  folder = realpathSync(mkdtempSync(join(tmpdir(), 'fallover-command-')));
  kept = mkdtempSync(join(tmpdir(), 'fallover-output-'));
});
afterEach(() => {
  rmSync(folder, { recursive: true });
  rmSync(kept, { recursive: true });
});

const script = (text: string): string => {
  const path = join(folder, 'script');
  writeFileSync(path, text);
  chmodSync(path, 0o755);
  return path;
};
/** `checks`: as the daemon does. Else what it can still meet when the file changes behind them. */
const run = (path: string, more: Partial<RunnableCommand> = {}, checks = true) =>
  commandRunner({ directory: kept, checkTrust: async () => (checks ? checkTrust(path) : undefined) })({
    path,
    args: [],
    environment: {},
    input: '',
    signal: new AbortController().signal,
    ...more,
  });

/** Resolves once the file is there with something in it. */
async function written(path: string): Promise<string> {
  for (;;) {
    const text = existsSync(path) ? readFileSync(path, 'utf8') : '';
    if (text.endsWith('\n')) return text.trim();
    await new Promise((resolve) => setTimeout(resolve, 10));
  }
}
const isAlive = (pid: number): boolean => {
  try {
    // A process that has ended and that nobody has waited for yet does nothing any more.
    return !/^State:\s+[ZX]/m.test(readFileSync(`/proc/${pid}/status`, 'utf8'));
  } catch {
    return false;
  }
};
async function gone(pid: number): Promise<void> {
  while (isAlive(pid)) await new Promise((resolve) => setTimeout(resolve, 10));
}

describe('the command of a notification', () => {
  it('gets arguments, environment and the text on standard input, each literally', async () => {
    const path = script('#!/bin/sh\nprintf "<%s>" "$@"\necho "$SUBJECT"\ncat\nprintf "|%s|%s" "$PWD" "$PATH"\n');
    const end = await run(path, {
      args: ['node_down', '$(id)', 'a b;*'],
      environment: { SUBJECT: '`id` $HOME %s' },
      input: 'two\nlines $(id)',
    });
    expect(end).toEqual({
      status: 0,
      output: '<node_down><$(id)><a b;*>`id` $HOME %s\ntwo\nlines $(id)|/|/usr/sbin:/usr/bin:/sbin:/bin',
    });
  });

  it('has nothing of the environment of the daemon', async () => {
    const end = await run(script('#!/bin/sh\n/usr/bin/env | sort | cut -d= -f1\n'), { environment: { ONE: '1' } });
    expect(
      'output' in end && end.output.split('\n').filter((name) => !['PWD', '_', 'SHLVL', 'OLDPWD', ''].includes(name)),
    ).toEqual(['ONE', 'PATH']);
  });

  it.each<[string, string, number, string]>([
    ['that others can change', '#!/bin/sh\ntouch ran\n', 0o777, 'writable_by_others'],
    ['without an interpreter, for which a shell would be taken', 'touch ran\n', 0o755, 'no_interpreter'],
  ])('%s is not started, and why is said', async (_, text, mode, code) => {
    const path = script(text.replace('ran', `${folder}/ran`));
    chmodSync(path, mode);
    expect(await run(path)).toEqual({ refused: startFaultSentence({ code: code as StartFault['code'], path }) });
    expect(existsSync(join(folder, 'ran'))).toBe(false);
    expect(readdirSync(kept)).toEqual([]);
  });

  it('is not started when its time is over before', async () => {
    const end = await run(script(`#!/bin/sh\ntouch ${folder}/ran\n`), { signal: AbortSignal.abort() });
    expect(end).toEqual({ refused: 'There was no time left to start it.' });
    expect(existsSync(join(folder, 'ran'))).toBe(false);
  });

  it.each<[string, () => string, string, Partial<RunnableCommand>?]>([
    ['is not there', () => join(folder, 'missing'), 'ENOENT'],
    [
      'cannot be executed',
      () => {
        const path = script('#!/bin/sh\n');
        chmodSync(path, 0o644);
        return path;
      },
      'EACCES',
    ],
    ['names an interpreter that is not there', () => script('#!/no/such/interpreter\n'), 'ENOENT'],
    ['would get more arguments than there is room for', () => script('#!/bin/sh\n'), 'E2BIG', { args: ['x'.repeat(3_000_000)] }],
    ['would get an argument with a NUL in it', () => script('#!/bin/sh\n'), 'ERR_INVALID_ARG_VALUE', { args: ['a\0b'] }],
  ])('that %s could not be started', async (_, made, reason, more) => {
    const path = made();
    expect(await run(path, more, false)).toEqual({ refused: `${path} could not be started: ${reason}.` });
    expect(readdirSync(kept)).toEqual([]);
  });

  it('has its exit status, or 128 and the number of the signal', async () => {
    expect(await run(script('#!/bin/sh\nexit 75\n'))).toEqual({ status: 75, output: '' });
    expect(await run(script('#!/bin/sh\nkill -9 $$\n'))).toMatchObject({ status: 137 });
    expect(await run(script('#!/bin/sh\nkill -TERM $$\n'))).toMatchObject({ status: 143 });
    expect(await run(script('#!/bin/sh\nkill -ABRT $$\n'))).toMatchObject({ status: 134 });
  });

  it('finds a /dev/stderr to open, and what it says there stays in order', async () => {
    const end = await run(script('#!/bin/sh\necho one\necho two >>/dev/stderr\necho three >>/dev/stdout\necho four\n'));
    expect(end).toEqual({ status: 0, output: 'one\ntwo\nthree\nfour\n' });
  });

  it('leaves no gap in its output when it empties it, as > /dev/stderr does', async () => {
    const end = await run(script('#!/bin/sh\necho one\necho two >/dev/stderr\necho three\n'));
    expect(end).toEqual({ status: 0, output: 'two\nthree\n' });
  });

  it('of which the output is long is read up to 64 KiB, and leaves no file behind', async () => {
    const end = await run(script('#!/bin/sh\nhead -c 1048576 /dev/zero | tr "\\\\0" x\n'));
    expect('output' in end && [end.status, end.output.length, end.output.slice(-3)]).toEqual([0, 65_536, 'xxx']);
    expect(readdirSync(kept)).toEqual([]);
  });

  it('that asks for more than the text finds the end of it', async () => {
    expect(await run(script('#!/bin/sh\ncat; cat; read x || echo end\n'), { input: 'text' })).toEqual({
      status: 0,
      output: 'textend\n',
    });
  });

  it('is ended with all that it has started when its time is over, also what does not heed TERM', async () => {
    const stubborn = `trap "" TERM; while :; do sleep 0.05; done`;
    const path = script(
      `#!/bin/sh\n(${stubborn}) &\necho $! > ${folder}/child.new\nmv ${folder}/child.new ${folder}/child\nwait\n`,
    );
    const time = new AbortController();
    const ending = run(path, { signal: time.signal });
    const child = Number(await written(join(folder, 'child')));
    expect(isAlive(child)).toBe(true);
    time.abort();
    expect(await ending).toMatchObject({ status: 143 });
    await gone(child);
  }, 5_000);

  it('that does not heed TERM itself is killed', async () => {
    const path = script(`#!/bin/sh\ntrap "" TERM\necho ready > ${folder}/ready\nwhile :; do sleep 0.05; done\n`);
    const time = new AbortController();
    const ending = run(path, { signal: time.signal });
    await written(join(folder, 'ready'));
    time.abort();
    expect(await ending).toMatchObject({ status: 137 });
  }, 10_000);
});
