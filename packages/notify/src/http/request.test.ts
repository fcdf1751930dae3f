import type { Socket } from 'node:net';
import { afterAll, afterEach, describe, expect, it } from 'vitest';
import { aContext } from '../test-support/message.test-support.ts';
import { certificates, closedPort, type HttpPeer, httpPeer, type Peer, tcpPeer } from '../test-support/peers.test-support.ts';
import type { Delivery } from '../transport.ts';
import { type Post, post } from './request.ts';
import type { Lookup } from './resolve.ts';

const tls = certificates();
afterAll(() => tls.remove());

const open: (() => Promise<void>)[] = [];
afterEach(async () => {
  for (const close of open.splice(0)) await close();
});

const httpServer = async (...how: Parameters<typeof httpPeer>): Promise<HttpPeer> => {
  const peer = await httpPeer(...how);
  open.push(peer.close);
  return peer;
};

async function rawServer(onConnection: (socket: Socket) => void): Promise<Peer> {
  const peer = await tcpPeer(onConnection);
  open.push(peer.close);
  return peer;
}

const LOOPBACK = ['127.0.0.0/8', '::1'];
const send = (url: string, more: Partial<Post> = {}, context = aContext({ allowedTargets: LOOPBACK }), lookup?: Lookup) =>
  post({ url, body: '{"text":"Grüße"}', ...more }, context, lookup);

async function outcome(delivery: Delivery | Promise<Delivery>): Promise<string> {
  const result = await delivery;
  return result.ok ? result.value.answer : `${result.error.code} ${result.error.next}`;
}
const sentence = async (delivery: Promise<Delivery>): Promise<string> => {
  const result = await delivery;
  return result.ok ? '' : result.error.sentence;
};

describe('a post over HTTP', () => {
  it('arrives once, as JSON, with the headers it was given, and its conversation is told without the secret', async () => {
    const { port, taken } = await httpServer(
      (_, response) => void response.writeHead(202, { 'X-Id': '7' }).end('{"status":"hunter2secret"}'),
    );
    const context = aContext({ allowedTargets: LOOPBACK });
    const posted = send(
      `http://127.0.0.1:${port}/a/b?c=d`,
      { headers: { Authorization: 'Bearer hunter2secret' }, secrets: ['hunter2secret'] },
      context,
    );
    expect(await outcome(posted)).toBe('202 Accepted: {"status":"••••"}');
    expect(taken).toEqual([
      {
        method: 'POST',
        url: '/a/b?c=d',
        headers: {
          accept: '*/*',
          authorization: 'Bearer hunter2secret',
          connection: 'close',
          'content-length': '18',
          'content-type': 'application/json; charset=utf-8',
          host: `127.0.0.1:${port}`,
          'user-agent': 'Fallover',
        },
        body: '{"text":"Grüße"}',
      },
    ]);
    const dialogue = context.dialogue().filter((line) => !/^[<>] (?:Date|Transfer-Encoding|Accept|User-Agent)/.test(line));
    expect(dialogue).toEqual([
      `# Connects to 127.0.0.1:${port} (127.0.0.1).`,
      '> POST /a/b?c=d HTTP/1.1',
      `> Host: 127.0.0.1:${port}`,
      '> Content-Type: application/json; charset=utf-8',
      '> Content-Length: 18',
      '> Connection: close',
      '> Authorization: Bearer ••••',
      '> ',
      '> {"text":"Grüße"}',
      '< HTTP/1.1 202 Accepted',
      '< X-Id: 7',
      '< Connection: close',
      '< ',
      '< {"status":"••••"}',
    ]);
  });

  it('goes over TLS to a server whose certificate is known for the name in the address', async () => {
    const { port, taken } = await httpServer(undefined, tls);
    expect(await outcome(send(`https://localhost:${port}/`, { caFile: tls.caFile }))).toBe('200 OK: ok');
    expect(await outcome(send(`https://127.0.0.1:${port}/`, { caFile: tls.caFile }))).toBe('200 OK: ok');
    expect(taken).toHaveLength(2);
    expect(await outcome(send(`https://localhost:${port}/`))).toBe('certificate_not_trusted next_node');
    const other: Lookup = () => Promise.resolve([{ address: '127.0.0.1', family: 4 }]);
    const context = aContext({ allowedTargets: LOOPBACK });
    expect(await outcome(send(`https://localhost.:${port}/`, { caFile: tls.caFile }, context, other))).toBe('200 OK: ok');
    expect(await outcome(send(`https://other.example:${port}/`, { caFile: tls.caFile }, context, other))).toBe(
      'certificate_not_trusted next_node',
    );
    expect(await outcome(send(`https://localhost:${port}/`, { caFile: '/nowhere' }))).toBe('ca_file_not_readable next_node');
    const plain = await httpServer();
    expect(await outcome(send(`https://127.0.0.1:${plain.port}/`))).toBe('tls_failed retry');
    expect(taken).toHaveLength(3);
  });
});

