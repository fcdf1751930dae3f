import { createServer, type Server as HttpsServer } from 'node:https';
import { type AddressInfo, connect as connectTcp, createServer as createTcpServer, type Server, type Socket } from 'node:net';
import { setTimeout as sleep } from 'node:timers/promises';
import { connect } from 'node:tls';
import { err, ok } from '@fallover/events';
import type { PeerDocument } from '@fallover/store';
import { afterEach, beforeAll, describe, expect, it } from 'vitest';
import { type Certified, fingerprintOf } from './certificates.ts';
import type { Identity } from './files.ts';
import { authorityOf, directory, identityFrom, type TlsNode, tlsNode } from './peers.test-support.ts';

const ask = { name: 'getClock', input: {} } as const;

describe('cluster managers that ask each other over mutual TLS', () => {
  let authority: Certified;
  let nodea: Identity;
  let nodeb: Identity;
  beforeAll(async () => {
    authority = await authorityOf();
    [nodea, nodeb] = await Promise.all([identityFrom(authority, 'nodea'), identityFrom(authority, 'nodeb')]);
  });
  const open: { close(): unknown }[] = [];
  afterEach(async () => {
    for (const one of open.splice(0)) await one.close();
  });
  const start = async (...args: Parameters<typeof tlsNode>): Promise<TlsNode> => {
    const node = await tlsNode(...args);
    open.push(node);
    return node;
  };
  /** nodeb as it is said, asked by nodea. */
  const asked = async (settings: Parameters<typeof tlsNode>[2] = {}, asking: Parameters<typeof tlsNode>[2] = {}) => {
    const store = directory();
    await start(nodeb, store, settings);
    const a = await start(nodea, store, asking);
    return a.peers.ask('nodeb', ask);
  };

  it('get an answer, and the node that is asked knows by the certificate who asks, and for whom', async () => {
    const store = directory();
    const seen: unknown[] = [];
    await start(nodeb, store, {
      handlers: {
        getClock: async (_input, { from, asker }) => {
          seen.push({ from, asker });
          return ok({ at: 17 });
        },
        addJoinToken: async ({ node }, { from, asker }) => {
          seen.push({ from, asker, node });
          return ok({ token: 't', expiresAt: '2026-11-26T12:00:00.000Z' });
        },
      },
    });
    const { peers } = await start(nodea, store);
    expect(await peers.ask('nodeb', ask)).toEqual(ok({ at: 17 }));
    const asker = { name: 'ada', role: 'admin' } as const;
    await peers.ask('nodeb', { name: 'addJoinToken', input: { node: 'nodec' }, asker });
    expect(seen).toEqual([
      { from: 'nodea', asker: undefined },
      { from: 'nodea', asker, node: 'nodec' },
    ]);
  });

  it('refuse for a person what their role may not, whoever has let them through', async () => {
    const store = directory();
    await start(nodeb, store);
    const { peers } = await start(nodea, store);
    const call = { name: 'addJoinToken', input: { node: 'nodec' } } as const;
    const needs = 'this needs the role admin.';
    expect(await peers.ask('nodeb', { ...call, asker: { name: 'bob', role: 'operator' } })).toEqual(
      err({
        code: 'peer_refused',
        node: 'nodeb',
        refusal: { code: 'not_permitted', status: 403, sentence: `bob has the role operator, and ${needs}` },
      }),
    );
    expect(await peers.ask('nodeb', call)).toMatchObject({
      error: { refusal: { sentence: `Nobody is named for whom this is asked, and ${needs}` } },
    });
  });

  it('pass on what a use case over there refuses', async () => {
    const refusal = { code: 'log_file_not_found', status: 404, sentence: 'There is none yet.' };
    expect(await asked({ handlers: { getClock: async () => err(refusal) } })).toEqual(
      err({ code: 'peer_refused', node: 'nodeb', refusal }),
    );
  });

  it('wait for one that is busy as long as it says that it is there, also behind as many questions as it takes', async () => {
    const store = directory();
    const listKeptRuns = async () => {
      await sleep(6_000);
      return ok({ runs: ['1'] });
    };
    await start(nodeb, store, { handlers: { listKeptRuns } });
    const { peers } = await start(nodea, store);
    const one = () => peers.ask('nodeb', { name: 'listKeptRuns', input: { limit: 1 } });
    expect(await Promise.all(Array.from({ length: 16 }, one))).toEqual(Array.from({ length: 16 }, () => ok({ runs: ['1'] })));
  }, 15_000);

  it('refuse a certificate of another authority, in either direction', async () => {
    const stranger = await identityFrom(await authorityOf(), 'nodea');
    // It trusts nodeb, and has taken nodea's name.
    expect(await asked({}, { asking: { ...stranger, authority: authority.certificate } })).toEqual(
      err({ code: 'peer_refuses_certificate', node: 'nodeb', reason: 'of_another_authority' }),
    );
    const store = directory();
    const falseB = await identityFrom(await authorityOf(), 'nodeb');
    const { address } = await start(falseB, store);
    const { peers } = await start(nodea, store);
    expect(await peers.ask('nodeb', ask)).toMatchObject({
      ok: false,
      error: { code: 'peer_not_trusted', node: 'nodeb', address },
    });
  });

  it('refuse a certificate that has expired, or is not valid yet, in either direction', async () => {
    for (const inDays of [-3651, 30]) {
      const late = await identityFrom(authority, 'nodea', { inDays });
      expect(await asked({}, { asking: late })).toEqual(
        err({ code: 'peer_refuses_certificate', node: 'nodeb', reason: 'not_valid_now' }),
      );
    }
    const store = directory();
    await start(await identityFrom(authority, 'nodeb', { inDays: -3651 }), store);
    const { peers } = await start(nodea, store);
    expect(await peers.ask('nodeb', ask)).toMatchObject({ error: { code: 'peer_not_trusted', reason: 'CERT_HAS_EXPIRED' } });
  });

  it('refuse an earlier certificate of a node that has joined again, in either direction', async () => {
    const earlier = await identityFrom(authority, 'nodea');
    expect(await asked({}, { asking: earlier })).toEqual(
      err({ code: 'peer_refuses_certificate', node: 'nodeb', reason: 'replaced' }),
    );
    const store = directory();
    const { address } = await start(await identityFrom(authority, 'nodeb'), store);
    store.documents.set('nodeb', { node: 'nodeb', address, fingerprint: fingerprintOf(nodeb.certificate) });
    const { peers } = await start(nodea, store);
    expect(await peers.ask('nodeb', ask)).toMatchObject({ error: { code: 'peer_not_trusted', reason: 'replaced' } });
  });

  it('refuse a node that answers where another one should', async () => {
    const store = directory();
    const { address } = await start(nodeb, store);
    const fingerprint = fingerprintOf(nodeb.certificate);
    store.documents.set('nodec', { node: 'nodec', address, fingerprint });
    const { peers } = await start(nodea, store);
    // Also over a connection that was kept from asking the right one.
    expect(await peers.ask('nodeb', ask)).toEqual(ok({ at: 1 }));
    expect(await peers.ask('nodec', ask)).toEqual(
      err({ code: 'peer_not_trusted', node: 'nodec', address, reason: 'another_node' }),
    );
  });

  it('refuse whoever shows no certificate, and have nothing else for them but to join', async () => {
    const store = directory();
    const b = await start(nodeb, store, { join: async (text) => `joined ${text}` });
    const port = b.listener.port;
    expect(await raw(port, authority, 'POST /ask HTTP/1.1\r\nHost: b\r\nContent-Length: 2\r\n\r\n{}')).toContain(
      '{"protocol":1,"answer":{"certificate":"missing"}}',
    );
    expect(await raw(port, authority, 'GET / HTTP/1.1\r\nHost: b\r\nConnection: close\r\n\r\n')).toMatch(/^HTTP\/1.1 404/);
    expect(
      await raw(port, authority, 'POST /join HTTP/1.1\r\nHost: b\r\nConnection: close\r\nContent-Length: 1\r\n\r\n1'),
    ).toContain('joined 1');
    const long = `POST /join HTTP/1.1\r\nHost: b\r\nContent-Length: 16385\r\n\r\n${'x'.repeat(16_385)}`;
    expect(await raw(port, authority, long)).toMatch(/^HTTP\/1.1 413/);
  });

  it('speak TLS 1.3 only', async () => {
    const { listener } = await start(nodeb, directory());
    const error = await new Promise<NodeJS.ErrnoException>((resolve) => {
      connect({ host: '127.0.0.1', port: listener.port, rejectUnauthorized: false, maxVersion: 'TLSv1.2' }).once(
        'error',
        resolve,
      );
    });
    expect(error.code).toBe('ERR_SSL_TLSV1_ALERT_PROTOCOL_VERSION');
  });

  it('say in a sentence that the protocol of the other release is another one', async () => {
    expect(await asked({ protocol: 2 }, { protocol: 1 })).toEqual(
      err({ code: 'peer_protocol_differs', node: 'nodeb', own: 1, theirs: 2 }),
    );
  });

  it('take a new certificate while they run', async () => {
    const store = directory();
    const b = await start(nodeb, store);
    const { peers } = await start(nodea, store);
    expect(await peers.ask('nodeb', ask)).toEqual(ok({ at: 1 }));
    const again = await identityFrom(authority, 'nodeb');
    b.listener.become(again);
    store.documents.set('nodeb', { node: 'nodeb', address: b.address, fingerprint: fingerprintOf(again.certificate) });
    const c = await start(await identityFrom(authority, 'nodec'), store);
    expect(await c.peers.ask('nodeb', ask)).toEqual(ok({ at: 1 }));
  });

  it('say of a node that is down, or not known, just that', async () => {
    const store = directory();
    const b = await start(nodeb, store);
    const { peers } = await start(nodea, store);
    expect(await peers.ask('nodec', ask)).toEqual(err({ code: 'peer_not_known', node: 'nodec' }));
    expect(await peers.ask('nodeb', ask)).toEqual(ok({ at: 1 }));
    await b.listener.close();
    expect(await peers.ask('nodeb', ask)).toEqual(
      err({ code: 'peer_not_answering', node: 'nodeb', address: b.address, reason: 'ECONNREFUSED' }),
    );
  });

  it('find a node that was started anew at another address, or has joined again, at once', async () => {
    const store = directory();
    const b = await start(nodeb, store);
    const { peers } = await start(nodea, store);
    expect(await peers.ask('nodeb', ask)).toEqual(ok({ at: 1 }));
    await b.listener.close();
    await start(await identityFrom(authority, 'nodeb'), store);
    expect(await peers.ask('nodeb', ask)).toEqual(ok({ at: 1 }));
  });

  it('keep the connection for the next question', async () => {
    const store = directory();
    const connections = new Set<unknown>();
    await start(nodeb, store);
    const [document] = store.documents.values();
    const { port } = new URL(`https://${document?.address}`);
    // Between the two, to see how often one connects.
    const between = createTcpServer((socket) => {
      connections.add(socket);
      const on = connectTcp(Number(port), '127.0.0.1');
      socket.on('error', () => {}).pipe(on);
      on.on('error', () => {}).pipe(socket);
    });
    await new Promise<void>((resolve) => between.listen(0, '127.0.0.1', resolve));
    open.push({ close: () => between.close() });
    const address = `127.0.0.1:${(between.address() as AddressInfo).port}`;
    store.documents.set('nodeb', { ...(document as PeerDocument), address });
    const { peers } = await start(nodea, store);
    for (let asked = 0; asked < 3; asked += 1) expect(await peers.ask('nodeb', ask)).toEqual(ok({ at: 1 }));
    expect(connections.size).toBe(1);
  });

  describe('of which one is hostile', () => {
    const servers: (HttpsServer | Server)[] = [];
    const sockets = new Set<Socket>();
    afterEach(async () => {
      for (const socket of sockets) socket.destroy();
      for (const server of servers.splice(0)) await new Promise((resolve) => server.close(resolve));
    });
    const listening = async (server: HttpsServer | Server) => {
      servers.push(server);
      server.on('connection', (socket: Socket) => sockets.add(socket));
      await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
      const address = `127.0.0.1:${(server.address() as AddressInfo).port}`;
      const store = directory();
      store.documents.set('nodeb', { node: 'nodeb', address, fingerprint: fingerprintOf(nodeb.certificate) });
      return { peers: (await start(nodea, store)).peers, address };
    };
    const answers = (write: (send: (text: string) => boolean, end: () => void) => void) =>
      listening(
        createServer({ cert: nodeb.certificate, key: nodeb.key }, (_request, response) => {
          response.on('error', () => {});
          write(
            (text) => response.write(text),
            () => response.end(),
          );
        }),
      );

    it('is not read any further than the answer may be long', async () => {
      let sent = 0;
      const { peers } = await answers((send) => {
        const go = (): void => {
          for (let i = 0; i < 16 && send('x'.repeat(64 * 1024)); i += 1) sent += 1;
          sent += 1;
          if (sent < 2_000) setTimeout(go, 1);
        };
        go();
      });
      expect(await peers.ask('nodeb', ask)).toEqual(err({ code: 'peer_answer_too_large', node: 'nodeb', mostBytes: 1024 }));
      expect(sent).toBeLessThan(500);
    });

    it('is not waited for any longer than the call allows', async () => {
      const { peers } = await answers((send) => {
        const drip = setInterval(() => send(' '), 100);
        setTimeout(() => clearInterval(drip), 5_000);
      });
      expect(await peers.ask('nodeb', ask)).toEqual(err({ code: 'peer_too_slow', node: 'nodeb', seconds: 3 }));
    });

    it('is not waited for until the end of a long call when it does not even say that it is there', async () => {
      const { peers } = await answers(() => {});
      const before = performance.now();
      expect(await peers.ask('nodeb', { name: 'listKeptRuns', input: { limit: 1 } })).toEqual(
        err({ code: 'peer_too_slow', node: 'nodeb', seconds: 5 }),
      );
      expect(performance.now() - before).toBeLessThan(6_500);
      expect(peers.unansweredSince('nodeb')).toBeDefined();
    }, 10_000);

    it('is given up when whoever asked has gone', async () => {
      const { peers } = await answers(() => {});
      const gone = new AbortController();
      setTimeout(() => gone.abort(), 50);
      const before = performance.now();
      expect(await peers.ask('nodeb', ask, gone.signal)).toMatchObject({ error: { code: 'peer_not_answering' } });
      expect(performance.now() - before).toBeLessThan(1_500);
    });

    it.each([
      ['', 'no text'],
      ['null', 'null'],
      ['[[[[', 'no JSON'],
      ['{"protocol":1}', 'no answer'],
      ['{"protocol":1,"answer":{}}', 'an empty one'],
      ['{"protocol":1,"answer":{"ok":{"at":"now"}}}', 'a reply of another form'],
      ['{"protocol":1,"answer":{"refused":{"code":"x","status":200,"sentence":"y"}}}', 'a refusal that is none'],
      ['{"protocol":1,"answer":{"not":"failed"}}', 'a fault of its own'],
    ])('is not understood: %s (%s)', async (text) => {
      const { peers } = await answers((send, end) => {
        send(text);
        end();
      });
      expect(await peers.ask('nodeb', ask)).toEqual(err({ code: 'peer_answer_not_understood', node: 'nodeb' }));
    });

    it('hangs in the middle of the handshake, or hangs up', async () => {
      const silent = await listening(createTcpServer(() => {}));
      expect(await silent.peers.ask('nodeb', ask)).toMatchObject({ ok: false });
      const rude = await listening(createTcpServer((socket) => socket.destroy()));
      expect(await rude.peers.ask('nodeb', ask)).toEqual(
        err({ code: 'peer_not_answering', node: 'nodeb', address: rude.address, reason: 'ECONNRESET' }),
      );
    });
  });
});

function raw(port: number, authority: Certified, text: string): Promise<string> {
  return new Promise((resolve, reject) => {
    let got = '';
    const socket = connect({ host: '127.0.0.1', port, ca: authority.certificate, checkServerIdentity: () => undefined }, () =>
      socket.write(text),
    );
    socket.setEncoding('utf8');
    socket.on('data', (part: string) => {
      got += part;
    });
    socket.on('close', () => resolve(got));
    socket.on('error', (error: NodeJS.ErrnoException) => (got === '' ? reject(error) : resolve(got)));
  });
}
