import { ok } from '@fallover/events';
import type { EventHub } from './server-sent-events.ts';
import type { UseCase } from './use-cases.ts';

/** What the console keeps; a change names those that have to be read again. */
export const CHANGING = ['cluster', 'runs', 'configuration', 'summaries', 'notifications', 'components'] as const;
export type Changing = (typeof CHANGING)[number];

const TOPIC = 'cluster';

/** Tells every console that these have changed. */
export const publishChange = (hub: EventHub, ...changed: Changing[]): void =>
  hub.publish(TOPIC, { event: 'changed', data: { topics: changed } });

export const watchCluster =
  (hub: EventHub): UseCase<'watchCluster'> =>
  async (_input, _context, stream) => {
    hub.subscribe(stream, { topics: [TOPIC], whenMissed: [{ event: 'changed', data: { topics: CHANGING } }] });
    return ok(undefined);
  };
