import { describe, expect, it } from 'vitest';
import { compileFiles, oldestFirst } from './compile-files.ts';
import { logScanner, restOfLog } from './log-scanner.ts';

const LOG = [
  'noise before — with more than one byte to a character',
  'Nov 23 2026 14:22:10 EVENT START: node_down nodea',
  '|8c1d2e3f node_down event.1| output',
  'Nov 23 2026 14:22:12 EVENT COMPLETED: node_down nodea 0',
  'HACMP Event Summary',
  'Event: node_down nodea',
  'Start time: Mon Nov 23 14:22:10 2026',
  '',
  'End time: Mon Nov 23 14:22:12 2026',
  '',
  'Action:                         Resource:                       Script Name:',
  '----------------------------------------------------------------------------',
  'Releasing resource group:       rg1     process_resources',
  'Search on: Mon.Nov.23.14:22:10.UTC.2026.process_resources.rg1.ref',
  '----------------------------------------------------------------------------',
  'Nov 23 2026 14:30:00 EVENT START: node_up nodea',
].join('\n');
const BYTES = new TextEncoder().encode(LOG);

describe('the summaries of a log, read in the browser', () => {
  it('are the same wherever the pieces are cut', () => {
    for (const size of [1, 7, 64, 100_000]) {
      const scanner = logScanner('hacmp.out', '2026-11-23T15:00:00');
      const found = [];
      for (let at = 0; at < BYTES.length; at += size) found.push(...scanner.add(BYTES.subarray(at, at + size)));
      found.push(...scanner.endOfFile(), ...restOfLog(scanner));
      expect(found.map(({ event, outcome, startTime, offset }) => [event, outcome, startTime, offset])).toEqual([
        ['node_down nodea', 'succeeded', '2026-11-23T14:22:10', 198],
        ['node_up nodea', 'unknown', '2026-11-23T14:30:00', 670],
      ]);
      expect(found[0]?.actions).toEqual([
        {
          action: 'Releasing resource group',
          resource: 'rg1',
          scriptName: 'process_resources',
          searchOn: 'Mon.Nov.23.14:22:10.UTC.2026.process_resources.rg1.ref',
        },
      ]);
    }
  });

  it('are found behind a line without end, of which no more than its beginning is held', () => {
    const scanner = logScanner('hacmp.out', '2026-11-23T15:00:00');
    for (let piece = 0; piece < 5; piece++) scanner.add(new Uint8Array(100_000).fill(120));
    scanner.add(new TextEncoder().encode('\nNov 23 2026 14:30:00 EVENT START: node_up nodea\n'));
    expect(restOfLog(scanner).map(({ event, offset }) => [event, offset])).toEqual([['node_up nodea', 500_001]]);
  });

  it('go on from one file of a log into the next', async () => {
    const files = [new File([LOG.slice(400)], 'hacmp.out'), new File([LOG.slice(0, 400)], 'hacmp.out.1')];
    const shares: number[] = [];
    const { summaries, found } = await compileFiles(files, (share) => shares.push(share), new AbortController().signal);
    expect(found).toBe(2);
    expect(summaries.map(({ event }) => event)).toEqual(['node_up nodea', 'node_down nodea']);
    expect(shares.at(-1)).toBe(1);
    expect(oldestFirst([{ name: 'hacmp.out' }, { name: 'hacmp.out.2' }, { name: 'hacmp.out.10' }])).toEqual([
      { name: 'hacmp.out.10' },
      { name: 'hacmp.out.2' },
      { name: 'hacmp.out' },
    ]);
  });
});
