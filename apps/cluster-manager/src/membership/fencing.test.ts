import { type DefinitionDocument, type FenceEnd, type FenceResult, fencingSentence } from '@fallover/events';
import { describe, expect, it } from 'vitest';
import type { FenceRequest } from '../executor/executor.ts';
import { fence, fencingOf } from './fencing.ts';

const document = (fenceCommand?: string[]): DefinitionDocument => ({
  format: 1,
  cluster: 'shop',
  entries: fenceCommand ? [{ class: 'cluster', name: 'shop', fields: { fenceCommand: { cluster: fenceCommand } } }] : [],
});

/** Fences nodeb; the command, if one is named, ends so. */
async function fencing(fenceCommand: string[] | undefined, end: FenceEnd | 'lost') {
  const asked: (FenceRequest | string)[] = [];
  const result = await fence('nodeb', {
    executor: {
      fence: async (request) => {
        asked.push(request);
        return end;
      },
    },
    revision: { hash: 'a'.repeat(64), document: document(fenceCommand) },
    wait: async (ms) => void asked.push(`waits ${ms}`),
    signal: new AbortController().signal,
  });
  return { asked, result };
}
const ended = (changes: Partial<FenceEnd>): FenceEnd => ({ status: 0, durationMs: 1500, output: '', ...changes });

describe('a node whose lease has ended', () => {
  it('is fenced when the command ends with 0', async () => {
    expect(await fencing(['/opt/ha/fence', '--off'], ended({}))).toEqual({
      asked: [{ revision: 'a'.repeat(64), node: 'nodeb', timeoutMs: 60_000 }],
      result: { kind: 'fenced', durationMs: 1500 },
    });
  });

  it('is not fenced after a grace where no command is named', async () => {
    expect(await fencing(undefined, ended({}))).toEqual({ asked: ['waits 2000'], result: { kind: 'not_fenced' } });
  });

  it.each([
    ended({ status: 1, output: 'no answer' }),
    ended({ status: 137, signal: 'SIGKILL', timedOut: true }),
    ended({ status: 126, fault: { code: 'not_executable', path: '/opt/ha/fence' } }),
  ])('is in doubt with every other end: %j', async (end) => {
    expect((await fencing(['/opt/ha/fence'], end)).result).toEqual({ kind: 'failed', end });
  });

  it('is in doubt when the launcher dies meanwhile', async () => {
    expect((await fencing(['/opt/ha/fence'], 'lost')).result).toEqual({ kind: 'failed', end: 'launcher_died' });
  });
});

describe('what is kept of a lost node', () => {
  it('is what came of fencing it, with a sentence where somebody has to act', () => {
    expect(fencingOf('nodeb', { kind: 'fenced', durationMs: 1500 })).toEqual({ fencing: 'off' });
    for (const [result, fencing] of [
      [{ kind: 'not_fenced' }, 'not_configured'],
      [{ kind: 'failed', end: 'launcher_died' }, 'failed'],
    ] satisfies [FenceResult, string][])
      expect(fencingOf('nodeb', result)).toEqual({ fencing, sentence: fencingSentence('nodeb', result) });
  });
});
