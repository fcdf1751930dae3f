import { randomUUID } from 'node:crypto';
import { type ClientRequest, request as httpRequest, type IncomingMessage } from 'node:http';
import type { Problem } from '@fallover/contract';
import { type Address, REQUEST_ID_HEADER, STORE_HEADER } from './addresses.ts';
import { eventStreamReader, type StreamEvent } from './event-stream.ts';

export type DaemonFault =
  /** Nothing answers at the control socket. */
  | { code: 'no_daemon'; socket: string; reason: string }
  /** The connection broke before an answer, also the second time. */
  | { code: 'no_answer'; socket: string; write: boolean }
  | { code: 'refused'; problem: Problem }
  | { code: 'not_an_answer'; status: number };

/** `raw` is the body as it came. */
export type Answer<Reply> = { ok: true; reply: Reply; raw: string } | { ok: false; fault: DaemonFault };

export interface RequestParts<Body> {
  parameters?: Record<string, string>;
  query?: Record<string, string | number | undefined>;
  body?: Body;
  /** Never asked a second time: whoever goes away ends what was asked for. */
  once?: boolean;
}

/** The daemon, as the contract's client sees it over the control socket. */
export interface Daemon {
  readonly socket: string;
  ask<Body, Reply>(address: Address<Body, Reply>, parts?: RequestParts<Body>): Promise<Answer<Reply>>;
  /** The events of a stream until it ends. Ends with a fault when there is no stream, or when it breaks. */
  watch(
    address: Address<unknown, unknown>,
    parameters: Record<string, string>,
    options: { lastEventId?: string | undefined; signal: AbortSignal },
    heard: (event: StreamEvent) => void,
  ): Promise<DaemonFault | undefined>;
}

/** Linux allows 108 bytes with the final NUL; connecting to a longer path fails as EINVAL. */
const LONGEST_SOCKET_PATH = 107;

const NO_DAEMON = new Set(['ENOENT', 'ECONNREFUSED', 'EACCES', 'EPERM', 'ENOTDIR', 'ENOTSOCK', 'EINVAL', 'EPROTOTYPE']);

/** `storeIsAway`: called when a reply is of what its node knew last. */
export function controlSocket(socket: string, { storeIsAway = () => {} }: { storeIsAway?: () => void } = {}): Daemon {
  async function ask<Body, Reply>(address: Address<Body, Reply>, parts: RequestParts<Body> = {}): Promise<Answer<Reply>> {
    const write = address.method !== 'GET';
    // The same id both times: if the first request did arrive, its answer comes, and nothing is done twice.
    const headers = write ? { [REQUEST_ID_HEADER]: randomUUID() } : {};
    const first = await attempt<Reply>(address, parts, headers);
    if (first.ok || first.fault.code !== 'no_answer' || parts.once) return first;
    const second = await attempt<Reply>(address, parts, headers);
    // The first request may have been carried out: "no daemon" alone would read as if nothing had been.
    return write && !second.ok && second.fault.code === 'no_daemon' ? first : second;
  }

  async function attempt<Reply>(
    address: Address<unknown, Reply>,
    parts: RequestParts<unknown>,
    headers: Record<string, string>,
  ): Promise<Answer<Reply>> {
    const body = parts.body === undefined ? undefined : JSON.stringify(parts.body);
    const sent = send(socket, address.method, pathOf(address, parts), { ...headers, ...jsonHeaders(body) });
    sent.request.end(body);
    const opened = await sent.response;
    if (!('message' in opened)) return { ok: false, fault: faultOf(opened.error, address.method !== 'GET') };
    if (opened.message.headers[STORE_HEADER.toLowerCase()] !== undefined) storeIsAway();
    const raw = await textOf(opened.message).catch(() => undefined);
    if (raw === undefined) return { ok: false, fault: { code: 'no_answer', socket, write: address.method !== 'GET' } };
    return answerOf<Reply>(opened.message.statusCode ?? 0, raw);
  }

  async function watch(
    address: Address<unknown, unknown>,
    parameters: Record<string, string>,
    { lastEventId, signal }: { lastEventId?: string | undefined; signal: AbortSignal },
    heard: (event: StreamEvent) => void,
  ): Promise<DaemonFault | undefined> {
    const resume = lastEventId === undefined ? {} : { 'Last-Event-ID': lastEventId };
    const headers = { Accept: 'text/event-stream', ...resume };
    const sent = send(socket, address.method, pathOf(address, { parameters }), headers, signal);
    sent.request.end();
    const opened = await sent.response;
    if (!('message' in opened)) return signal.aborted ? undefined : faultOf(opened.error, false);
    if (opened.message.statusCode !== 200) {
      const answer = answerOf(opened.message.statusCode ?? 0, await textOf(opened.message).catch(() => ''));
      return answer.ok ? { code: 'not_an_answer', status: opened.message.statusCode ?? 0 } : answer.fault;
    }
    const read = eventStreamReader();
    opened.message.setEncoding('utf8');
    try {
      for await (const text of opened.message) {
        for (const event of read(text as string)) heard(event);
        if (signal.aborted) return undefined;
      }
      return undefined;
    } catch {
      return signal.aborted ? undefined : { code: 'no_answer', socket, write: false };
    }
  }

  function faultOf(error: NodeJS.ErrnoException, write: boolean): DaemonFault {
    const reason = Buffer.byteLength(socket) > LONGEST_SOCKET_PATH ? 'path_too_long' : (error.code ?? 'unknown');
    if (reason === 'path_too_long' || NO_DAEMON.has(reason)) return { code: 'no_daemon', socket, reason };
    return { code: 'no_answer', socket, write };
  }

  return { socket, ask, watch };
}

