import { createSocket } from 'node:dgram';
import { lookup } from 'node:dns/promises';
import { isIP, type Socket } from 'node:net';
import { connect as connectTls } from 'node:tls';
import { err, ok, type Result } from '@fallover/events';
import { inTime, openSocket, placeOf, readCaFile } from '../network/connect.ts';
import { type NetworkFault, networkFaultOf } from '../network/faults.ts';

type Sent = Promise<Result<undefined, NetworkFault>>;

/** How long a refusal that comes back for a packet is waited for. */
const REFUSAL_WITHIN = 100;
/** How long the other side may take to end a connection on which it has everything. */
const END_WITHIN = 1000;

/** One packet. Nobody confirms it, but a machine where nobody listens says so. */
export async function sendPacket(host: string, port: number, packet: Buffer, signal: AbortSignal): Sent {
  const place = placeOf(host, port);
  let address: { address: string; family: number } | undefined;
  try {
    address = await inTime(lookup(host), signal);
  } catch (error) {
    return err(networkFaultOf(error, place, host));
  }
  if (address === undefined) return err({ code: 'timed_out', place });
  return new Promise((resolve) => {
    const socket = createSocket(address.family === 6 ? 'udp6' : 'udp4');
    let timer: NodeJS.Timeout | undefined;
    const end = (result: Result<undefined, NetworkFault>): void => {
      clearTimeout(timer);
      signal.removeEventListener('abort', onAbort);
      socket.removeAllListeners('error').on('error', () => {});
      socket.close();
      resolve(result);
    };
    const onAbort = (): void => end(err({ code: 'timed_out', place }));
    const failed = (error: Error): void => end(err(networkFaultOf(error, place, host)));
    if (signal.aborted) return onAbort();
    signal.addEventListener('abort', onAbort);
    socket.once('error', failed);
    socket.connect(port, address.address, () => {
      socket.send(packet, (error) => {
        if (error) failed(error);
        else timer = setTimeout(() => end(ok(undefined)), REFUSAL_WITHIN);
      });
    });
  });
}

/** Everything over one connection, which is then ended. */
export async function sendStream(
  host: string,
  port: number,
  bytes: Buffer,
  tls: { caFile: string | undefined } | undefined,
  signal: AbortSignal,
): Sent {
  const place = placeOf(host, port);
  const ca = await readCaFile(tls?.caFile);
  if (!ca.ok) return ca;
  const opened = await openSocket(host, port, signal);
  if (!opened.ok) return opened;
  const servername = isIP(host) === 0 ? { servername: host.replace(/\.$/, '') } : {};
  const socket: Socket = tls
    ? connectTls({ socket: opened.value, host, ...servername, ...(ca.value === undefined ? {} : { ca: ca.value }) })
    : opened.value;
  return new Promise((resolve) => {
    let handedOver = false;
    let timer: NodeJS.Timeout | undefined;
    const end = (result: Result<undefined, NetworkFault>): void => {
      clearTimeout(timer);
      signal.removeEventListener('abort', onAbort);
      socket.removeAllListeners('error').on('error', () => {});
      socket.destroy();
      opened.value.destroy();
      resolve(result);
    };
    const onAbort = (): void => end(err({ code: 'timed_out', place }));
    if (signal.aborted) return onAbort();
    signal.addEventListener('abort', onAbort);
    socket.once('error', (error) => end(err(networkFaultOf(error, place, host))));
    socket.once('close', () => end(handedOver ? ok(undefined) : err({ code: 'connection_lost', place })));
    const write = (): void => {
      socket.end(bytes, () => {
        handedOver = true;
        timer = setTimeout(() => end(ok(undefined)), END_WITHIN);
      });
      // what the other side says is not asked for, but only who reads it sees the end
      socket.resume();
    };
    if (tls) socket.once('secureConnect', write);
    else write();
  });
}
