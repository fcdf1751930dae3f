import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { openResults, type Results } from './results.ts';

let directory: string;
let results: Results;
beforeEach(() => {
  directory = mkdtempSync(join(tmpdir(), 'fallover-results-'));
  results = openResults(join(directory, 'results.db'));
});
afterEach(() => {
  results.close();
  rmSync(directory, { recursive: true, force: true });
});

const origin = { kind: 'cluster_manager', name: 'nodea' } as const;
const id = (number: number): string => String(number).padStart(6, '0');
function ended(number: number, event: string, outcome: Parameters<Results['ended']>[1] = 'ok'): void {
  results.accepted({ id: id(number), component: 'c', event, args: [], origin, acceptedAt: number, planned: [], scripts: [] });
  results.started(id(number), number, ['10.x']);
  results.scriptStarted(id(number), 0, '10.x', number);
  results.scriptEnded(id(number), 0, { script: '10.x', status: 'OK', output: '', startedAt: number, durationMs: 1 });
  results.ended(id(number), outcome, number + 1);
}

describe('what is kept of events', () => {
  it('are the newest of each, and the one that says the status however old it is', () => {
    ended(1, 'startup');
    ended(2, 'monitor', 'failed');
    for (let number = 3; number < 700; number++) ended(number, 'monitor', 'cancelled');
    const kept = results.runs('c', { event: 'monitor', limit: 1000 });
    expect([kept.length >= 500, kept.length <= 511]).toEqual([true, true]);
    expect(kept.at(-1)?.id).toBe(id(2));
    expect(results.status('c', 'monitor')?.outcome).toBe('failed');
    expect(results.status('c', 'startup')?.id).toBe(id(1));
    expect(results.lastOfEach('c').map(({ event, outcome }) => `${event} ${outcome}`)).toEqual([
      'monitor cancelled',
      'startup ok',
    ]);
    expect(results.monitors('c', 2).map((run) => run.id)).toEqual([id(698), id(699)]);
  });

  it('are there for the next daemon, those that did not end too', () => {
    ended(1, 'startup');
    results.accepted(
      { id: id(2), component: 'c', event: 'takeip', args: ['a', 'b', 'c'], origin, acceptedAt: 5, planned: [], scripts: [] },
      'asked',
    );
    results.started(id(2), 6, ['10.x', '20.y']);
    results.scriptStarted(id(2), 0, '10.x', 7);
    results.close();
    results = openResults(join(directory, 'results.db'));
    expect(results.open()).toEqual([
      {
        ...{ id: id(2), component: 'c', event: 'takeip', args: ['a', 'b', 'c'], origin, acceptedAt: 5, startedAt: 6 },
        planned: ['10.x', '20.y'],
        scripts: [{ script: '10.x', startedAt: 7, output: '' }],
      },
    ]);
    expect([results.askedBy('asked')?.id, results.askedBy('other')]).toEqual([id(2), undefined]);
  });
});
