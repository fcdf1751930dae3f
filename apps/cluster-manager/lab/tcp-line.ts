import { once } from 'node:events';
import { type AddressInfo, connect, createServer, type Socket } from 'node:net';

/** The way of one node to one port, which can be cut: nothing gets through, and neither end is told. */
export interface TcpLine {
  /** Where the node connects instead. */
  address: string;
  cut(): void;
  heal(): void;
  close(): Promise<void>;
}

export async function tcpLine(target: { host: string; port: number }): Promise<TcpLine> {
  let isCut = false;
  const open = new Map<Socket, Socket | undefined>();

  function join(near: Socket): void {
    const far = connect(target);
    open.set(near, far);
    const end = (): void => {
      near.destroy();
      far.destroy();
      open.delete(near);
    };
    for (const socket of [near, far]) {
      socket.on('error', end);
      // What ends while it is cut is seen by the other end only afterwards.
      socket.on('close', () => {
        if (!isCut) end();
      });
    }
    near.pipe(far);
    far.pipe(near);
  }

  const server = createServer((near) => {
    open.set(near, undefined);
    near.on('error', () => open.delete(near));
    if (isCut) near.pause();
    else join(near);
  });
  server.listen(0, '127.0.0.1');
  await once(server, 'listening');

  return {
    address: `127.0.0.1:${(server.address() as AddressInfo).port}`,
    cut() {
      isCut = true;
      for (const [near, far] of open) {
        near.unpipe();
        near.pause();
        far?.unpipe();
        far?.pause();
      }
    },
    heal() {
      isCut = false;
      for (const [near, far] of open) {
        if (near.destroyed || far?.destroyed) {
          near.destroy();
          far?.destroy();
          open.delete(near);
        } else if (far) {
          near.pipe(far);
          far.pipe(near);
        } else join(near);
      }
    },
    async close() {
      for (const [near, far] of open) {
        near.destroy();
        far?.destroy();
      }
      await new Promise((resolve) => server.close(resolve));
    },
  };
}
