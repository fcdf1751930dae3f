import { Readable } from 'node:stream';
import { pipeline } from 'node:stream/promises';
import { type Endpoint, REQUEST_ID_HEADER } from '@fallover/contract';
import { err, ok, type Result } from '@fallover/events';
import type { WriteRequest } from '@fallover/store';
import type { Request, RequestHandler, Response } from 'express';
import type { AuditEntry, AuditTrail } from '../access/audit.ts';
import { isAllowed, type Principal } from '../access/principal.ts';
import { auditDetail } from './audit-detail.ts';
import { isRecorded, needsRequestId } from './endpoints.ts';
import type { EventStream, EventStreams } from './event-stream.ts';
import { refusedAnswer, sendAnswer, sendRefusal } from './problem.ts';
import { type Parts, readInput } from './read-input.ts';
import { refusal } from './refusals.ts';
import type { Bytes, Refusal, Repeated, SessionOfRequest } from './use-cases.ts';
import { digestOf, isSameRequest, type Performed, type WriteRequests } from './write-requests.ts';

/** What the one gate knows about requests; every endpoint goes through it. */
export interface Gate {
  principalOf(request: Request): Principal | undefined;
  sessionOf(request: Request, response: Response): SessionOfRequest;
  addressOf(request: Request): string;
  /** Whether whoever made the request may still see a stream that it opened. */
  mayStillSee(request: Request, endpoint: Endpoint): boolean;
  audit: Pick<AuditTrail, 'append'>;
  /** What the entry of the definition that a request changes says before it. */
  entryBefore: EntryBefore;
  /** The input with its secrets sealed: from there on nothing has them in clear. */
  sealed(name: string, input: Parts): Parts;
  /** A text for the audit trail without secrets that could not be sealed. */
  withoutSecrets(text: string): string;
  requests: WriteRequests;
  streams: EventStreams;
  /** Aborted when the daemon closes. */
  closing: AbortSignal;
  /** Of something that went wrong while the request itself was answered rightly. */
  report(error: unknown): void;
}

/** Undefined for a request that changes no entry. */
export type EntryBefore = (name: string, input: { parameters: unknown }) => Promise<object | undefined>;

/** Behind this the types of one endpoint do not matter; `UseCases` has checked them. */
export type AnyUseCase = (input: unknown, context: unknown, stream?: EventStream) => Promise<Result<unknown, Refusal> | Repeated>;

/** Denies unless the endpoint's data allows. It comes first, so that nobody else's body is even read. */
export const permit =
  (endpoint: Endpoint, gate: Gate): RequestHandler =>
  (request, response, next) => {
    const principal = gate.principalOf(request);
    if (isAllowed(principal, endpoint.permission)) return next();
    if (endpoint.permission === 'step') return sendRefusal(response, refusal({ code: 'only_over_control_socket' }));
    if (!principal) return sendRefusal(response, refusal({ code: 'not_signed_in' }));
    const { name, role } = principal;
    return sendRefusal(response, refusal({ code: 'not_permitted', name, role, needed: endpoint.permission }));
  };

export function answer(name: string, endpoint: Endpoint, useCase: AnyUseCase, gate: Gate): RequestHandler {
  return async (request, response) => {
    const principal = gate.principalOf(request);
    const read = readInput(endpoint, { parameters: request.params, query: request.query, body: request.body });
    if (!read.ok) return sendRefusal(response, read.error);
    const input = { value: gate.sealed(name, read.value) };
    const write = requestOf(endpoint, request, principal);
    if (!write.ok) return sendRefusal(response, write.error);

    const context = {
      principal,
      request: write.value,
      signal: write.value && !endpoint.endsWithCaller ? gate.closing : AbortSignal.any([gate.closing, goneSignal(response)]),
      address: gate.addressOf(request),
      session: gate.sessionOf(request, response),
    };

    if (endpoint.media === 'text/event-stream') {
      const stream = gate.streams.start(request, response, { stillAllowed: () => gate.mayStillSee(request, endpoint) });
      const opened = await useCase(input.value, context, stream);
      if (!('ok' in opened) || opened.ok) return stream.open();
      return sendRefusal(response, opened.error);
    }
    if (endpoint.media) {
      const found = (await useCase(input.value, context)) as Result<Bytes, Refusal>;
      return found.ok ? sendBytes(endpoint, response, found.value) : sendRefusal(response, found.error);
    }

    const work = async () => {
      const done = await audited(name, endpoint, request, input.value, context, gate, () =>
        performed(endpoint, useCase, input.value, context),
      );
      const retryAfter = done.refusal?.retryAfterSeconds;
      if (retryAfter !== undefined) response.set('Retry-After', String(retryAfter));
      return done;
    };
    if (!write.value) {
      const done = await work();
      return done.refusal ? sendRefusal(response, done.refusal) : sendAnswer(response, done.answer);
    }
    const outcome = await gate.requests.once(write.value, isRecorded(endpoint), work);
    if ('reused' in outcome) return sendRefusal(response, refusal({ code: 'request_id_reused', id: write.value.id }));
    return sendAnswer(response, outcome.answer);
  };
}

