import { createHmac } from 'node:crypto';
import fc from 'fast-check';
import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest';
import { fuzzRounds } from '../test-support/fuzz-rounds.test-support.ts';
import { aContext, aMessage } from '../test-support/message.test-support.ts';
import { type HttpPeer, httpPeer } from '../test-support/peers.test-support.ts';
import { webhook } from './webhook.ts';

let peer: HttpPeer;
beforeAll(async () => {
  peer = await httpPeer();
});
afterAll(() => peer.close());
beforeEach(() => {
  peer.taken.length = 0;
});

const send = async (
  settings: Record<string, string> = {},
  message = aMessage(),
  context = aContext({ allowedTargets: ['127.0.0.1'] }),
) => {
  await webhook.send(message, `http://127.0.0.1:${peer.port}/hook`, webhook.settings.parse(settings), context);
  return peer.taken.at(-1);
};
const faults = (settings: Record<string, string>): string[] =>
  webhook.settings.safeParse(settings).error?.issues.map(({ path, message }) => `${path.join('.')}: ${message}`) ?? [];

describe('a webhook', () => {
  it('gets a JSON object with all that is known, and a key that tells a repeat', async () => {
    const taken = await send({}, aMessage({ link: undefined as never, args: ['nodea', '"'] }));
    expect(JSON.parse(taken?.body ?? '')).toEqual({
      cluster: 'clusterx',
      node: 'nodeb',
      event: 'node_down',
      args: ['nodea', '"'],
      run: '01990000-0000-7000-8000-000000000001',
      moment: 'failure',
      severity: 'error',
      subject: 'node_down nodea: failure',
      text: 'node_down of nodea on nodeb failed.',
      at: '2026-03-01T12:34:56.000Z',
      drill: false,
      link: null,
      dedupe: '01990000.failure.ops.1',
      thread: '01990000',
    });
    expect(taken?.url).toBe('/hook');
    expect(taken?.headers['idempotency-key']).toBe('01990000.failure.ops.1');
    expect(taken?.headers['x-fallover-signature']).toBeUndefined();
  });

  it('gets only the fields that were chosen', async () => {
    expect((await send({ fields: 'text, event' }))?.body).toBe(
      '{"event":"node_down","text":"node_down of nodea on nodeb failed."}',
    );
    expect(faults({ fields: 'text,password' })).toEqual([
      'fields: "password" is no field. The fields are cluster, node, event, args, run, moment, severity, subject, text, at, drill, link, dedupe, thread.',
    ]);
    expect(faults({ fields: ',' })[0]).toContain('"," is no field.');
    expect(faults({ fields: '__proto__' })[0]).toContain('"__proto__" is no field.');
  });

  it('is signed, so that the receiver can check it by what the description says', async () => {
    const secret = 'a secret of the receiver';
    const context = aContext({ allowedTargets: ['127.0.0.1'] });
    const taken = await send({ secret }, aMessage({ text: 'Grüße' }), context);
    const timestamp = String(taken?.headers['x-fallover-timestamp']);
    expect(Math.abs(Number(timestamp) - Date.now() / 1000)).toBeLessThan(60);
    const expected = createHmac('sha256', secret).update(`${timestamp}.${taken?.body}`).digest('hex');
    expect(taken?.headers['x-fallover-signature']).toBe(`sha256=${expected}`);
    expect(JSON.stringify(context.said)).not.toContain(secret);
    expect(faults({ secret: 'short' })).toEqual(['secret: Type at least 16 characters, so that nobody guesses it.']);
  });

  it('can have one more header, which is no other one and hidden', async () => {
    const context = aContext({ allowedTargets: ['127.0.0.1'] });
    const taken = await send({ headerName: 'Authorization', headerValue: 'Token 0123456789' }, aMessage(), context);
    expect(taken?.headers.authorization).toBe('Token 0123456789');
    expect(context.dialogue()).toContain('> Authorization: ••••');
    for (const headerName of [
      'Host',
      'content-length',
      'Transfer-Encoding',
      'X-Fallover-Signature',
      'idempotency-key',
      'Connection',
    ])
      expect(faults({ headerName, headerValue: 'x' })).toEqual([
        'headerName: Fallover makes this header itself. Type another one.',
      ]);
    for (const headerName of ['', 'a b', 'a:b', 'a\r\nb', 'ä', 'a\u0000'])
      expect(faults({ headerName, headerValue: 'x' })).not.toEqual([]);
    for (const headerValue of ['', 'a\r\nX: y', 'a\nb', ' a', 'ä', 'a\u0000b', 'a\u001b'])
      expect(faults({ headerName: 'X-A', headerValue })).not.toEqual([]);
    expect(faults({ headerName: 'X-A' })).toEqual(['headerValue: A header has a name and a value. Type both or none.']);
    expect(faults({ headerValue: 'x' })).toEqual(['headerName: A header has a name and a value. Type both or none.']);
  });

  it('is at one address', () => {
    expect(webhook.recipients(' https://hook.example.com/a ')).toEqual({ ok: true, value: ['https://hook.example.com/a'] });
    expect(webhook.recipients('https://a/ https://b/')).toMatchObject({
      ok: false,
      error: { setting: 'contact', code: 'not_an_http_url' },
    });
    expect(webhook.recipients('')).toMatchObject({ ok: false, error: { code: 'not_an_http_url' } });
  });

  it('gets any text as it is, and nothing of it becomes a header', async () => {
    const hostile = fc
      .string({ unit: 'binary', maxLength: 200 })
      .map((text) => `${text}\r\nX-Evil: 1\r\n\r\n\u0000\u001b\u001a"\\`);
    await fc.assert(
      fc.asyncProperty(hostile, hostile, hostile, async (text, subject, dedupe) => {
        const taken = await send({}, aMessage({ text, subject, dedupe, event: subject }));
        const body = JSON.parse(taken?.body ?? '') as Record<string, string>;
        expect([body.text, body.subject, body.event, body.dedupe]).toEqual([text, subject, subject, dedupe]);
        expect(taken?.headers['x-evil']).toBeUndefined();
        expect(taken?.headers['idempotency-key']).toMatch(/^[A-Za-z0-9._-]+$/);
      }),
      { numRuns: fuzzRounds(200) },
    );
  });
});
