import { describe, expect, it } from 'vitest';
import { healthToTell } from './tell-health.ts';
import type { HealthState } from './words.ts';

describe('the health that the cluster is told of', () => {
  it.each([
    ['unknown', 'unknown', false, undefined],
    ['unknown', 'healthy', false, undefined],
    ['unknown', 'unhealthy', false, 'node_unhealthy'],
    ['unhealthy', 'unhealthy', false, undefined],
    ['unhealthy', 'unknown', false, undefined],
    ['unhealthy', 'healthy', false, 'node_healthy'],
    ['healthy', 'unhealthy', false, 'node_unhealthy'],
    ['healthy', 'healthy', false, undefined],
    ['unhealthy', 'healthy', true, undefined],
    ['healthy', 'unhealthy', true, undefined],
  ] as const)('told %s, now %s, an event about it waits: %s → %s', (told, health, waits, event) => {
    expect(healthToTell({ told, health, waits })).toBe(event);
  });

  it('is healthy where the component is not monitored any more', () => {
    const left = (told: HealthState, waits: boolean) => healthToTell({ told, health: 'unhealthy', waits, left: true });
    expect(left('unhealthy', false)).toBe('node_healthy');
    expect([left('healthy', false), left('unknown', false), left('unhealthy', true)]).toEqual([undefined, undefined, undefined]);
  });
});
