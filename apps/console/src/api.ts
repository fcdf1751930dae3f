import { type Endpoint, type Problem, problem as problemSchema, REQUEST_ID_HEADER } from '@fallover/contract';
import type { z } from 'zod';

type Part<Key extends string, Schema> = Schema extends z.ZodType ? { [Name in Key]: z.input<Schema> } : unknown;
type Get<E, Key extends string> = E extends { [Name in Key]: infer Schema } ? Schema : undefined;

/** What an endpoint is asked with: only the parts that it has. */
export type Request<E extends Endpoint> = Part<'parameters', Get<E, 'parameters'>> &
  Part<'query', Get<E, 'query'>> &
  Part<'body', Get<E, 'body'>>;
export type Reply<E extends Endpoint> = z.output<E['reply']>;

/** The cluster manager understood and said no, or something failed in it; `problem` has the sentence. */
export class Refused extends Error {
  readonly problem: Problem;
  /** When it may be asked again, where it was asked too often. */
  readonly againAt: Date | undefined;
  constructor(problem: Problem, againAt?: Date) {
    super(problem.title);
    this.name = 'Refused';
    this.problem = problem;
    this.againAt = againAt;
  }
}

/** No answer: whether a write took effect is not known, so the same request id has to go with the next try. */
export class OutOfReach extends Error {
  constructor() {
    super('The cluster manager cannot be reached. Check that it runs (fallover query cluster), then try again.');
    this.name = 'OutOfReach';
  }
}

export interface AskOptions {
  /** Of the user's action; the same on each retry of it. */
  requestId?: string | undefined;
  signal?: AbortSignal | undefined;
}

export async function ask<E extends Endpoint>(endpoint: E, request: Request<E>, options: AskOptions = {}): Promise<Reply<E>> {
  const answer = await send(endpoint, request, options);
  if (endpoint.status === 204 || endpoint.media !== undefined) return undefined as Reply<E>;
  const parsed = endpoint.reply.safeParse(await answer.json().catch(() => undefined));
  if (!parsed.success) throw new Refused(notUnderstood(answer.status));
  return parsed.data as Reply<E>;
}

/** The reply's own bytes, for endpoints that do not answer with JSON. */
export async function askBytes<E extends Endpoint>(
  endpoint: E,
  request: Request<E>,
  options: AskOptions = {},
): Promise<{ bytes: Uint8Array; headers: Headers }> {
  const answer = await send(endpoint, request, options);
  return { bytes: new Uint8Array(await answer.arrayBuffer()), headers: answer.headers };
}

export function urlOf<E extends Endpoint>(endpoint: E, request: Request<E>): string {
  const { parameters = {}, query = {} } = request as { parameters?: Record<string, unknown>; query?: Record<string, unknown> };
  const path = endpoint.path.replace(/\{(\w+)\}/g, (_, name: string) => encodeURIComponent(String(parameters[name])));
  const given = Object.entries(query).filter(([, value]) => value !== undefined && value !== '');
  const search = new URLSearchParams(given.map(([name, value]) => [name, String(value)])).toString();
  return search === '' ? path : `${path}?${search}`;
}

async function send<E extends Endpoint>(endpoint: E, request: Request<E>, options: AskOptions): Promise<Response> {
  const { body } = request as { body?: unknown };
  const headers: Record<string, string> = { Accept: endpoint.media ?? 'application/json' };
  if (body !== undefined) headers['Content-Type'] = 'application/json';
  if (endpoint.method !== 'GET') headers[REQUEST_ID_HEADER] = options.requestId ?? crypto.randomUUID();
  const init: RequestInit = { method: endpoint.method, headers, credentials: 'same-origin' };
  if (body !== undefined) init.body = JSON.stringify(body);
  if (options.signal) init.signal = options.signal;
  let answer: Response;
  try {
    answer = await fetch(urlOf(endpoint, request), init);
  } catch (error) {
    if (options.signal?.aborted) throw error;
    throw new OutOfReach();
  }
  if (!answer.ok) throw await failureOf(answer);
  return answer;
}

async function failureOf(answer: Response): Promise<Error> {
  const parsed = problemSchema.safeParse(await answer.json().catch(() => undefined));
  if (parsed.success) return new Refused(parsed.data, againAt(answer));
  return answer.status >= 502 && answer.status <= 504 ? new OutOfReach() : new Refused(notUnderstood(answer.status));
}

/** `Retry-After` in seconds, as the cluster manager says it. */
function againAt(answer: Response): Date | undefined {
  const seconds = Number(answer.headers.get('Retry-After') ?? Number.NaN);
  return Number.isFinite(seconds) ? new Date(Date.now() + seconds * 1000) : undefined;
}

const notUnderstood = (status: number): Problem => ({
  type: 'about:blank',
  title: 'The cluster manager answered with something that this console does not understand. Reload the page.',
  status,
  code: 'answer_not_understood',
});

export const isRefused = (error: unknown, code: string): boolean => error instanceof Refused && error.problem.code === code;
export const isConflict = (error: unknown): boolean => error instanceof Refused && error.problem.status === 409;
/** What was asked for does not exist, or cannot: to ask again does not help. */
export const isUnknown = (error: unknown): boolean => error instanceof Refused && [400, 404, 422].includes(error.problem.status);
export const isSignedOut = (error: unknown): boolean => error instanceof Refused && error.problem.status === 401;
