import fc from 'fast-check';
import { describe, expect, it, onTestFinished } from 'vitest';
import { smsText } from '../sms/segments.ts';
import { fuzzRounds } from '../test-support/fuzz-rounds.test-support.ts';
import { aContext, aMessage } from '../test-support/message.test-support.ts';
import { certificates, closedPort, tcpPeer } from '../test-support/peers.test-support.ts';
import type { Delivery } from '../transport.ts';
import { type FakeGateway, type FakeGatewayState, startFakeGateway } from './fake-gateway.test-support.ts';
import { smpp } from './smpp.ts';

async function gateway(state: Partial<FakeGatewayState> = {}): Promise<FakeGateway> {
  const started = await startFakeGateway(state);
  onTestFinished(async () => {
    await expect.poll(() => started.openConnections()).toBe(0); // whatever happened, the connection is closed
    await started.close();
  });
  return started;
}

const send = (port: number, text: string, settings: Record<string, string> = {}, context = aContext(), dedupe = 'run1') =>
  smpp.send(
    aMessage({ text, dedupe }),
    '+4915112345678#',
    smpp.settings.parse({ server: '127.0.0.1', port: String(port), systemId: 'fallover', password: 'secret7', ...settings }),
    context,
  );
const within = (milliseconds: number) => aContext({ signal: AbortSignal.timeout(milliseconds) });
const outcome = (delivery: Delivery): string => (delivery.ok ? 'delivered' : `${delivery.error.code}, ${delivery.error.next}`);

