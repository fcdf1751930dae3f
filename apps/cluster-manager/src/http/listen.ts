import { lookup } from 'node:dns/promises';
import { chmodSync, lstatSync, readFileSync, rmSync } from 'node:fs';
import { createServer, type Server } from 'node:http';
import { createServer as createTlsServer } from 'node:https';
import { type AddressInfo, BlockList, connect, isIP, type ListenOptions } from 'node:net';
import { createSecureContext } from 'node:tls';
import { err, ok, type Result } from '@fallover/events';
import type { App } from './app.ts';
import { type ListenFault, LONGEST_SOCKET_PATH } from './listen-faults.ts';
import { hostInUrl } from './site-rules.ts';

export interface ListenSettings {
  /** HOST:PORT; port 0 takes a free one. */
  address: string;
  controlSocket: string;
  tlsCertificate?: string;
  tlsKey?: string;
  behindTlsProxy: boolean;
}

/** Checked before anything is opened: how the application has to treat the network. */
export interface ListenPlan {
  host: string;
  port: number;
  tls?: { cert: Buffer; key: Buffer };
  /** Browsers reach it over TLS. */
  secure: boolean;
  controlSocket: string;
}

export interface Listening {
  /** Where browsers find it, without a slash at the end. */
  url: string;
  port: number;
  controlSocket: string;
  /** Ends open streams, takes no new connections, and gives replies that are on their way a moment. */
  close(): Promise<void>;
}

const CLOSE_GRACE_MS = 2000;
const REQUEST_TIMEOUT_MS = 60_000;

/** Beyond loopback only with TLS, its own or a proxy's. */
export async function planListening(settings: ListenSettings): Promise<Result<ListenPlan, ListenFault>> {
  const { address, controlSocket, tlsCertificate, tlsKey, behindTlsProxy } = settings;
  const parsed = parseAddress(address);
  if (!parsed) return err({ code: 'listen_address_malformed', address });
  const bytes = Buffer.byteLength(controlSocket);
  if (bytes > LONGEST_SOCKET_PATH) return err({ code: 'control_socket_path_too_long', path: controlSocket, bytes });
  const tls = readTls(tlsCertificate, tlsKey);
  if (!tls.ok) return tls;
  if (tls.value && behindTlsProxy) return err({ code: 'tls_and_proxy' });
  const secure = tls.value !== undefined || behindTlsProxy;
  const plan = { ...parsed, secure, controlSocket, ...(tls.value ? { tls: tls.value } : {}) };
  if (secure) return ok(plan);
  const found = await lookup(parsed.host, { all: true }).catch(() => []);
  if (found.length === 0) return err({ code: 'listen_host_not_found', address });
  return found.every(isLoopback) ? ok(plan) : err({ code: 'listen_beyond_loopback', address });
}

/** The control socket first: who holds it holds the state directory. */
export async function listen(plan: ListenPlan, app: App): Promise<Result<Listening, ListenFault>> {
  const local = createServer(app.overControlSocket);
  const opened = await listenOnSocket(local, plan.controlSocket);
  if (!opened.ok) return opened;

  const network = plan.tls ? createTlsServer(plan.tls, app.overNetwork) : createServer(app.overNetwork);
  network.requestTimeout = REQUEST_TIMEOUT_MS;
  const address = `${isIP(plan.host) === 6 ? `[${plan.host}]` : plan.host}:${plan.port}`;
  const error = await opening(network, { host: plan.host, port: plan.port });
  if (error) {
    await closed(local);
    return err(networkFault(error, address));
  }

  const { port } = network.address() as AddressInfo;
  return ok({
    url: `${plan.tls ? 'https' : 'http'}://${hostInUrl(plan.host)}:${port}`,
    port,
    controlSocket: plan.controlSocket,
    async close() {
      app.close();
      await Promise.all([closed(network), closed(local)]);
    },
  });
}

