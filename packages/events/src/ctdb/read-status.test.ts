import { describe, expect, it } from 'vitest';
import { readStatus } from './read-status.ts';

describe('what ctdb event status prints', () => {
  it('is read back script by script', () => {
    expect(
      readStatus(`10.a                 OK         0.011 Thu Nov 26 15:19:15 2026
31.off               DISABLED  \u0020
35.slow              TIMEDOUT   Thu Nov  5 15:19:15 2026
  OUTPUT:\u0020
40.fails             ERROR      12.001 Thu Nov 26 15:19:15 2026
  OUTPUT: bad
worse

and more

`),
    ).toEqual([
      { script: '10.a', status: 'OK', durationMs: 11, startedAt: Date.UTC(2026, 10, 26, 15, 19, 15) },
      { script: '31.off', status: 'DISABLED' },
      { script: '35.slow', status: 'TIMEDOUT', startedAt: Date.UTC(2026, 10, 5, 15, 19, 15), output: '' },
      {
        script: '40.fails',
        status: 'ERROR',
        durationMs: 12001,
        startedAt: Date.UTC(2026, 10, 26, 15, 19, 15),
        output: 'bad\nworse\n\nand more\n',
      },
    ]);
  });

  it('is nothing where the event has never run', () => {
    expect(readStatus('Event takeip has never run in legacy\n')).toEqual([]);
  });
});