function send(socketPath: string, method: string, path: string, headers: Record<string, string>, signal?: AbortSignal) {
  const given = signal === undefined ? {} : { signal };
  // No agent: one connection each, which ends with its answer, so that the process can end too.
  const request: ClientRequest = httpRequest({
    socketPath,
    method,
    path,
    headers: { Host: 'localhost', ...headers },
    agent: false,
    ...given,
  });
  const response = new Promise<{ message: IncomingMessage } | { error: NodeJS.ErrnoException }>((resolve) => {
    request.on('error', (error) => resolve({ error }));
    request.on('response', (message) => resolve({ message }));
  });
  return { request, response };
}

const jsonHeaders = (body: string | undefined): Record<string, string> =>
  body === undefined ? {} : { 'Content-Type': 'application/json', 'Content-Length': String(Buffer.byteLength(body)) };

function pathOf(address: Address<unknown, unknown>, { parameters = {}, query = {} }: RequestParts<unknown>): string {
  const path = address.path.replaceAll(/\{(\w+)\}/g, (_, name: string) => encodeURIComponent(parameters[name] ?? ''));
  const values = Object.entries(query).flatMap(([name, value]): [string, string][] =>
    value === undefined ? [] : [[name, String(value)]],
  );
  return values.length === 0 ? path : `${path}?${new URLSearchParams(values)}`;
}

async function textOf(message: IncomingMessage): Promise<string> {
  message.setEncoding('utf8');
  let text = '';
  for await (const part of message) text += part as string;
  return text;
}

function answerOf<Reply>(status: number, raw: string): Answer<Reply> {
  const body = parsed(raw);
  if (status >= 200 && status < 300) return { ok: true, reply: body as Reply, raw };
  const problem = body as Partial<Problem> | undefined;
  return typeof problem?.title === 'string' && typeof problem.code === 'string'
    ? { ok: false, fault: { code: 'refused', problem: { type: 'about:blank', status, ...problem } as Problem } }
    : { ok: false, fault: { code: 'not_an_answer', status } };
}

/** The JSON, or the text itself where it is none (a summary as text). */
function parsed(raw: string): unknown {
  try {
    return raw === '' ? undefined : JSON.parse(raw);
  } catch {
    return raw;
  }
}
