import { isIP } from 'node:net';
import { hostname } from 'node:os';
import type { Request, RequestHandler } from 'express';
import { sendRefusal } from './problem.ts';
import { refusal } from './refusals.ts';

/** The names and the scheme under which this daemon is reached over the network. */
export interface Site {
  /** Browsers reach it over TLS: its own, or a proxy's. */
  secure: boolean;
  /** The host that it listens on, as configured. */
  listenHost: string;
  /** Further names: settings `hostNames`, `--allow-host`. */
  hostNames: readonly string[];
}

const LOOPBACK_NAMES = ['localhost', '127.0.0.1', '[::1]'];
const EVERY_ADDRESS = ['0.0.0.0', '::'];

/** The host of the daemon's URL: its own, or the machine's name when it listens on every address. */
export const hostInUrl = (listenHost: string): string => bracketed(EVERY_ADDRESS.includes(listenHost) ? hostname() : listenHost);

/**
 * A page of another site can point its own name at this machine (DNS rebinding), but cannot make the browser send another
 * `Host`. An IP address as `Host` is good when the connection came to that address: no name is involved. Ports do not
 * matter: a forwarded port has its own.
 */
export function hostRule(site: Site): RequestHandler {
  const names = new Set(
    [...LOOPBACK_NAMES, hostInUrl(site.listenHost), ...site.hostNames.map(bracketed)].map((name) => name.toLowerCase()),
  );
  return (request, response, next) => {
    const host = request.headers.host ?? '';
    const name = nameOf(host);
    if (name !== undefined && (names.has(name) || name === localAddressOf(request))) return next();
    sendRefusal(response, refusal({ code: 'host_not_allowed', host: host.slice(0, 260) }));
  };
}

/** Whatever is not a mere look needs a header that says it comes from the console's own pages, and none that says otherwise. */
export function sameOriginForWrites(site: Site): RequestHandler {
  return (request, response, next) => {
    if (request.method === 'GET' || request.method === 'HEAD') return next();
    const { origin, 'sec-fetch-site': fetchSite } = request.headers;
    if (origin === undefined && fetchSite === undefined) return sendRefusal(response, refusal({ code: 'origin_missing' }));
    const foreign = foreignOrigin(site, request, ['same-origin']);
    if (foreign === undefined) return next();
    sendRefusal(response, refusal({ code: 'origin_foreign', origin: foreign }));
  };
}

/** A same-origin EventSource sends no `Origin`: absent is good, present and foreign is not. */
export function sameOriginForStreams(site: Site): RequestHandler {
  return (request, response, next) => {
    const foreign = foreignOrigin(site, request, ['same-origin', 'none']);
    if (foreign === undefined) return next();
    sendRefusal(response, refusal({ code: 'origin_foreign', origin: foreign }));
  };
}

function foreignOrigin(site: Site, request: Request, fetchSites: string[]): string | undefined {
  const { origin, host, 'sec-fetch-site': fetchSite } = request.headers;
  const own = URL.parse(`${site.secure ? 'https' : 'http'}://${host ?? ''}`)?.origin;
  if (origin !== undefined && URL.parse(origin)?.origin !== own) return origin.slice(0, 260);
  if (fetchSite !== undefined && !fetchSites.includes(String(fetchSite))) return origin?.slice(0, 260) ?? 'another site';
  return undefined;
}

/** The name in a Host header, without the port; an IPv6 address in its brackets. */
function nameOf(host: string): string | undefined {
  return /^(\[[0-9a-f:.]+\]|[a-z0-9._-]+)(?::\d{1,5})?$/i.exec(host)?.[1]?.toLowerCase();
}

const bracketed = (name: string): string => (isIP(name) === 6 ? `[${name}]` : name);

function localAddressOf(request: Request): string {
  const address = request.socket.localAddress ?? '';
  return bracketed(address.replace(/^::ffff:(?=\d+\.)/, ''));
}
