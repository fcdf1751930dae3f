import type { IncomingMessage, RequestListener } from 'node:http';
import { type Endpoint, STORE_HEADER } from '@fallover/contract';
import type { ClusterStore } from '@fallover/store';
import express, { type Express, type Request, type Response } from 'express';
import { ipKeyGenerator } from 'express-rate-limit';
import type { Logger } from 'pino';
import type { Registry } from 'prom-client';
import type { AuditTrail } from '../access/audit.ts';
import { isAllowed, LOCAL_ADMINISTRATOR, type Principal } from '../access/principal.ts';
import { endedSessionCookie, type Sessions, sessionCookie, tokenOf } from '../access/sessions.ts';
import { type AnyUseCase, answer, type EntryBefore, type Gate, permit } from './answer.ts';
import { consoleRoutes } from './console.ts';
import { ENDPOINTS, expressPath } from './endpoints.ts';
import { errorHandler } from './error-handler.ts';
import { type EventStreams, eventStreams } from './event-stream.ts';
import { healthRoutes, type Readiness } from './health.ts';
import { namedRoute, requestDurations } from './metrics.ts';
import { openApiDocument } from './openapi.ts';
import { sendRefusal } from './problem.ts';
import { refusal } from './refusals.ts';
import { securityHeaders } from './security-headers.ts';
import { signInLimit } from './sign-in-limit.ts';
import { hostRule, type Site, sameOriginForStreams, sameOriginForWrites } from './site-rules.ts';
import type { UseCases } from './use-cases.ts';
import { writeRequests } from './write-requests.ts';

export interface AppSettings {
  useCases: UseCases;
  store: Pick<ClusterStore, 'answerTo' | 'recordAnswer'>;
  audit: Pick<AuditTrail, 'append'>;
  /** What an entry of the definition says before it is changed: the audit trail tells what was changed. */
  entryBefore?: EntryBefore;
  /** Secrets of the input sealed; and taken out of a text where they could not be. */
  sealed?: Gate['sealed'];
  withoutSecrets?: Gate['withoutSecrets'];
  sessions: Sessions;
  site: Site;
  /** A proxy in front of the daemon ends TLS and says in X-Forwarded-For who asks. */
  behindTlsProxy: boolean;
  /** Where the built console is. */
  consoleDirectory: string;
  version: string;
  ready: Readiness;
  /** Anything but `connected`: what is said of the cluster is as this node knew it last. */
  storeState(): string;
  /** Others add their gauges to it. */
  registry: Registry;
  log: Logger;
  now: () => number;
  streams?: EventStreams;
}

export interface App {
  overNetwork: RequestListener;
  /** The same application; whoever is here is the local administrator, and no browser. */
  overControlSocket: RequestListener;
  /** Ends open streams and gives up what only waits; further requests are refused. */
  close(): void;
}

export function createApp(settings: AppSettings): App {
  const { useCases, site, log, registry, ready } = settings;
  const local = new WeakSet<IncomingMessage>();
  const closing = new AbortController();
  const gate = gateOf(settings, closing.signal, (request) => local.has(request));
  const limit = signInLimit({ addressOf: gate.addressOf, exempt: (request) => local.has(request) });
  const unlessLocal = (rule: express.RequestHandler): express.RequestHandler => {
    return (request, response, next) => (local.has(request) ? next() : rule(request, response, next));
  };

  const app: Express = express();
  app.disable('x-powered-by');
  app.disable('etag');
  app.enable('strict routing');
  app.enable('case sensitive routing');
  app.set('trust proxy', settings.behindTlsProxy ? 1 : false);
  app.use(requestDurations(registry));
  app.use(securityHeaders(site));
  app.use(unlessLocal(hostRule(site)));
  app.use((_request, response, next) => {
    if (!closing.signal.aborted) return next();
    response.set('Connection', 'close');
    sendRefusal(response, refusal({ code: 'closing' }));
  });
  app.use(healthRoutes({ ready, registry }));

  app.use('/api', saysStoreState(settings.storeState), noStore, unlessLocal(sameOriginForWrites(site)));
  for (const [path, endpoints] of byPath(useCases)) {
    const route = app.route(expressPath(path));
    for (const [name, endpoint, useCase] of endpoints) {
      const method = endpoint.method.toLowerCase() as 'get' | 'post' | 'put' | 'delete';
      route[method](
        namedRoute(name),
        ...(endpoint.media === 'text/event-stream' ? [unlessLocal(sameOriginForStreams(site))] : []),
        ...(endpoint.permission === 'public' && endpoint.audit === 'access' ? [limit] : []),
        permit(endpoint, gate),
        ...(endpoint.body
          ? [onlyJson, express.json({ limit: endpoint.largestBody ?? '1mb', inflate: false, strict: false })]
          : []),
        answer(name, endpoint, useCase, gate),
      );
    }
    const allowed = endpoints.map(([, endpoint]) => endpoint.method);
    route.all((request, response) => {
      response.set('Allow', allowed.join(', '));
      sendRefusal(response, refusal({ code: 'method_not_allowed', method: request.method, path: request.path, allowed }));
    });
  }
  const document = openApiDocument(ENDPOINTS, settings.version);
  app.get('/api/v1/openapi.json', namedRoute('openapi'), (_request, response) => void response.json(document));
  app.use('/api', noSuchAddress);
  app.use(consoleRoutes(settings.consoleDirectory));
  app.use(noSuchAddress);
  app.use(errorHandler(log));

  return {
    overNetwork: app,
    overControlSocket: (request, response) => {
      local.add(request);
      app(request, response);
    },
    close() {
      closing.abort();
      gate.streams.endAll();
    },
  };
}

