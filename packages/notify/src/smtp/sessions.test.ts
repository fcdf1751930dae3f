import { afterEach, describe, expect, it } from 'vitest';
import { keptConnections } from '../network/kept-connections.ts';
import { mailPeer } from '../test-support/mail-server.test-support.ts';
import { aContext, aMessage } from '../test-support/message.test-support.ts';
import { tcpPeer } from '../test-support/peers.test-support.ts';
import type { KeptConnections } from '../transport.ts';
import { smtp } from './smtp.ts';

const open: (() => Promise<void>)[] = [];
afterEach(async () => {
  // the keepers before the servers, which wait for their connections
  for (const close of open.splice(0).reverse()) await close();
});

function keeper(options?: Parameters<typeof keptConnections>[0]): KeptConnections {
  const connections = keptConnections(options);
  open.push(connections.close);
  return connections;
}
async function mailServer(...how: Parameters<typeof mailPeer>) {
  const peer = await mailPeer(...how);
  open.push(peer.close);
  return peer;
}

async function send(
  port: number,
  connections: KeptConnections,
  recipient = 'ops@example.com',
  more: Record<string, string> = {},
) {
  const context = aContext({ connections });
  const settings = smtp.settings.parse({ server: '127.0.0.1', port: String(port), ...more });
  const sent = await smtp.send(aMessage(), recipient, settings, context);
  return { outcome: sent.ok ? sent.value.answer : sent.error.code, dialogue: context.dialogue() };
}

describe('connections to a mail server that are kept', () => {
  it('serve one message after the other, and each has its own dialogue', async () => {
    const peer = await mailServer();
    const connections = keeper();
    const first = await send(peer.port, connections, 'one@example.com');
    const second = await send(peer.port, connections, 'two@example.com');
    expect([first.outcome, second.outcome, peer.connections()]).toEqual(['250 Queued as 4711', '250 Queued as 4711', 1]);
    expect(second.dialogue.slice(0, 3)).toEqual([
      `# Uses a connection to 127.0.0.1:${peer.port} that is open already.`,
      '> RSET',
      '< 250 Flushed',
    ]);
    expect(first.dialogue.join()).not.toContain('two@');
    expect(second.dialogue.join()).not.toContain('one@');
    expect(peer.taken.map(({ to }) => to)).toEqual([['one@example.com'], ['two@example.com']]);
  });

  it('serve one message at a time', async () => {
    const peer = await mailServer();
    const connections = keeper();
    const names = Array.from({ length: 12 }, (_, index) => `n${index}x@example.com`);
    for (const batch of [names.slice(0, 6), names.slice(6)]) {
      const sent = await Promise.all(batch.map((name) => send(peer.port, connections, name)));
      for (const [index, { outcome, dialogue }] of sent.entries()) {
        expect(outcome).toBe('250 Queued as 4711');
        for (const name of names) expect(dialogue.join().includes(name)).toBe(name === batch[index]);
      }
    }
    expect(peer.connections()).toBe(6);
  });

  it('go on after a recipient was refused', async () => {
    const peer = await mailServer({
      onRcptTo: ({ address }, _session, done) =>
        address.startsWith('no') ? done(Object.assign(new Error('No such user'), { responseCode: 550 })) : done(),
    });
    const connections = keeper();
    expect((await send(peer.port, connections, 'nobody@example.com')).outcome).toBe('mail_refused');
    expect((await send(peer.port, connections)).outcome).toBe('250 Queued as 4711');
    expect(peer.connections()).toBe(1);
  });

  it('are not those of other settings', async () => {
    const peer = await mailServer();
    const connections = keeper();
    await send(peer.port, connections);
    await send(peer.port, connections, 'ops@example.com', { security: 'none' });
    expect(peer.connections()).toBe(2);
  });

  it('are left alone when the server has ended them or has had enough', async () => {
    for (const end of ['ends when idle', 'says 421 to the second mail', 'is silent at RSET'] as const) {
      let connection = 0;
      const peer = await tcpPeer((socket) => {
        connection += 1;
        const first = connection === 1;
        let mails = 0;
        let data = false;
        socket.write('220 hello\r\n');
        socket.on('data', (chunk) => {
          const text = chunk.toString();
          if (data) {
            data = !text.endsWith('\r\n.\r\n');
            if (data) return;
            socket.write('250 taken\r\n');
            if (first && end === 'ends when idle') socket.end();
            return;
          }
          for (const line of text.split('\r\n').filter(Boolean)) {
            if (line.startsWith('MAIL')) mails += 1;
            if (line === 'RSET' && first && end === 'is silent at RSET') return void socket.destroy();
            if (mails === 2 && first && end === 'says 421 to the second mail') return void socket.end('421 Enough\r\n');
            data = line === 'DATA';
            socket.write(data ? '354 go on\r\n' : line === 'QUIT' ? '221 bye\r\n' : '250 fine\r\n');
          }
        });
      });
      open.push(peer.close);
      const connections = keeper();
      expect((await send(peer.port, connections)).outcome).toBe('250 taken');
      expect((await send(peer.port, connections)).outcome).toBe('250 taken');
      expect(connection).toBe(2);
      await connections.close();
    }
  });

  it('are ended when nobody has used them for a while, after a hundred mails, and with their keeper', async () => {
    let ended = 0;
    const peer = await mailServer({
      onClose: () => {
        ended += 1;
      },
    });
    const idle = keeper({ idle: 20 });
    await send(peer.port, idle);
    await expect.poll(() => ended).toBe(1);

    const busy = keeper({ mostOfEach: 1 });
    for (let mail = 0; mail < 101; mail += 1) await send(peer.port, busy);
    expect(peer.connections()).toBe(3);
    await Promise.all([send(peer.port, busy), send(peer.port, busy)]);
    expect(peer.connections()).toBe(4);
    await busy.close();
    await expect.poll(() => ended).toBe(4);
    await send(peer.port, busy);
    await expect.poll(() => ended).toBe(5);
  });
});
