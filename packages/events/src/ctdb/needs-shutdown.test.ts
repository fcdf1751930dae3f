import { describe, expect, it } from 'vitest';
import { needsShutdown, type WhatRuns } from './needs-shutdown.ts';

const kept: WhatRuns = { directory: '/events/c', profile: 'ctdb', mode: 'driven' };

describe('a change of a component that is driven', () => {
  it.each<[Partial<WhatRuns>, boolean]>([
    [{ directory: '/elsewhere' }, true],
    [{ profile: 'readme' }, true],
    [{ mode: 'observed' }, true],
    [{ mode: 'manual', directory: '/elsewhere' }, true],
    // By this one shutdown runs.
    [{ mode: 'manual' }, false],
    [{ ...kept }, false],
    [{}, false],
  ])('%o waits for its shutdown: %s', (change, waits) => {
    expect(needsShutdown(kept, change)).toBe(waits);
  });
});
