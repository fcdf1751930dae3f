import { performance } from 'node:perf_hooks';
import type { RequestHandler } from 'express';
import { Gauge, Histogram, type Registry } from 'prom-client';

/** The label of a route is its endpoint's name, so that the number of series stays what the contract has. */
export function requestDurations(registry: Registry): RequestHandler {
  const durations = new Histogram({
    name: 'fallover_http_request_duration_seconds',
    help: 'Time from the request to the end of its reply; streams are not counted.',
    labelNames: ['route', 'method', 'status'] as const,
    buckets: [0.001, 0.0025, 0.005, 0.01, 0.025, 0.05, 0.1, 0.25, 0.5, 1, 2.5, 10],
    registers: [registry],
  });
  return (request, response, next) => {
    const start = performance.now();
    response.once('finish', () => {
      if (String(response.getHeader('Content-Type')).startsWith('text/event-stream')) return;
      const route = String(response.locals.route ?? 'other');
      const method = KNOWN_METHODS.has(request.method) ? request.method : 'other';
      durations.observe({ route, method, status: String(response.statusCode) }, (performance.now() - start) / 1000);
    });
    next();
  };
}

/** Absent while it is not known. */
export function silentEtcdMembers(registry: Registry, silent: () => number | undefined): void {
  new Gauge({
    name: 'fallover_etcd_members_silent',
    help: 'Members of etcd that do not answer, twice in a row; absent while that is not known, as without a majority.',
    registers: [registry],
    collect() {
      const count = silent();
      if (count === undefined) this.remove();
      else this.set(count);
    },
  });
}

const KNOWN_METHODS = new Set(['GET', 'HEAD', 'POST', 'PUT', 'DELETE']);

export const namedRoute =
  (name: string): RequestHandler =>
  (_request, response, next) => {
    response.locals.route = name;
    next();
  };