describe('an SMS by an SMPP gateway', () => {
  it('is sent with the whole conversation told, the password masked', async () => {
    const at = await gateway({ enquires: true });
    const context = aContext();
    expect(await send(at.port, 'node_down [nodea]', { source: 'Fallover' }, context)).toEqual({
      ok: true,
      value: { answer: 'Message id id1.' },
    });
    expect(at.messages()).toEqual([{ number: '+4915112345678', text: 'node_down [nodea]', parts: 1 }]);
    expect(context.dialogue()).toEqual([
      `# Connects to 127.0.0.1:${at.port}.`,
      '> bind_transceiver system_id="fallover" password=•••• system_type="" interface_version=52',
      '< bind_transceiver_resp ESME_ROK',
      '# To +4915112345678: 17 characters, GSM 7-bit, 1 SMS.',
      '> submit_sm source_addr_ton=5 source_addr_npi=0 source_addr="Fallover" dest_addr_ton=1 dest_addr_npi=1 destination_addr="4915112345678" esm_class=0 validity_period="000001000000000R" data_coding=0 short_message=6e6f646511646f776e201b3c6e6f6465611b3e',
      '< submit_sm_resp ESME_ROK message_id="id1"',
      '> unbind',
      '< unbind_resp ESME_ROK',
    ]);
    expect(at.commands).toContain('enquire_link_resp');
  });

  it('goes in parts when it is long, in any alphabet', async () => {
    const at = await gateway();
    const [plain, other] = ['node_down {nodea} '.repeat(20).trim(), 'узел 🔥 упал '.repeat(20).trim()];
    expect(await send(at.port, plain)).toEqual({ ok: true, value: { answer: 'Message ids id1, id2, id3.' } });
    await send(at.port, other);
    expect(at.messages()).toEqual([
      { number: '+4915112345678', text: plain, parts: 3 },
      { number: '+4915112345678', text: other, parts: 4 },
    ]);
  });

  it('is what was to be said, whatever that is', async () => {
    const at = await gateway();
    const hostile = fc.string({
      unit: fc.constantFrom('\r', '\n', '\u0000', '\u001a', '\u001b', 'x', '€', '|', '🔥', 'я'),
      maxLength: 200,
    });
    await fc.assert(
      fc.asyncProperty(hostile, async (pieces) => {
        const before = at.messages().length;
        const text = `.${pieces}.`;
        expect(outcome(await send(at.port, text, {}, aContext(), `dedupe${before}`))).toBe('delivered');
        expect(at.messages().at(-1)?.text).toBe(smsText(text));
      }),
      { numRuns: fuzzRounds(40) },
    );
  });

  it('is encrypted with TLS, and only to a gateway whose certificate is trusted', async () => {
    const files = certificates();
    onTestFinished(() => files.remove());
    const at = await gateway({ tls: { key: files.key, cert: files.cert } });
    expect(outcome(await send(at.port, 'x', { server: 'localhost', tls: 'true', caFile: files.caFile }))).toBe('delivered');
    expect(outcome(await send(at.port, 'x', { tls: 'true', caFile: files.caFile }))).toBe('delivered');
    expect(outcome(await send(at.port, 'x', { tls: 'true' }))).toBe('certificate_not_trusted, next_node');
    expect(at.binds).toHaveLength(2);
  });

  it.each([
    [{ password: 'other' }, 'bind_refused, give_up'],
    [{ status: 0x58 }, 'message_refused, retry'],
    [{ status: 0x0b }, 'message_refused, give_up'],
    [{ hangsUpAt: 'bind_transceiver' }, 'connection_lost, retry'],
    [{ hangsUpAt: 'submit_sm' }, 'connection_lost, retry'],
    [{ hangsUpAt: 'unbind' }, 'delivered'],
    [{ hangsAt: 'unbind' }, 'delivered'],
    [{ delay: 50 }, 'delivered'],
  ] as [Partial<FakeGatewayState>, string][])('with a gateway %o ends as expected', async (state, expected) => {
    expect(outcome(await send((await gateway(state)).port, 'x'))).toBe(expected);
  });

  it('says which part was refused; a repeat has the same reference', async () => {
    const at = await gateway({ status: 0x14, at: 2 });
    const text = 'x'.repeat(200);
    expect(await send(at.port, text)).toMatchObject({
      error: { sentence: `127.0.0.1:${at.port} does not take part 2 of 2 of the SMS: its queue is full (ESME_RMSGQFUL).` },
    });
    at.behave({ status: 0 });
    await send(at.port, text);
    expect(at.messages()).toEqual([{ number: '+4915112345678', text, parts: 2 }]);
  });

  it.each(['bind_transceiver', 'submit_sm'])('ends in time when the gateway hangs at %s', async (hangsAt) => {
    const at = await gateway({ hangsAt });
    expect(outcome(await send(at.port, 'x', {}, within(300)))).toBe('timed_out, retry');
  });

  it.each(['HTTP/1.1 400 Bad Request\r\n\r\n', '\u0000\u0000\u0000\u0009\u0000\u0000\u0000\u0000\u0000'])(
    'ends when what listens there is no gateway and says %j',
    async (greeting) => {
      const peer = await tcpPeer((socket) => socket.resume().write(greeting));
      onTestFinished(() => peer.close());
      expect(outcome(await send(peer.port, 'x', {}, within(5_000)))).toBe('not_smpp, retry');
      await peer.allClosed();
    },
  );

  it('ends when nobody listens, and in time when TLS is not answered', async () => {
    expect(outcome(await send(await closedPort(), 'x'))).toBe('connection_refused, retry');
    const peer = await tcpPeer((socket) => socket.resume());
    onTestFinished(() => peer.close());
    expect(outcome(await send(peer.port, 'x', { tls: 'true' }, within(300)))).toBe('timed_out, retry');
    await peer.allClosed();
  });

  it('has settings that cannot be more than they are', () => {
    const parse = (settings: Record<string, string>) =>
      smpp.settings.safeParse({ server: 'localhost', systemId: 'fallover', ...settings }).success;
    expect(parse({})).toBe(true);
    expect(parse({ systemId: 'a\u0000b' })).toBe(false);
    expect(parse({ password: 'a\u0000b' })).toBe(false);
    expect(parse({ source: 'a\u0000b' })).toBe(false);
    expect(parse({ port: '0' })).toBe(false);
    expect(parse({ country: 'XX' })).toBe(false);
  });
});