describe('what an HTTP server answers', () => {
  it.each([
    [200, '200 OK: ok'],
    [204, '204 No Content'],
    [301, 'redirected give_up'],
    [302, 'redirected give_up'],
    [307, 'redirected give_up'],
    [400, 'http_refused give_up'],
    [401, 'http_refused give_up'],
    [404, 'http_refused give_up'],
    [408, 'http_deferred retry'],
    [410, 'http_refused give_up'],
    [425, 'http_deferred retry'],
    [429, 'http_deferred retry'],
    [500, 'http_failed retry'],
    [502, 'http_failed retry'],
    [503, 'http_deferred retry'],
    [599, 'http_failed retry'],
  ])('decides with %i', async (status, expected) => {
    const { port } = await httpServer((_, response) => void response.writeHead(status).end('ok'));
    expect(await outcome(send(`http://127.0.0.1:${port}/`))).toBe(expected);
  });

  it('is not followed anywhere', async () => {
    const there = await httpServer();
    const { port } = await httpServer(
      (_, response) => void response.writeHead(307, { Location: `http://127.0.0.1:${there.port}/x` }).end(),
    );
    expect(await sentence(send(`http://127.0.0.1:${port}/`))).toBe(
      `127.0.0.1:${port} answers with 307 and sends on to "http://127.0.0.1:${there.port}/x", where Fallover does not follow. Give that address if it is the right one.`,
    );
    expect(there.taken).toEqual([]);
  });

  it('can ask to come later, in words', async () => {
    const { port } = await httpServer((_, response) => void response.writeHead(429, { 'Retry-After': '30' }).end('slow down'));
    expect(await sentence(send(`http://127.0.0.1:${port}/`))).toBe(
      `127.0.0.1:${port} does not take the message now: "429 Too Many Requests: slow down". It asks to wait: "30 seconds". Look at the limits of that service.`,
    );
  });

  it('is read to a limit, however long it is', async () => {
    const peer = await rawServer((socket) => {
      socket.write('HTTP/1.1 200 OK\r\n\r\n');
      const more = (): void => {
        if (!socket.destroyed) socket.write('y'.repeat(10_000), more);
      };
      more();
    });
    const context = aContext({ allowedTargets: LOOPBACK });
    const answer = await outcome(send(`http://127.0.0.1:${peer.port}/`, {}, context));
    expect(answer).toBe(`200 OK: ${'y'.repeat(1992)}…`);
    expect(context.said.every(({ text }) => text.length <= 2001)).toBe(true);
    await peer.allClosed();
  });

  it('keeps its control characters out of sentences', async () => {
    const peer = await rawServer((socket) =>
      socket.end('HTTP/1.1 400 Bad\u001b[31m\r\nContent-Length: 5\r\n\r\n\u0000\u001bX\r\n'),
    );
    const said = await sentence(send(`http://127.0.0.1:${peer.port}/`));
    expect(said).not.toMatch(/\p{Cc}/u);
  });
});

describe('an HTTP server that gives no answer', () => {
  it('refuses the connection, or has no address', async () => {
    expect(await outcome(send(`http://127.0.0.1:${await closedPort()}/`))).toBe('connection_refused retry');
    expect(await outcome(send('http://nobody.invalid/'))).toBe('name_not_found retry');
    expect(await outcome(send('http://nobody.example/', {}, aContext(), () => Promise.resolve([])))).toBe('name_not_found retry');
  });

  it('cuts the connection at any point', async () => {
    const cutters: ((socket: Socket) => void)[] = [
      (socket) => socket.destroy(),
      (socket) => socket.end(),
      (socket) => socket.end('HTTP/1.1 20'),
      (socket) => socket.end('HTTP/1.1 200 OK\r\nContent-Length: 100\r\n\r\nhalf'),
      (socket) => socket.end('HTTP/1.1 200 OK\r\nTransfer-Encoding: chunked\r\n\r\n5\r\nha'),
    ];
    for (const cut of cutters) {
      const peer = await rawServer((socket) => socket.once('data', () => cut(socket)));
      expect(await outcome(send(`http://127.0.0.1:${peer.port}/`))).toMatch(/^(?:connection_lost|not_http) retry$/);
      await peer.allClosed();
    }
  });

  it('hangs at any point: when the time is over the connection is closed', async () => {
    const hangers: ((socket: Socket) => void)[] = [
      () => {},
      (socket) => socket.write('HTTP/1.1 100 Continue\r\n\r\n'),
      (socket) => socket.write('HTTP/1.1 200 OK\r\nX-'),
      (socket) => socket.write('HTTP/1.1 200 OK\r\nContent-Length: 100\r\n\r\nhalf'),
    ];
    for (const hang of hangers) {
      const peer = await rawServer((socket) => socket.once('data', () => hang(socket)));
      const context = aContext({ allowedTargets: LOOPBACK, signal: AbortSignal.timeout(150) });
      expect(await outcome(send(`http://127.0.0.1:${peer.port}/`, {}, context))).toBe('timed_out retry');
      expect(peer.connections()).toBe(1);
      await peer.allClosed();
    }
    const unanswered: Lookup = () => new Promise(() => {});
    expect(await outcome(send('http://slow.example/', {}, aContext({ signal: AbortSignal.timeout(20) }), unanswered))).toBe(
      'timed_out retry',
    );
    expect(
      await outcome(send('http://127.0.0.1:9/', {}, aContext({ allowedTargets: LOOPBACK, signal: AbortSignal.abort() }))),
    ).toBe('timed_out retry');
  });

  it('speaks something else', async () => {
    const mail = await rawServer((socket) => socket.end('220 mail.example.com ESMTP\r\n'));
    expect(await outcome(send(`http://127.0.0.1:${mail.port}/`))).toBe('not_http retry');
    const endless = await rawServer((socket) => socket.write(`HTTP/1.1 200 OK\r\n${'X-Header: x\r\n'.repeat(5000)}`));
    expect(await outcome(send(`http://127.0.0.1:${endless.port}/`))).toBe('not_http retry');
    await endless.allClosed();
  });

  it('answers slowly, a byte at a time', async () => {
    const peer = await rawServer((socket) =>
      socket.once('data', () => {
        for (const [index, byte] of [...'HTTP/1.1 200 OK\r\nContent-Length: 4\r\n\r\nslow'].entries())
          setTimeout(() => socket.write(byte), index * 2);
      }),
    );
    expect(await outcome(send(`http://127.0.0.1:${peer.port}/`))).toBe('200 OK: slow');
  });
});

