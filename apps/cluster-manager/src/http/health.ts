import { Router } from 'express';
import type { Registry } from 'prom-client';
import { namedRoute } from './metrics.ts';

/** A sentence for each thing that is not as it should be. */
export type Readiness = () => { code: string; sentence: string }[];

/**
 * With these the daemon cannot do its work: no event is processed here before they are over. With anything else it goes on,
 * and a supervisor that took it out of service for that would make things worse.
 */
const NOT_READY: readonly string[] = ['starting', 'store', 'queue_stopped', 'journal_not_writable'];

/** For supervisors and Prometheus; they are public, and tell nothing about the cluster's definition. */
export function healthRoutes({ ready, registry }: { ready: Readiness; registry: Registry }): Router {
  return Router()
    .get('/healthz', namedRoute('healthz'), (_request, response) => void response.json({ alive: true }))
    .get('/readyz', namedRoute('readyz'), (_request, response) => {
      const all = ready();
      const reasons = all.filter(({ code }) => NOT_READY.includes(code));
      const troubles = all.filter(({ code }) => !NOT_READY.includes(code));
      const isReady = reasons.length === 0;
      response.status(isReady ? 200 : 503).json({ ready: isReady, reasons, troubles });
    })
    .get('/metrics', namedRoute('metrics'), async (_request, response) => {
      response.set('Content-Type', registry.contentType).send(await registry.metrics());
    });
}
