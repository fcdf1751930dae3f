import { createSocket } from 'node:dgram';
import { createServer as createTlsServer } from 'node:tls';
import fc from 'fast-check';
import { afterAll, afterEach, describe, expect, it } from 'vitest';
import { fuzzRounds } from '../test-support/fuzz-rounds.test-support.ts';
import { aContext, aMessage } from '../test-support/message.test-support.ts';
import { certificates, closedPort, type Peer, tcpPeer } from '../test-support/peers.test-support.ts';
import type { Delivery } from '../transport.ts';
import { counted, syslogRecord } from './record.ts';
import { syslog } from './syslog.ts';

const tls = certificates();
afterAll(() => tls.remove());
const open: (() => Promise<void>)[] = [];
afterEach(async () => {
  for (const close of open.splice(0)) await close();
});

/** A server of a stream that keeps what it gets; `got` waits until the connection has ended. */
async function streamServer(secure = false): Promise<Peer & { got(): Promise<string> }> {
  const chunks: Buffer[] = [];
  const peer = await tcpPeer(
    (socket) => socket.on('data', (chunk) => chunks.push(chunk)),
    secure
      ? createTlsServer({ key: tls.key, cert: tls.cert }, (socket) =>
          socket.on('data', (chunk) => chunks.push(chunk)).on('error', () => {}),
        )
      : undefined,
  );
  open.push(peer.close);
  return { ...peer, got: () => peer.allClosed().then(() => Buffer.concat(chunks).toString()) };
}

const send = (settings: Record<string, string>, message = aMessage(), context = aContext()): Promise<Delivery> =>
  syslog.send(message, '', syslog.settings.parse({ server: '127.0.0.1', ...settings }), context);
async function outcome(delivery: Promise<Delivery>): Promise<string> {
  const result = await delivery;
  return result.ok ? result.value.answer : `${result.error.code} ${result.error.next}`;
}

const RECORD =
  '<27>1 2026-03-01T12:34:56.000Z nodeb fallover - node_down [fallover@32473 cluster="clusterx" event="node_down" args="nodea graceful" moment="failure" run="01990000-0000-7000-8000-000000000001"] \ufeffnode_down nodea: failure: node_down of nodea on nodeb failed.';

describe('syslog', () => {
  it('gets one packet by UDP', async () => {
    const server = createSocket('udp4');
    const got = new Promise<string>((resolve) => server.once('message', (packet) => resolve(packet.toString())));
    await new Promise<void>((resolve) => server.bind(0, '127.0.0.1', resolve));
    open.push(() => new Promise((resolve) => server.close(() => resolve())));
    const context = aContext();
    expect(await outcome(send({ port: String(server.address().port) }, aMessage(), context))).toBe(
      'Sent by UDP; syslog confirms nothing.',
    );
    expect(await got).toBe(RECORD);
    expect(context.dialogue()).toEqual([`# Sends to 127.0.0.1:${server.address().port} by UDP.`, `> ${RECORD}`]);
  });

  it('learns that nobody listens for packets', async () => {
    expect(await outcome(send({ port: String(await closedPort()) }))).toBe('connection_refused retry');
  });

  it('gets its length before it by TCP and TLS', async () => {
    const length = Buffer.byteLength(RECORD);
    const tcp = await streamServer();
    expect(await outcome(send({ port: String(tcp.port), protocol: 'tcp' }))).toBe('Sent by TCP; syslog confirms nothing.');
    expect(await tcp.got()).toBe(`${length} ${RECORD}`);
    const secure = await streamServer(true);
    expect(await outcome(send({ port: String(secure.port), protocol: 'tls', caFile: tls.caFile }))).toBe(
      'Sent by TLS; syslog confirms nothing.',
    );
    expect(await secure.got()).toBe(`${length} ${RECORD}`);
    const again = await streamServer(true);
    expect(await outcome(send({ port: String(again.port), protocol: 'tls' }))).toBe('certificate_not_trusted next_node');
    expect(await outcome(send({ port: String(again.port), protocol: 'tls', caFile: '/nowhere' }))).toBe(
      'ca_file_not_readable next_node',
    );
  });

  it('is not there, cuts or hangs', async () => {
    expect(await outcome(send({ port: String(await closedPort()), protocol: 'tcp' }))).toBe('connection_refused retry');
    for (const protocol of ['udp', 'tcp'])
      expect(await outcome(send({ server: 'nobody.invalid', protocol }))).toBe('name_not_found retry');
    const hanging = await tcpPeer(() => {});
    const cutting = await tcpPeer((socket) => socket.destroy());
    open.push(hanging.close, cutting.close);
    const soon = aContext({ signal: AbortSignal.timeout(150) });
    expect(await outcome(send({ port: String(hanging.port), protocol: 'tls' }, aMessage(), soon))).toBe('timed_out retry');
    await hanging.allClosed();
    expect(await outcome(send({ port: String(cutting.port), protocol: 'tls' }))).toBe('connection_lost retry');
    for (const protocol of ['udp', 'tcp', 'tls'])
      expect(await outcome(send({ protocol }, aMessage(), aContext({ signal: AbortSignal.abort() })))).toBe('timed_out retry');
  });
});

describe('a record of syslog', () => {
  const record = (changes: Parameters<typeof aMessage>[0], most = 2048): string =>
    syslogRecord(aMessage(changes), 'local7', most).toString();

  it('has a priority of facility and severity', () => {
    const priority = (severity: 'info' | 'warning' | 'error' | 'critical') => /^<\d+>/.exec(record({ severity }))?.[0];
    expect([priority('info'), priority('warning'), priority('error'), priority('critical')]).toEqual([
      '<190>',
      '<188>',
      '<187>',
      '<186>',
    ]);
    expect(syslogRecord(aMessage(), 'kern', 2048).toString()).toMatch(/^<3>1 /);
  });

  it('escapes what would end a value, and is one line', () => {
    expect(record({ args: ['a"b', 'c]d', 'e\\f'], text: 'x\n<0>1 - forged\u0000' })).toContain(
      'args="a\\"b c\\]d e\\\\f" moment="failure" run="01990000-0000-7000-8000-000000000001"] \ufeffnode_down nodea: failure: x <0>1 - forged',
    );
    expect(record({ at: 'yesterday', node: 'n ö', event: 'x y' })).toMatch(/^<187>1 - n__ fallover - x_y \[/);
    expect(record({ drill: true })).toContain(' drill="true"]');
  });

  it('is cut between characters', () => {
    expect(Buffer.byteLength(record({ text: '🔥'.repeat(1000) }, 2048))).toBeLessThanOrEqual(2048);
    expect(record({ text: '🔥'.repeat(1000) }, 2048)).not.toContain('\ufffd');
  });

  it('keeps its form with any text', () => {
    const any = fc.string({ unit: 'binary', maxLength: 300 });
    fc.assert(
      fc.property(any, any, any, (text, event, cluster) => {
        const bytes = syslogRecord(aMessage({ text, subject: text, event, cluster, args: [text] }), 'daemon', 2048);
        expect(bytes.length).toBeLessThanOrEqual(2048);
        const line = bytes.toString();
        expect(line).toMatch(
          /^<27>1 \S+ nodeb fallover - [\x21-\x7e]{1,32} \[fallover@32473(?: [a-z]+="(?:[^"\\\]]|\\["\\\]])*")*\] \ufeff/,
        );
        expect(line).not.toMatch(/\p{Cc}/u);
        expect(counted(bytes).toString()).toBe(`${bytes.length} ${line}`);
      }),
      { numRuns: fuzzRounds(500) },
    );
  });
});
