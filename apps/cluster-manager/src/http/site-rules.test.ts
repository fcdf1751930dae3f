import { ok } from '@fallover/events';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { EMULATED, site } from './app.test-support.ts';

let daemon: Awaited<ReturnType<typeof site>>;
let cookie: string;
beforeAll(async () => {
  daemon = await site({ emulate: async () => ok(EMULATED) });
  cookie = daemon.cookieOf('monitor');
});
afterAll(() => daemon.close());

describe('Host', () => {
  it.each(['localhost', 'LOCALHOST:9000', '127.0.0.1', '[::1]:8770', 'console.example', 'Console.Example:443'])(
    'may be %s',
    async (Host) => {
      expect((await daemon.ask('/healthz', { headers: { Host } })).status).toBe(200);
    },
  );

  it.each(['evil.example', 'localhost.evil.example', '127.0.0.1.evil.example', '192.0.2.1', 'localhost@evil.example'])(
    'may not be %s',
    async (Host) => {
      const got = await daemon.ask('/healthz', { headers: { Host } });
      expect([got.status, got.json.title]).toEqual([
        421,
        `"${Host}" is not a name that this cluster manager answers to. If it is yours, start it with --allow-host and that name.`,
      ]);
    },
  );

  it('does not matter on the control socket', async () => {
    expect((await daemon.askLocally('/healthz', { headers: { Host: 'evil.example' } })).status).toBe(200);
  });
});

describe('the origin of a change', () => {
  const body = { event: 'node_up', args: ['nodea'] };
  const change = async (origin: string | undefined, headers: Record<string, string> = {}) => {
    const { status, json } = await daemon.ask('/api/v1/emulate', { body, cookie, origin, headers });
    return [status, json.code, json.title].filter((told) => told !== undefined);
  };

  it('may be the daemon itself', async () => {
    expect(await change(daemon.url)).toEqual([200]);
    expect(await change(undefined, { 'Sec-Fetch-Site': 'same-origin' })).toEqual([200]);
    expect(await change(daemon.url, { 'Sec-Fetch-Site': 'same-origin' })).toEqual([200]);
    expect(await change('http://localhost:9000', { Host: 'localhost:9000' })).toEqual([200]);
  });

  it('has to be told', async () => {
    expect(await change(undefined)).toEqual([
      403,
      'origin_missing',
      'A change needs the header Origin or Sec-Fetch-Site, which every browser sends. Add Origin with the address of this cluster manager.',
    ]);
  });

  it.each(['http://evil.example', 'null', 'http://127.0.0.1:1', 'http://localhost'])('may not be %s', async (origin) => {
    expect(await change(origin)).toEqual([
      403,
      'origin_foreign',
      `The page at ${origin} may not use this cluster manager. Open the console at its own address.`,
    ]);
  });

  it('may not be foreign by either header', async () => {
    expect((await change(daemon.url, { 'Sec-Fetch-Site': 'cross-site' }))[1]).toBe('origin_foreign');
    expect((await change(undefined, { 'Sec-Fetch-Site': 'same-site' }))[1]).toBe('origin_foreign');
    expect((await change(undefined, { 'Sec-Fetch-Site': 'none' }))[1]).toBe('origin_foreign');
    expect((await change(daemon.url.replace('http:', 'https:')))[1]).toBe('origin_foreign');
  });

  it('does not matter on the control socket', async () => {
    expect((await daemon.askLocally('/api/v1/emulate', { body })).status).toBe(200);
    expect((await daemon.askLocally('/api/v1/emulate', { body, origin: 'http://evil.example' })).status).toBe(200);
  });
});

describe('the origin of a stream', () => {
  const stream = async (headers: Record<string, string>) => {
    const watched = await daemon.watch('/api/v1/stream', { Cookie: cookie, ...headers });
    watched.leave();
    return watched.status;
  };

  it('may be missing, as a same-origin EventSource leaves it out', async () => {
    expect(await stream({})).toBe(200);
    expect(await stream({ 'Sec-Fetch-Site': 'same-origin' })).toBe(200);
    expect(await stream({ Origin: daemon.url })).toBe(200);
  });

  it('may not be foreign', async () => {
    expect(await stream({ Origin: 'http://evil.example' })).toBe(403);
    expect(await stream({ 'Sec-Fetch-Site': 'cross-site' })).toBe(403);
    expect(await stream({ 'Sec-Fetch-Site': 'same-site' })).toBe(403);
  });
});

describe('every reply', () => {
  it('has a policy that lets in nothing inline and nothing from elsewhere', async () => {
    const { headers } = await daemon.ask('/smit');
    expect(headers['content-security-policy']).toBe(
      "default-src 'none';script-src 'self';style-src 'self';font-src 'self';img-src 'self' data:;connect-src 'self';manifest-src 'self';form-action 'self';base-uri 'none';frame-ancestors 'none'",
    );
    expect(headers).toMatchObject({
      'x-content-type-options': 'nosniff',
      'x-frame-options': 'DENY',
      'referrer-policy': 'no-referrer',
      'cross-origin-resource-policy': 'same-origin',
      'cross-origin-opener-policy': 'same-origin',
    });
    expect(headers['x-powered-by']).toBeUndefined();
    expect(headers['access-control-allow-origin']).toBeUndefined();
    expect(headers['strict-transport-security']).toBeUndefined();
  });
});
