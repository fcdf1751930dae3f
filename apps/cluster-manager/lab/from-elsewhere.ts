import { once } from 'node:events';
import { chmodSync } from 'node:fs';
import { connect, createServer, type Server } from 'node:net';
import { join } from 'node:path';
import { text } from 'node:stream/consumers';
import type { Result } from '@fallover/events';

const socketIn = (directory: string): string => join(directory, 'lab.sock');

/** Takes commands from other terminals of the same user: words as JSON, answered by what came of them. */
export async function listenForCommands(
  directory: string,
  carryOut: (words: string[]) => Promise<Result<string, string>>,
): Promise<Server> {
  const server = createServer({ allowHalfOpen: true }, (socket) => {
    socket.on('error', () => {});
    void text(socket)
      .then(async (asked) => socket.end(JSON.stringify(await carryOut(JSON.parse(asked) as string[]))))
      .catch(() => socket.destroy());
  });
  server.listen(socketIn(directory));
  await once(server, 'listening');
  chmodSync(socketIn(directory), 0o600);
  return server;
}

/** Undefined where no laboratory runs. */
export async function tellLaboratory(directory: string, words: readonly string[]): Promise<Result<string, string> | undefined> {
  try {
    const socket = connect({ path: socketIn(directory), allowHalfOpen: true });
    await once(socket, 'connect');
    socket.end(JSON.stringify(words));
    return JSON.parse(await text(socket)) as Result<string, string>;
  } catch {
    return undefined;
  }
}