interface Done extends Performed {
  refusal?: Refusal;
}

async function performed(endpoint: Endpoint, useCase: AnyUseCase, input: unknown, context: CallContext): Promise<Done> {
  const result = await useCase(input, context);
  if ('repeated' in result) {
    const { repeated } = result;
    if (context.request && isSameRequest(context.request, repeated)) return { answer: repeated, record: false };
    return refused(refusal({ code: 'request_id_reused', id: context.request?.id ?? '' }), false);
  }
  if (!result.ok) return refused(result.error, result.error.status < 500 && result.error.status !== TOO_MANY_REQUESTS);
  const reply = endpoint.reply.safeParse(result.value);
  if (!reply.success) throw new Error(`The reply is not as the contract says: ${reply.error.message}`);
  return { answer: { status: endpoint.status ?? 200, body: JSON.stringify(reply.data) ?? '' }, record: true };
}

/** The same request may be taken the next time. */
const TOO_MANY_REQUESTS = 429;

const refused = (refusal: Refusal, record: boolean): Done => ({ answer: refusedAnswer(refusal), record, refusal });

interface CallContext {
  principal: Principal | undefined;
  request: WriteRequest | undefined;
  address: string;
}

/** The intent is durable before the use case is asked, so that no effect is without it; the outcome follows. */
async function audited(
  name: string,
  endpoint: Endpoint,
  request: Request,
  input: Parts,
  { principal, request: write, address }: CallContext,
  gate: Gate,
  work: () => Promise<Done>,
): Promise<Done> {
  if (endpoint.audit === 'none') return work();
  const line = {
    principal: principal?.name ?? 'not signed in',
    via: principal?.via ?? 'network',
    action: name,
    target: request.originalUrl.slice(0, LONGEST_TARGET),
    address,
    ...(write ? { requestId: write.id } : {}),
  };
  // A definition that cannot be read is for the use case to tell.
  const before = await gate.entryBefore(name, input).catch(() => undefined);
  gate.audit.append({ ...line, phase: 'intent', detail: detailOf(name, endpoint, { ...input, before }, address, gate) });
  const effect = (outcome: string, detail?: string) => {
    const told: AuditEntry = { ...line, phase: 'effect', outcome, ...(detail === undefined ? {} : { detail }) };
    // The effect is there by now; a trail that cannot be written does not turn it into a refusal.
    try {
      gate.audit.append(told);
    } catch (error) {
      gate.report(error);
    }
  };
  try {
    const done = await work();
    if (done.refusal) effect(done.refusal.code, done.refusal.sentence);
    else effect('done');
    return done;
  } catch (error) {
    effect('fault', 'What came of it is not known; the log of the daemon tells more.');
    throw error;
  }
}

const LONGEST_TARGET = 2048;

const UUID = /^[0-9a-f]{8}-(?:[0-9a-f]{4}-){3}[0-9a-f]{12}$/;

function requestOf(
  endpoint: Endpoint,
  request: Request,
  principal: Principal | undefined,
): Result<WriteRequest | undefined, Refusal> {
  if (!principal || !needsRequestId(endpoint)) return ok(undefined);
  const text = request.get(REQUEST_ID_HEADER);
  if (text === undefined) return err(refusal({ code: 'request_id_missing' }));
  const id = text.toLowerCase();
  if (!UUID.test(id)) return err(refusal({ code: 'request_id_not_uuid', text: text.slice(0, 100) }));
  return ok({ id, principal: principal.name, digest: digestOf(request.method, request.originalUrl, request.body) });
}

function goneSignal(response: Response): AbortSignal {
  const gone = new AbortController();
  response.once('close', () => gone.abort());
  return gone.signal;
}

async function sendBytes(endpoint: Endpoint, response: Response, { headers = {}, body }: Bytes): Promise<void> {
  response.status(endpoint.status ?? 200);
  response.set('Content-Type', endpoint.media === 'text/plain' ? 'text/plain; charset=utf-8' : String(endpoint.media));
  response.set(headers);
  if (typeof body === 'string' || Buffer.isBuffer(body)) {
    response.end(body);
    return;
  }
  // A client that goes away in the middle is no fault of the daemon.
  await pipeline(Readable.from(body), response).catch((error: unknown) => {
    if (!isPrematureClose(error)) throw error;
  });
}

const isPrematureClose = (error: unknown): boolean =>
  error instanceof Error && 'code' in error && error.code === 'ERR_STREAM_PREMATURE_CLOSE';

/** An imported file is kept as it was read: its secrets are not sealed yet. */
function detailOf(
  name: string,
  endpoint: Endpoint,
  input: Parameters<typeof auditDetail>[2],
  address: string,
  gate: Gate,
): string {
  const detail = auditDetail(name, endpoint, input, address);
  return name === 'importConfiguration' ? gate.withoutSecrets(detail) : detail;
}
