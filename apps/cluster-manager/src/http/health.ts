import { Router } from 'express';
import type { Registry } from 'prom-client';
import { namedRoute } from './metrics.ts';

/** Empty when the daemon can do its work; else a sentence for each thing that stands in the way. */
export type Readiness = () => { code: string; sentence: string }[];

/** For supervisors and Prometheus; they are public, and tell nothing about the cluster's definition. */
export function healthRoutes({ ready, registry }: { ready: Readiness; registry: Registry }): Router {
  return Router()
    .get('/healthz', namedRoute('healthz'), (_request, response) => void response.json({ alive: true }))
    .get('/readyz', namedRoute('readyz'), (_request, response) => {
      const reasons = ready();
      response.status(reasons.length === 0 ? 200 : 503).json({ ready: reasons.length === 0, reasons });
    })
    .get('/metrics', namedRoute('metrics'), async (_request, response) => {
      response.set('Content-Type', registry.contentType).send(await registry.metrics());
    });
}
