import { type Endpoint, type Problem, REQUEST_ID_HEADER } from '@fallover/contract';
import type { z } from 'zod';
import type { Reply } from '../api.ts';

export interface Asked {
  parameters: Record<string, string>;
  query: URLSearchParams;
  body: unknown;
  requestId: string | null;
}

type Answer = { status: number; body?: unknown; bytes?: Uint8Array; headers?: Record<string, string> };
type Handler = (asked: Asked) => Answer | 'away';

export interface Server {
  /** From now on this endpoint answers so; the reply is checked by the contract's schema. */
  answers<E extends Endpoint>(endpoint: E, reply: (asked: Asked) => z.input<E['reply']>): void;
  sends<E extends Endpoint>(endpoint: E, bytes: (asked: Asked) => { bytes: Uint8Array; size: number }): void;
  refuses(endpoint: Endpoint, problem: Partial<Problem> & { title: string; status: number }): void;
  isAway(endpoint: Endpoint): void;
  /** What this endpoint was asked so far. */
  asked(endpoint: Endpoint): Asked[];
}

/** The contract's server for a test: `fetch` is answered here, whatever is not answered fails the test's expectation loudly. */
export function newServer(): Server {
  const handlers: { endpoint: Endpoint; pattern: RegExp; handle: Handler }[] = [];
  const all: { endpoint: Endpoint; asked: Asked }[] = [];
  const handle = (endpoint: Endpoint, handler: Handler): void => {
    const pattern = new RegExp(`^${endpoint.path.replace(/\{(\w+)\}/g, '(?<$1>[^/]+)')}$`);
    handlers.unshift({ endpoint, pattern, handle: handler });
  };
  globalThis.fetch = async (input, init) => {
    const url = new URL(String(input), 'http://console.test');
    const found = handlers.find(
      ({ endpoint, pattern }) => endpoint.method === (init?.method ?? 'GET') && pattern.test(url.pathname),
    );
    if (!found)
      return response({ status: 500, body: problem({ title: `Nobody answers ${init?.method} ${url.pathname}`, status: 500 }) });
    const parameters = Object.entries(found.pattern.exec(url.pathname)?.groups ?? {});
    const asked: Asked = {
      parameters: Object.fromEntries(parameters.map(([name, value]) => [name, decodeURIComponent(value)])),
      query: url.searchParams,
      body: init?.body ? JSON.parse(String(init.body)) : undefined,
      requestId: new Headers(init?.headers).get(REQUEST_ID_HEADER),
    };
    all.push({ endpoint: found.endpoint, asked });
    const answer = found.handle(asked);
    if (answer === 'away') throw new TypeError('fetch failed');
    return response(answer);
  };
  return {
    answers(endpoint, reply) {
      handle(endpoint, (asked) => {
        endpoint.body?.parse(asked.body);
        const value: Reply<typeof endpoint> = endpoint.reply.parse(reply(asked)) as Reply<typeof endpoint>;
        return { status: endpoint.status ?? 200, body: value };
      });
    },
    sends(endpoint, bytes) {
      handle(endpoint, (asked) => {
        const sent = bytes(asked);
        return { status: 200, bytes: sent.bytes, headers: { 'Fallover-Output-Size': String(sent.size) } };
      });
    },
    refuses: (endpoint, refused) =>
      handle(endpoint, () => ({
        status: refused.status,
        body: problem(refused),
        headers: refused.status === 429 ? { 'Retry-After': '60' } : {},
      })),
    isAway: (endpoint) => handle(endpoint, () => 'away'),
    asked: (endpoint) => all.filter((one) => one.endpoint === endpoint).map(({ asked }) => asked),
  };
}

const problem = (given: Partial<Problem> & { title: string; status: number }): Problem => ({
  type: 'urn:fallover:problem:test',
  code: 'test',
  ...given,
});

function response({ status, body, bytes, headers = {} }: Answer): Response {
  if (bytes) return new Response(bytes.slice().buffer, { status, headers });
  if (status === 204) return new Response(null, { status });
  return new Response(JSON.stringify(body), { status, headers: { 'Content-Type': 'application/json', ...headers } });
}
