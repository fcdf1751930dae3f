import { type ChildProcess, spawn } from 'node:child_process';
import { once } from 'node:events';
import type { Socket } from 'node:net';
import { fileURLToPath } from 'node:url';
import fc from 'fast-check';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { splitLines } from '../channel-lines.ts';
import { eventCommand, eventStep, makePlace, type Place, request, until } from '../executor.test-support.ts';
import { findProcesses } from '../leftover-processes.ts';

let place: Place;
let launcher: ChildProcess;
let channel: Socket;
const answers: Record<string, unknown>[] = [];

beforeAll(async () => {
  place = makePlace();
  const { stateDirectory, node, cluster } = place.settings;
  const main = fileURLToPath(new URL('./main.ts', import.meta.url));
  launcher = spawn(process.execPath, [main, '--state', stateDirectory, '--node', node, '--cluster', cluster, '--id', 'x1'], {
    stdio: ['ignore', 'ignore', 'inherit', 'pipe'],
  });
  channel = launcher.stdio[3] as Socket;
  channel.on('data', splitLines(1e7, { line: (text) => answers.push(JSON.parse(text)), tooLong: () => {} }));
  await until(() => answers.length === 1);
});
afterAll(async () => {
  channel.end();
  const [status] = await once(launcher, 'exit');
  expect(status).toBe(0);
  place.remove();
});

/** What the launcher answers to these lines, up to the refusal of a last one that it is known to refuse. */
async function answersTo(...lines: (string | Uint8Array)[]): Promise<unknown[]> {
  answers.length = 0;
  for (const line of lines) channel.write(Buffer.concat([Buffer.from(line), Buffer.from('\n')]));
  channel.write('{"type":"the last one"}\n');
  await until(() => answers.at(-1)?.code === 'unknown_message');
  return answers.slice(0, -1);
}

describe('the launcher', () => {
  it('answers what it cannot read', async () => {
    expect(await answersTo('{', '{"type":"abort"}', `"${'x'.repeat(2_000_000)}"`)).toEqual([
      { type: 'malformed', code: 'not_json' },
      { type: 'malformed', code: 'malformed_request' },
      { type: 'malformed', code: 'line_too_long' },
    ]);
  });

  it('starts nothing that is named in the request itself', async () => {
    const revision = place.define(eventCommand(place.command('exit-3')));
    const asked = { type: 'start', ...request(revision), argv: ['/bin/sh', '-c', 'exit 9'], path: '/bin/sh' };
    expect(await answersTo(JSON.stringify(asked))).toEqual([{ type: 'malformed', code: 'malformed_request', step: eventStep() }]);
  });

  it('survives whatever it is sent, and starts nothing because of it', async () => {
    const sound = { type: 'start', ...request('a'.repeat(64)) };
    const bent = fc
      .tuple(fc.constantFrom('type', ...Object.keys(sound)), fc.jsonValue({ maxDepth: 2 }))
      .map(([field, value]) => JSON.stringify({ ...sound, [field]: value }));
    const bytes = fc.uint8Array({ maxLength: 200 }).map((raw) => raw.filter((byte) => byte !== 10));
    await fc.assert(
      fc.asyncProperty(fc.array(fc.oneof(bent, bytes, fc.json()), { maxLength: 20 }), async (lines) => {
        for (const answer of (await answersTo(...lines)) as Record<string, unknown>[])
          expect(['malformed', 'finished']).toContain(answer.type);
      }),
      { numRuns: 100 },
    );
    expect(launcher.exitCode).toBeNull();
    expect(findProcesses(place.state)).toEqual([]);
  });
});