async function listenOnSocket(server: Server, path: string): Promise<Result<void, ListenFault>> {
  let error = await opening(server, { path });
  if (error?.code === 'EADDRINUSE') {
    const taken = await whatIsAt(path);
    if (taken === 'answers') return err({ code: 'control_socket_in_use', path });
    if (taken === 'no_socket') return err({ code: 'control_socket_occupied', path });
    // Left by a daemon that was killed: nobody answers, and only one daemon at a time holds the state directory.
    rmSync(path, { force: true });
    error = await opening(server, { path });
  }
  if (error) return err({ code: 'control_socket_failed', path, reason: error.code ?? error.message });
  // Until here the state directory, 0700, keeps others away.
  chmodSync(path, 0o600);
  return ok(undefined);
}

async function whatIsAt(path: string): Promise<'answers' | 'nobody' | 'no_socket'> {
  if (lstatSync(path, { throwIfNoEntry: false })?.isSocket() === false) return 'no_socket';
  return new Promise((resolve) => {
    const socket = connect({ path });
    socket.once('connect', () => {
      socket.destroy();
      resolve('answers');
    });
    socket.once('error', () => resolve('nobody'));
  });
}

function opening(server: Server, options: ListenOptions): Promise<NodeJS.ErrnoException | undefined> {
  return new Promise((resolve) => {
    const failed = (error: NodeJS.ErrnoException) => resolve(error);
    server.once('error', failed);
    server.listen(options, () => {
      server.off('error', failed);
      resolve(undefined);
    });
  });
}

function closed(server: Server): Promise<void> {
  return new Promise((resolve) => {
    const late = setTimeout(() => server.closeAllConnections(), CLOSE_GRACE_MS);
    server.close(() => {
      clearTimeout(late);
      resolve();
    });
    server.closeIdleConnections();
  });
}

function readTls(certificate: string | undefined, key: string | undefined): Result<ListenPlan['tls'], ListenFault> {
  if (certificate === undefined && key === undefined) return ok(undefined);
  if (certificate === undefined) return err({ code: 'tls_incomplete', missing: '--tls-cert' });
  if (key === undefined) return err({ code: 'tls_incomplete', missing: '--tls-key' });
  const files: Buffer[] = [];
  for (const path of [certificate, key]) {
    try {
      files.push(readFileSync(path));
    } catch (error) {
      return err({ code: 'tls_file_unreadable', path, reason: reasonOf(error) });
    }
  }
  const tls = { cert: files[0] as Buffer, key: files[1] as Buffer };
  try {
    createSecureContext(tls);
    return ok(tls);
  } catch (error) {
    return err({ code: 'tls_not_usable', certificate, key, reason: reasonOf(error) });
  }
}

const reasonOf = (error: unknown): string => {
  const { code, message } = error as NodeJS.ErrnoException;
  return code ?? message;
};

function parseAddress(address: string): { host: string; port: number } | undefined {
  const [, bracketed, plain, digits] = /^(?:\[([0-9a-fA-F:.]+)\]|([A-Za-z0-9._-]+)):(\d{1,5})$/.exec(address) ?? [];
  const host = bracketed ?? plain;
  const port = Number(digits);
  if (host === undefined || port > 65_535 || (bracketed !== undefined && isIP(bracketed) !== 6)) return undefined;
  return { host, port };
}

function isLoopback({ address, family }: { address: string; family: number }): boolean {
  const loopback = new BlockList();
  loopback.addSubnet('127.0.0.0', 8, 'ipv4');
  loopback.addAddress('::1', 'ipv6');
  return loopback.check(address, family === 6 ? 'ipv6' : 'ipv4');
}

function networkFault(error: NodeJS.ErrnoException, address: string): ListenFault {
  switch (error.code) {
    case 'EADDRINUSE':
      return { code: 'listen_address_in_use', address };
    case 'EADDRNOTAVAIL':
      return { code: 'listen_address_not_available', address };
    case 'EACCES':
      return { code: 'listen_not_permitted', address };
    case 'ENOTFOUND':
    case 'EAI_AGAIN':
      return { code: 'listen_host_not_found', address };
    default:
      return { code: 'listen_failed', address, reason: error.code ?? error.message };
  }
}
