import { readFile } from 'node:fs/promises';
import { connect, type Socket } from 'node:net';
import { err, ok, type Result } from '@fallover/events';
import { type NetworkFault, networkFaultOf } from './faults.ts';

/** `HOST:PORT`, as it stands in sentences. */
export const placeOf = (host: string, port: number): string => `${host.includes(':') ? `[${host}]` : host}:${port}`;

/** A connection to a host, by the resolver of the system, so that /etc/hosts counts. */
export function openSocket(host: string, port: number, signal: AbortSignal): Promise<Result<Socket, NetworkFault>> {
  const place = placeOf(host, port);
  return new Promise((resolve) => {
    if (signal.aborted) return resolve(err({ code: 'timed_out', place }));
    const socket = connect({ host, port });
    const end = (result: Result<Socket, NetworkFault>) => {
      signal.removeEventListener('abort', onAbort);
      socket.removeListener('error', onError);
      socket.removeListener('connect', onConnect);
      if (!result.ok) socket.on('error', () => {}).destroy();
      resolve(result);
    };
    const onAbort = () => end(err({ code: 'timed_out', place }));
    const onError = (error: Error) => end(err(networkFaultOf(error, place, host)));
    const onConnect = () => end(ok(socket));
    signal.addEventListener('abort', onAbort);
    socket.once('error', onError).once('connect', onConnect);
  });
}

/** The certificate authorities of a CA file; without one, those of the system hold. */
export async function readCaFile(path: string | undefined): Promise<Result<Buffer | undefined, NetworkFault>> {
  if (path === undefined) return ok(undefined);
  try {
    return ok(await readFile(path));
  } catch (error) {
    return err({ code: 'ca_file_not_readable', path, reason: (error as NodeJS.ErrnoException).code ?? 'unknown' });
  }
}

/** What comes first: the value, or the end of the time, which is `undefined`. */
export function inTime<Value>(value: Promise<Value>, signal: AbortSignal): Promise<Value | undefined> {
  return new Promise((resolve, reject) => {
    const onAbort = (): void => resolve(undefined);
    if (signal.aborted) return onAbort();
    signal.addEventListener('abort', onAbort, { once: true });
    value.then(resolve, reject).finally(() => signal.removeEventListener('abort', onAbort));
  });
}
