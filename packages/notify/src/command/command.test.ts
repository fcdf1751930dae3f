import { spawn } from 'node:child_process';
import { chmodSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import fc from 'fast-check';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { aContext, aMessage } from '../test-support/message.test-support.ts';
import type { CommandEnd, Delivery, RunnableCommand } from '../transport.ts';
import { commandCall } from './call.ts';
import { command } from './command.ts';
import { commandDeliveryFault } from './faults.ts';

let directory: string;
beforeAll(() => {
  directory = mkdtempSync(join(tmpdir(), 'fallover-command-'));
});
afterAll(() => rmSync(directory, { recursive: true }));

function script(name: string, ...lines: string[]): string {
  const path = join(directory, name);
  writeFileSync(path, ['#!/bin/sh', ...lines, ''].join('\n'));
  chmodSync(path, 0o700);
  return path;
}

/** Starts it as the daemon does, only without the trust checks. */
function runCommand({ path, args, environment, input, signal }: RunnableCommand): Promise<CommandEnd> {
  return new Promise((resolve) => {
    const child = spawn(path, args, { env: { PATH: '/usr/bin:/bin', ...environment }, signal, killSignal: 'SIGKILL' });
    let output = '';
    for (const stream of [child.stdout, child.stderr]) stream.on('data', (chunk: Buffer) => (output += chunk.toString()));
    child.on('error', () => {});
    child.stdin.on('error', () => {});
    child.stdin.end(input);
    child.on('close', (code, killed) => resolve({ status: killed === null ? (code ?? 1) : 137, output }));
  });
}

const send = (path: string, recipient = '', message = aMessage(), context = aContext({ runCommand })): Promise<Delivery> =>
  command.send(message, recipient, command.settings.parse({ command: path }), context);
async function outcome(delivery: Promise<Delivery>): Promise<string> {
  const result = await delivery;
  return result.ok ? result.value.answer : `${result.error.code} ${result.error.next}`;
}

describe('a command as a method', () => {
  it('gets what it is about as arguments, all else in its environment, and the text on standard input', async () => {
    const path = script('tell', 'echo "$# $1 $2 $3"', 'env | grep ^FALLOVER_ | sort', 'cat');
    const context = aContext({ runCommand });
    const message = aMessage({ text: 'two\nlines', drill: true, subject: '-rf\n/', link: 'https://console/' });
    expect((await outcome(send(path, 'oncall', message, context))).split('\n')).toEqual([
      '3 node_down failure oncall',
      'FALLOVER_ARGS=nodea graceful',
      'FALLOVER_AT=2026-03-01T12:34:56.000Z',
      'FALLOVER_CLUSTER=clusterx',
      'FALLOVER_DEDUPE=01990000.failure.ops.1',
      'FALLOVER_DRILL=1',
      'FALLOVER_EVENT=node_down',
      'FALLOVER_LINK=https://console/',
      'FALLOVER_MOMENT=failure',
      'FALLOVER_NODE=nodeb',
      'FALLOVER_RECIPIENT=oncall',
      'FALLOVER_RUN=01990000-0000-7000-8000-000000000001',
      'FALLOVER_SEVERITY=error',
      'FALLOVER_SUBJECT=-rf /',
      'FALLOVER_THREAD=01990000',
      'two',
      'lines',
    ]);
    expect(context.dialogue().slice(0, 3)).toEqual([`# Runs ${path} node_down failure oncall`, '> two', '> lines']);
    expect(context.dialogue().at(-1)).toBe('# It ended with status 0.');
  });

  it('has sent with status 0, asks for later with 75, and has failed with any other', async () => {
    expect(await outcome(send(script('sent', 'exit 0')))).toBe('Status 0.');
    expect(await outcome(send(script('later', 'exit 75')))).toBe('command_deferred retry');
    for (const status of [1, 2, 74, 76, 126, 127, 255])
      expect(await outcome(send(script(`exit-${status}`, `exit ${status}`)))).toBe('command_failed give_up');
    expect(await outcome(send(script('killed', 'kill -9 $$')))).toBe('command_failed give_up');
  });

  it('is ended when the time is over', async () => {
    const soon = aContext({ runCommand, signal: AbortSignal.timeout(150) });
    expect(await outcome(send(script('forever', 'exec sleep 100'), '', aMessage(), soon))).toBe('timed_out retry');
    const over = aContext({ runCommand, signal: AbortSignal.abort() });
    expect(await outcome(send('/nowhere', '', aMessage(), over))).toBe('timed_out retry');
  });

  it('is left to the next node where it is not there or not trusted', async () => {
    const refusing = aContext({ runCommand: () => Promise.resolve({ refused: 'It belongs to a user who is not trusted.' }) });
    expect(await outcome(send('/bin/true', '', aMessage(), refusing))).toBe('command_not_started next_node');
    const there = async (path: string) => (await command.checkNode?.({ command: path }, []))?.code;
    expect(await there(script('executable', ''))).toBeUndefined();
    expect(await there('/nowhere/page')).toBe('command_not_there');
    expect(await there('/tmp')).toBe('command_not_there');
    chmodSync(join(directory, 'executable'), 0o600);
    // root may execute nothing that nobody may
    expect(await there(join(directory, 'executable'))).toBe('command_not_there');
  });

  it('says no more than a screen takes', async () => {
    const answer = await outcome(send(script('talks', 'yes | head -c 100000')));
    expect(answer.length).toBeLessThanOrEqual(2001);
  });

  it('is called for each recipient, none of which can be an option', () => {
    expect(command.recipients('')).toEqual({ ok: true, value: [''] });
    expect(command.recipients(' a  b a')).toEqual({ ok: true, value: ['a', 'b'] });
    for (const contact of ['-x', 'a --help', `a\u0000`, `x\u001b`, 'y'.repeat(257)])
      expect(command.recipients(contact)).toMatchObject({ ok: false, error: { setting: 'contact', code: 'not_an_argument' } });
    for (const path of ['page', '/bin/page now', '/bin/../x', '', '/bin/page\n'])
      expect(command.settings.safeParse({ command: path }).success).toBe(false);
  });

  it('gets arguments and environment that can be given to a process, whatever a message says', () => {
    const any = fc.string({ unit: 'binary', maxLength: 100 }).map((text) => `-${text}\u0000\n`);
    fc.assert(
      fc.property(any, any, (one, other) => {
        const call = commandCall(aMessage({ text: one, subject: other, event: one, args: [other], cluster: one }), '');
        for (const argument of call.args) expect(argument).toMatch(/^(?:[A-Za-z0-9_.][A-Za-z0-9_.-]*)?$/);
        for (const value of Object.values(call.environment)) expect(value).not.toMatch(/\p{Cc}/u);
        expect(call.input).toBe(one.toWellFormed());
      }),
    );
  });
});

describe('why a command did not send', () => {
  it('is said in a sentence with the way out', () => {
    const path = '/usr/local/bin/page';
    const sentence = (fault: Parameters<typeof commandDeliveryFault>[0]): string => commandDeliveryFault(fault).sentence;
    expect(sentence({ code: 'command_not_there', path, reason: 'ENOENT' })).toBe(
      'There is no file "/usr/local/bin/page" on this node that can be executed (ENOENT). Put the command there, or correct the pathname.',
    );
    expect(sentence({ code: 'command_not_started', path, reason: 'It is writable by others.' })).toBe(
      'The command "/usr/local/bin/page" was not started on this node: It is writable by others.',
    );
    expect(sentence({ code: 'command_timed_out', path })).toBe(
      'The command "/usr/local/bin/page" did not end in time and was ended. Look at what it waits for, or raise the timeout of the method.',
    );
    expect(sentence({ code: 'command_deferred', path, output: '' })).toBe(
      'The command "/usr/local/bin/page" asks to be run again later (status 75). Look at what it could not reach.',
    );
    expect(sentence({ code: 'command_failed', path, status: 2, output: 'no\u001bway\n' })).toBe(
      'The command "/usr/local/bin/page" failed with status 2: "no\\u001bway". Mend it; with status 75 it would be run again later.',
    );
  });
});