type Route = [name: string, endpoint: Endpoint, useCase: AnyUseCase];

/** Deny by default begins here: what has no use case, or no endpoint, is not served at all but ends the start. */
function byPath(useCases: UseCases): Map<string, Route[]> {
  const endpoints: Record<string, Endpoint> = ENDPOINTS;
  const given = useCases as unknown as Record<string, AnyUseCase>;
  const without = Object.keys(endpoints).filter((name) => typeof given[name] !== 'function');
  const unknown = Object.keys(given).filter((name) => !(name in endpoints));
  if (without.length > 0) throw new Error(`These endpoints have no use case: ${without.join(', ')}.`);
  if (unknown.length > 0) throw new Error(`These use cases have no endpoint: ${unknown.join(', ')}.`);
  const paths = new Map<string, Route[]>();
  for (const [name, endpoint] of Object.entries(endpoints)) {
    const routes = paths.get(endpoint.path) ?? [];
    paths.set(endpoint.path, [...routes, [name, endpoint, given[name] as AnyUseCase]]);
  }
  return paths;
}

function gateOf(settings: AppSettings, closing: AbortSignal, isLocal: (request: IncomingMessage) => boolean): Gate {
  const { sessions, site, log } = settings;
  const streams = settings.streams ?? eventStreams();
  const known = new WeakMap<IncomingMessage, Principal | undefined>();
  const tokenIn = (request: Request) => tokenOf(request.headers.cookie);

  const principalOf = (request: Request): Principal | undefined => {
    if (isLocal(request)) return LOCAL_ADMINISTRATOR;
    if (!known.has(request)) {
      const token = tokenIn(request);
      known.set(request, token === undefined ? undefined : sessions.principalOf(token));
    }
    return known.get(request);
  };

  return {
    principalOf,
    sessionOf: (request: Request, response: Response) => ({
      start(account) {
        const before = tokenIn(request);
        if (before !== undefined) sessions.end(before);
        response.append('Set-Cookie', sessionCookie(sessions.start(account), site.secure));
      },
      end() {
        const token = tokenIn(request);
        if (token === undefined) return;
        sessions.end(token);
        response.append('Set-Cookie', endedSessionCookie(site.secure));
        streams.recheck();
      },
    }),
    addressOf: (request) => (isLocal(request) ? 'control socket' : ipKeyGenerator(request.ip ?? 'unknown')),
    mayStillSee(request, endpoint) {
      if (isLocal(request)) return true;
      const token = tokenIn(request);
      return token !== undefined && isAllowed(sessions.peek(token), endpoint.permission);
    },
    audit: settings.audit,
    sealed: settings.sealed ?? ((_name, input) => input),
    withoutSecrets: settings.withoutSecrets ?? ((text) => text),
    entryBefore: settings.entryBefore ?? (async () => undefined),
    requests: writeRequests({ store: settings.store, now: settings.now }),
    streams,
    closing,
    report: (error) => log.error({ err: error }, 'The outcome of a request could not be written to the audit trail.'),
  };
}

const saysStoreState =
  (state: AppSettings['storeState']): express.RequestHandler =>
  (_request, response, next) => {
    const now = state();
    if (now !== 'connected') response.set(STORE_HEADER, now);
    next();
  };

const noStore: express.RequestHandler = (_request, response, next) => {
  response.set('Cache-Control', 'no-store');
  next();
};

const onlyJson: express.RequestHandler = (request, response, next) => {
  if (request.is('application/json') === 'application/json') return next();
  const media = request.get('Content-Type') ?? 'empty or without a Content-Type';
  sendRefusal(response, refusal({ code: 'media_not_accepted', media: media.slice(0, 100) }));
};

const noSuchAddress: express.RequestHandler = (request, response) =>
  sendRefusal(response, refusal({ code: 'no_such_address', path: request.originalUrl.slice(0, 200) }));
