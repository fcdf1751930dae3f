/// <reference path="./library.d.ts" />
import type { AddressInfo, Socket } from 'node:net';
import { createServer, PDU, type Pdu, type Session } from 'smpp';
import type { DecodedSubmit } from '../gsm-sms/decode-pdu.test-support.ts';
import { putTogether, type ReceivedSms } from '../gsm-sms/fake-modem.test-support.ts';

export interface FakeGatewayState {
  password: string;
  /** Status that it answers to a message; 0 takes it. */
  status: number;
  /** The part, from 1, that gets the status; others are taken. */
  at: number;
  /** It does not answer to this command any more, or ends the connection at it. */
  hangsAt: string | undefined;
  hangsUpAt: string | undefined;
  delay: number;
  /** It asks whether we are there before it answers a message. */
  enquires: boolean;
  tls: { key: Buffer; cert: Buffer } | undefined;
}

export interface FakeGateway {
  port: number;
  behave(changes: Partial<FakeGatewayState>): void;
  /** Every command that came, answers to its own included. */
  commands: string[];
  binds: Record<string, unknown>[];
  submits: Record<string, unknown>[];
  messages(): ReceivedSms[];
  openConnections(): number;
  close(): Promise<void>;
}

/** An SMPP 3.4 gateway on loopback: the server of the package, told what to do. */
export async function startFakeGateway(given: Partial<FakeGatewayState> = {}): Promise<FakeGateway> {
  const state: FakeGatewayState = {
    password: 'secret7',
    status: 0,
    at: 1,
    hangsAt: undefined,
    hangsUpAt: undefined,
    delay: 0,
    enquires: false,
    tls: undefined,
    ...given,
  };
  const [commands, binds, submits]: [string[], Record<string, unknown>[], Record<string, unknown>[]] = [[], [], []];
  const taken: DecodedSubmit[] = [];
  const sockets = new Set<Socket>();
  let part = 0;

  function serve(session: Session): void {
    session.on('error', () => undefined);
    session.on('pdu', (pdu: Pdu) => {
      commands.push(pdu.command);
      if (pdu.isResponse()) return;
      if (state.hangsUpAt === pdu.command) return session.destroy();
      if (state.hangsAt === pdu.command) return;
      setTimeout(() => session.send(pdu.response(answerTo(pdu, session))), state.delay);
    });
  }

  function answerTo(pdu: Pdu, session: Session): Record<string, unknown> {
    if (pdu.command === 'bind_transceiver') {
      part = 0;
      binds.push({ ...pdu });
      return pdu.password === state.password ? { system_id: 'gateway' } : { command_status: 14 };
    }
    if (pdu.command !== 'submit_sm') return {};
    submits.push({ ...pdu });
    part += 1;
    if (state.enquires) session.send(new PDU('enquire_link'));
    if (part === state.at && state.status !== 0) return { command_status: state.status };
    taken.push(decoded(pdu));
    return { message_id: `id${taken.length}` };
  }

  const server = createServer(state.tls ?? {}, serve);
  server.on('connection', (socket: Socket) => {
    sockets.add(socket);
    socket.once('close', () => sockets.delete(socket)).on('error', () => undefined);
  });
  server.on('tlsClientError', () => undefined);
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  return {
    port: (server.address() as AddressInfo).port,
    behave: (changes) => void Object.assign(state, changes),
    commands,
    binds,
    submits,
    messages: () => putTogether(taken),
    openConnections: () => sockets.size,
    close: () =>
      new Promise((resolve) => {
        for (const socket of sockets) socket.destroy();
        server.close(() => resolve());
      }),
  };
}

/** As the package reads it: the text by its own tables, the header as octets. */
function decoded(pdu: Pdu): DecodedSubmit {
  const { message, udh } = pdu.short_message as { message: string | Buffer; udh?: Buffer[] };
  const [, , reference = 0, parts = 0, part = 0] = udh?.[0] ?? [];
  return {
    number: `${pdu.dest_addr_ton === 1 ? '+' : ''}${String(pdu.destination_addr)}`,
    text: String(message),
    encoding: pdu.data_coding === 8 ? 'UCS-2' : 'GSM 7-bit',
    ...(udh === undefined ? {} : { part: { reference, parts, part } }),
  };
}
