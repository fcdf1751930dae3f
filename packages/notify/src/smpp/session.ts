/// <reference path="./library.d.ts" />
import { isIP, type Socket } from 'node:net';
import { connect as connectTls } from 'node:tls';
import { err, ok, type Result } from '@fallover/events';
import { PDU, type Pdu, Session } from 'smpp';
import { openSocket, placeOf, readCaFile } from '../network/connect.ts';
import { type NetworkFault, networkFaultOf } from '../network/faults.ts';
import type { SmppFault } from './faults.ts';
import type { SmppSettings } from './settings.ts';

type Fault = SmppFault | NetworkFault;

/** A connection to an SMPP gateway: one request after the other. */
export interface SmppSession {
  request(command: string, parameters: Record<string, unknown>, within?: AbortSignal): Promise<Result<Pdu, Fault>>;
  close(): void;
}

/** What the gateway asks of us while it is connected; all else it asks is not for a sender of messages. */
const ANSWERED = ['enquire_link', 'deliver_sm', 'unbind'];

export async function connectSmpp(settings: SmppSettings, signal: AbortSignal): Promise<Result<SmppSession, Fault>> {
  const { server, port } = settings;
  const place = placeOf(server, port);
  const ca = await readCaFile(settings.caFile);
  if (!ca.ok) return ca;
  const opened = await openSocket(server, port, signal);
  if (!opened.ok) return opened;
  const socket = settings.tls ? await encrypted(opened.value, settings, ca.value, signal) : opened;
  return socket.ok ? ok(sessionOn(socket.value, place, server, signal)) : socket;
}

function encrypted(
  socket: Socket,
  { server, port }: SmppSettings,
  ca: Buffer | undefined,
  signal: AbortSignal,
): Promise<Result<Socket, NetworkFault>> {
  const place = placeOf(server, port);
  return new Promise((resolve) => {
    const secure = connectTls({
      socket,
      ...(ca === undefined ? {} : { ca }),
      ...(isIP(server) === 0 ? { servername: server.replace(/\.$/, '') } : { host: server }),
    });
    const end = (result: Result<Socket, NetworkFault>): void => {
      signal.removeEventListener('abort', onAbort);
      secure.removeAllListeners('secureConnect').removeAllListeners('error').removeAllListeners('close');
      if (!result.ok) {
        secure.on('error', () => {}).destroy();
        socket.destroy();
      }
      resolve(result);
    };
    const onAbort = (): void => end(err({ code: 'timed_out', place }));
    signal.addEventListener('abort', onAbort);
    secure.once('secureConnect', () => end(ok(secure)));
    secure.once('error', (error) => end(err(networkFaultOf(error, place, server))));
    secure.once('close', () => end(err({ code: 'connection_lost', place })));
    if (signal.aborted) onAbort();
  });
}

function sessionOn(socket: Socket, place: string, host: string, signal: AbortSignal): SmppSession {
  const session = new Session({ socket });
  let ended: Fault | undefined;
  const endings = new Set<(fault: Fault) => void>();
  const end = (fault: Fault): void => {
    ended ??= fault;
    for (const ending of endings) ending(ended);
  };
  session.on('error', (error: NodeJS.ErrnoException) => {
    // an error without a code of the system is one of the library: what came is no PDU
    end(
      error.code === undefined || error.code.startsWith('ERR_OUT_OF')
        ? { code: 'not_smpp', place }
        : networkFaultOf(error, place, host),
    );
  });
  session.on('close', () => end({ code: 'connection_lost', place }));
  session.on('pdu', (pdu: Pdu) => {
    if (ANSWERED.includes(pdu.command)) session.send(pdu.response());
  });
  return {
    request: (command, parameters, within = signal) =>
      new Promise((resolve) => {
        const done = (result: Result<Pdu, Fault>): void => {
          endings.delete(onEnd);
          within.removeEventListener('abort', onAbort);
          resolve(result);
        };
        const onEnd = (fault: Fault): void => done(err(fault));
        const onAbort = (): void => done(err({ code: 'timed_out', place }));
        if (ended !== undefined) return onEnd(ended);
        if (within.aborted) return onAbort();
        endings.add(onEnd);
        within.addEventListener('abort', onAbort);
        const isSent = session.send(new PDU(command, parameters), (answer) => done(ok(answer)));
        if (!isSent) onEnd({ code: 'connection_lost', place });
      }),
    close: () => session.destroy(),
  };
}
