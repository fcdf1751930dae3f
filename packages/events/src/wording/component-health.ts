import type { LifePhase } from '../ctdb/node-life.ts';
import type { HealthState } from '../ctdb/words.ts';
import { quoted } from './quoted.ts';

/** What is known of a node in one component; `phase` of one that is driven. */
export interface ComponentHealthFacts {
  node: string;
  component: string;
  health: HealthState;
  mode: 'driven' | 'observed';
  phase?: LifePhase;
  failed?: 'init' | 'setup';
  /** The script that monitor, or what kept it from starting, ended with. */
  script?: string;
  /** How monitor ended. */
  timedOut?: boolean;
}

/** For home and for whoever is told: what is where, and what to do. */
export function componentHealthSentence(facts: ComponentHealthFacts): string {
  const { node, component, health, mode, phase, failed } = facts;
  const at = `component ${component} of node ${node}`;
  const show = (event: string): string => `${quoted(`fallover ctdb event status ${component} ${event}`)} shows what it said`;
  if (health === 'unhealthy')
    return `Node ${node} is UNHEALTHY in component ${component}: monitor ${ended(facts)}. ${show('monitor')}; one monitor that succeeds heals it.`;
  if (health === 'healthy') return `Node ${node} is healthy in component ${component}.`;
  if (mode === 'observed') return `No monitor of CTDB has been seen in ${at} yet.`;
  switch (phase) {
    case 'not_started': {
      const event = failed ?? 'init';
      return `The ${at} is not started: ${event} ${ended(facts)}. ${show(event)}. Mend it, then start anew: ${quoted(`fallover modify component ${component} mode=manual`)} and then mode=driven.`;
    }
    case 'init':
    case 'setup':
      return `The ${at} is being started: ${phase} runs. Nothing is advertised before startup has succeeded.`;
    case 'startup':
      return `The ${at} is being started: startup is tried again every 5 seconds until it succeeds, and nothing is advertised before. ${show('startup')}.`;
    case 'running':
      return `The ${at} is started; its first monitor has not ended yet.`;
    case 'shutdown':
      return `The ${at} is being shut down.`;
    default:
      return `The ${at} is not started: it starts as soon as cluster services run on the node.`;
  }
}

/** Of a component that is manual. What a monitor said that a person ran is its status, and no health. */
export const notMonitoredSentence = ({ node, component }: Pick<ComponentHealthFacts, 'node' | 'component'>): string =>
  `The component ${component} of node ${node} is not monitored: its mode is manual, and monitor runs only when a person runs it.`;

const ended = ({ script, timedOut }: ComponentHealthFacts): string => {
  const how = timedOut ? 'timed out too often' : 'failed';
  return script === undefined ? how : `${how} in ${script}`;
};