describe('a target that was not allowed', () => {
  const strict = (): ReturnType<typeof aContext> => aContext({ ownPorts: [8770] });

  it('is not connected to, however its address is written', async () => {
    const peer = await rawServer(() => {});
    const spellings = [
      '127.0.0.1',
      'localhost',
      'LOCALHOST',
      '2130706433',
      '0x7f.1',
      '0177.1',
      '[::ffff:127.0.0.1]',
      '[::ffff:7f00:1]',
      '0',
      '①②⑦.1',
    ];
    for (const host of spellings)
      expect(await outcome(send(`http://${host}:${peer.port}/`, {}, strict()))).toBe('target_not_allowed give_up');
    for (const host of ['[::1]', '[::]', '169.254.169.254', '[fe80::1]', '224.0.0.1', '[ff02::1]', '255.255.255.255'])
      expect(await outcome(send(`http://${host}/`, {}, strict()))).toBe('target_not_allowed give_up');
    expect(await outcome(send(`http://127.0.0.1:8770/`, {}, aContext({ ownPorts: [8770], allowedTargets: LOOPBACK })))).toBe(
      'own_port give_up',
    );
    expect(peer.connections()).toBe(0);
    expect(await sentence(send(`http://localhost:${peer.port}/`, {}, strict()))).toMatch(
      /^localhost:\d+ leads to (?:127\.0\.0\.1|::1), a loopback address, where no notification goes unless it is allowed\. If it is meant, add localhost:\d+ to the allowed targets of the cluster\.$/,
    );
  });

  it('is refused when only one address of a name is such a one', async () => {
    const both: Lookup = () =>
      Promise.resolve([
        { address: '192.0.2.1', family: 4 },
        { address: '127.0.0.1', family: 4 },
      ]);
    expect(await outcome(send('http://hook.example.com/', {}, strict(), both))).toBe('target_not_allowed give_up');
  });

  it('is not reached by a name that answers differently the second time', async () => {
    const good = await httpServer();
    let asked = 0;
    const rebinding: Lookup = () => {
      asked += 1;
      // the checked answer is the address on which the server listens, the next ones would be another
      return Promise.resolve([{ address: asked === 1 ? '127.0.0.1' : '127.0.0.66', family: 4 }]);
    };
    const context = aContext({ allowedTargets: ['127.0.0.1'] });
    expect(await outcome(send(`http://rebinding.example:${good.port}/`, {}, context, rebinding))).toBe('200 OK: ok');
    expect(asked).toBe(1);
    expect(good.taken[0]?.headers.host).toBe(`rebinding.example:${good.port}`);
    expect(await outcome(send(`http://rebinding.example:${good.port}/`, {}, context, rebinding))).toBe(
      'target_not_allowed give_up',
    );
    expect(good.taken).toHaveLength(1);
  });

  it('is no proxy of the environment', async () => {
    const proxy = await rawServer(() => {});
    const before = { ...process.env };
    for (const name of ['HTTP_PROXY', 'http_proxy', 'HTTPS_PROXY', 'ALL_PROXY'])
      process.env[name] = `http://127.0.0.1:${proxy.port}`;
    process.env.NODE_USE_ENV_PROXY = '1';
    const { port } = await httpServer();
    expect(await outcome(send(`http://127.0.0.1:${port}/`))).toBe('200 OK: ok');
    process.env = before;
    expect(proxy.connections()).toBe(0);
  });
});
