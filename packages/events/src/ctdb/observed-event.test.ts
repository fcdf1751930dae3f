import { describe, expect, it } from 'vitest';
import { type Sighting, sighted } from './observed-event.ts';
import type { ReportedScript } from './read-status.ts';

const AT = 1_795_705_985_420;
const script = (name: string, status: ReportedScript['status'], startedAt?: number): ReportedScript => ({
  script: name,
  status,
  ...(startedAt === undefined ? {} : { startedAt }),
});

describe('an event that the hook has seen', () => {
  it.each<[string, ReportedScript[], Sighting]>([
    ['no status at all', [], { kind: 'earlier' }],
    ['the status of an earlier one', [script('00.x', 'OK', 1_795_705_970_000)], { kind: 'earlier' }],
    ['its own status', [script('00.x', 'OK', 1_795_705_985_000)], { kind: 'ended', outcome: 'ok' }],
    ['begun just before the second was over', [script('00.x', 'OK', 1_795_705_984_000)], { kind: 'ended', outcome: 'ok' }],
    [
      'a failure in a later script',
      [script('00.x', 'OK', 1_795_705_985_000), script('31.off', 'DISABLED'), script('40.y', 'ERROR', 1_795_705_988_000)],
      { kind: 'ended', outcome: 'failed' },
    ],
    [
      'one that cannot be run',
      [script('00.x', 'OK', 1_795_705_985_000), script('40.y', 'CANNOT RUN')],
      { kind: 'ended', outcome: 'failed' },
    ],
    [
      'a timeout',
      [script('00.x', 'OK', 1_795_705_985_000), script('40.y', 'TIMEDOUT', 1_795_705_990_000)],
      { kind: 'ended', outcome: 'timed_out' },
    ],
    ['a later one', [script('00.x', 'OK', 1_795_705_990_000)], { kind: 'overtaken' }],
  ])('is looked for in a status: %s', (_, scripts, expected) => {
    expect(sighted(AT, scripts)).toEqual(expected);
  });
});
