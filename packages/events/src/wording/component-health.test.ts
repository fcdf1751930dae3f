import { describe, expect, it } from 'vitest';
import { type ComponentHealthFacts, componentHealthSentence, notMonitoredSentence } from './component-health.ts';

const say = (facts: Partial<ComponentHealthFacts>): string =>
  componentHealthSentence({ node: 'nodea', component: 'legacy', mode: 'driven', health: 'unknown', ...facts });

describe('the health of a node in a component, in words', () => {
  it.each<[Partial<ComponentHealthFacts>, string]>([
    [{ health: 'healthy', phase: 'running' }, 'Node nodea is healthy in component legacy.'],
    [
      { health: 'unhealthy', script: '40.vsftpd' },
      'Node nodea is UNHEALTHY in component legacy: monitor failed in 40.vsftpd. "fallover ctdb event status legacy monitor" shows what it said; one monitor that succeeds heals it.',
    ],
    [
      { health: 'unhealthy', timedOut: true, mode: 'observed' },
      'Node nodea is UNHEALTHY in component legacy: monitor timed out too often. "fallover ctdb event status legacy monitor" shows what it said; one monitor that succeeds heals it.',
    ],
    [{ mode: 'observed' }, 'No monitor of CTDB has been seen in component legacy of node nodea yet.'],
    [
      { phase: 'not_started', failed: 'setup', script: '10.a' },
      'The component legacy of node nodea is not started: setup failed in 10.a. "fallover ctdb event status legacy setup" shows what it said. Mend it, then start anew: "fallover modify component legacy mode=manual" and then mode=driven.',
    ],
    [
      { phase: 'init' },
      'The component legacy of node nodea is being started: init runs. Nothing is advertised before startup has succeeded.',
    ],
    [
      { phase: 'startup' },
      'The component legacy of node nodea is being started: startup is tried again every 5 seconds until it succeeds, and nothing is advertised before. "fallover ctdb event status legacy startup" shows what it said.',
    ],
    [{ phase: 'running' }, 'The component legacy of node nodea is started; its first monitor has not ended yet.'],
    [{ phase: 'shutdown' }, 'The component legacy of node nodea is being shut down.'],
    [{}, 'The component legacy of node nodea is not started: it starts as soon as cluster services run on the node.'],
  ])('%o', (facts, sentence) => {
    expect(say(facts)).toBe(sentence);
  });

  it('is none where nobody keeps it up to date', () => {
    expect(notMonitoredSentence({ node: 'nodea', component: 'legacy' })).toBe(
      'The component legacy of node nodea is not monitored: its mode is manual, and monitor runs only when a person runs it.',
    );
  });
});
