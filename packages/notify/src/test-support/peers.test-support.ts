import { execFileSync } from 'node:child_process';
import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { createServer as createHttpServer, type IncomingMessage, type RequestListener } from 'node:http';
import { createServer as createHttpsServer } from 'node:https';
import { type AddressInfo, createServer, type Server, type Socket } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';

export interface Peer {
  port: number;
  /** Resolves when every connection that was made so far is closed on this side too. */
  allClosed(): Promise<void>;
  connections(): number;
  close(): Promise<void>;
}

/** A TCP server on loopback that does with each connection what it is told. */
export async function tcpPeer(onConnection: (socket: Socket) => void, ready?: Server): Promise<Peer> {
  const readsItself = ready === undefined;
  const server = ready ?? createServer();
  const closed: Promise<void>[] = [];
  const sockets = new Set<Socket>();
  server.on('connection', (socket: Socket) => {
    sockets.add(socket);
    closed.push(
      new Promise((resolve) => {
        socket.once('close', () => {
          sockets.delete(socket);
          resolve();
        });
      }),
    );
    socket.on('error', () => {});
    onConnection(socket);
    // who reads nothing would not see the end either
    if (readsItself) socket.resume();
  });
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  return {
    port: (server.address() as AddressInfo).port,
    connections: () => closed.length,
    allClosed: () => Promise.all(closed).then(() => {}),
    close: () =>
      new Promise((resolve) => {
        for (const socket of sockets) socket.destroy();
        server.close(() => resolve());
      }),
  };
}

export interface HttpPeer extends Peer {
  taken: { method: string | undefined; url: string | undefined; headers: IncomingMessage['headers']; body: string }[];
}

/** An HTTP server on loopback that keeps what it takes and answers as it is told. */
export async function httpPeer(
  answer: RequestListener = (_, response) => void response.end('ok'),
  tls?: { key: Buffer; cert: Buffer },
): Promise<HttpPeer> {
  const taken: HttpPeer['taken'] = [];
  const listener: RequestListener = (request, response) => {
    const chunks: Buffer[] = [];
    request.on('data', (chunk: Buffer) => chunks.push(chunk));
    request.on('end', () => {
      const { method, url, headers } = request;
      taken.push({ method, url, headers, body: Buffer.concat(chunks).toString() });
      answer(request, response);
    });
  };
  const server = tls ? createHttpsServer({ key: tls.key, cert: tls.cert }, listener) : createHttpServer(listener);
  return { ...(await tcpPeer(() => {}, server)), taken };
}

/** A port on which nobody listens. */
export async function closedPort(): Promise<number> {
  const { port, close } = await tcpPeer(() => {});
  await close();
  return port;
}

export interface Certificates {
  ca: string;
  caFile: string;
  key: Buffer;
  cert: Buffer;
  remove(): void;
}

/** A certificate authority, and a certificate of it for `localhost` and 127.0.0.1. */
export function certificates(): Certificates {
  const directory = mkdtempSync(join(tmpdir(), 'fallover-certificates-'));
  const at = (name: string): string => join(directory, name);
  const openssl = (...args: string[]): unknown => execFileSync('openssl', args, { stdio: 'ignore' });
  const key = ['-newkey', 'ec', '-pkeyopt', 'ec_paramgen_curve:prime256v1', '-nodes'];
  openssl('req', '-x509', ...key, '-subj', '/CN=Test CA', '-days', '1', '-keyout', at('ca.key'), '-out', at('ca.pem'));
  openssl('req', ...key, '-subj', '/CN=localhost', '-keyout', at('key.pem'), '-out', at('request.pem'));
  writeFileSync(at('names'), 'subjectAltName=DNS:localhost,IP:127.0.0.1');
  openssl(
    ...['x509', '-req', '-in', at('request.pem'), '-CA', at('ca.pem'), '-CAkey', at('ca.key'), '-CAcreateserial'],
    ...['-days', '1', '-extfile', at('names'), '-out', at('cert.pem')],
  );
  return {
    ca: readFileSync(at('ca.pem'), 'utf8'),
    caFile: at('ca.pem'),
    key: readFileSync(at('key.pem')),
    cert: readFileSync(at('cert.pem')),
    remove: () => rmSync(directory, { recursive: true }),
  };
}
