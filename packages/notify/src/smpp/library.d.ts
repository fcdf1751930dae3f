// What is used of the package smpp, which comes without types.
declare module 'smpp' {
  import type { EventEmitter } from 'node:events';
  import type { Server as NetServer, Socket } from 'node:net';

  export interface Pdu {
    command: string;
    command_status: number;
    sequence_number: number;
    isResponse(): boolean;
    response(options?: Record<string, unknown>): Pdu;
    [parameter: string]: unknown;
  }
  export const PDU: new (command: string, options?: Record<string, unknown>) => Pdu;
  export class Session extends EventEmitter {
    constructor(options: { socket: Socket });
    socket: Socket;
    send(pdu: Pdu, answered?: (answer: Pdu) => void): boolean;
    destroy(): void;
  }
  export interface ServerOptions {
    key?: Buffer;
    cert?: Buffer;
  }
  export function createServer(options: ServerOptions, onSession: (session: Session) => void): NetServer;
}
