import { execFileSync } from 'node:child_process';
import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
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
export async function tcpPeer(onConnection: (socket: Socket) => void, server: Server = createServer()): Promise<Peer> {
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
