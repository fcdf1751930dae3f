import type { Endpoint } from '@fallover/contract';
import type { Result } from '@fallover/events';
import type { RecordedAnswer, WriteRequest } from '@fallover/store';
import type { z } from 'zod';
import type { Principal } from '../access/principal.ts';
import type { EndpointName, EndpointNamed } from './endpoints.ts';
import type { EventStream } from './event-stream.ts';

/** A use case said no. `sentence` is what the administrator reads. */
export interface Refusal {
  code: string;
  status: 400 | 401 | 403 | 404 | 405 | 409 | 413 | 415 | 421 | 429 | 500 | 503;
  sentence: string;
  /** One for each field or line that is wrong. */
  faults?: { code: string; field?: string; line?: number; id?: string; sentence: string }[];
  detail?: string;
  retryAfterSeconds?: number;
}

/** The store had an answer to this request already (its outcome `repeated`); that one is sent, if it is the same request. */
export interface Repeated {
  repeated: RecordedAnswer;
}

type PartOf<E extends Endpoint, Part extends 'parameters' | 'query' | 'body'> = E extends {
  [Key in Part]: infer Schema extends z.ZodType;
}
  ? z.output<Schema>
  : undefined;

/** What was asked, as the endpoint's schemas read it. */
export interface Input<E extends Endpoint> {
  parameters: PartOf<E, 'parameters'>;
  query: PartOf<E, 'query'>;
  body: PartOf<E, 'body'>;
}

/** Starts or ends the session of whoever asks, with its cookie. */
export interface SessionOfRequest {
  start(account: string): void;
  end(): void;
}

export interface Context<E extends Endpoint> {
  /** Nobody, for a public endpoint without a session. */
  principal: E['permission'] extends 'public' ? Principal | undefined : Principal;
  /** Of a change or a run: to be given to the store with its effect. */
  request: E['audit'] extends 'change' | 'run' ? WriteRequest : E['permission'] extends 'step' ? WriteRequest : undefined;
  /**
   * Aborted when the client is gone, for whatever only reads. A write and call-event are not given up half-way: their
   * signal is aborted when the daemon closes; but one whose endpoint `endsWithCaller` is.
   */
  signal: AbortSignal;
  /** Where the request came from; a whole /56 for IPv6, `control socket` for that. */
  address: string;
  session: SessionOfRequest;
}

export interface Bytes {
  headers?: Record<string, string>;
  body: Buffer | string | AsyncIterable<Uint8Array | string>;
}

/**
 * A JSON use case returns its reply, which is checked against the endpoint's schema. A stream's use case refuses before it
 * sends anything, or returns while the stream stays open: until `stream.end()` or the client's end.
 */
export type UseCaseOf<E extends Endpoint> = E extends { media: 'text/event-stream' }
  ? (input: Input<E>, context: Context<E>, stream: EventStream) => Promise<Result<void, Refusal>>
  : E extends { media: string }
    ? (input: Input<E>, context: Context<E>) => Promise<Result<Bytes, Refusal>>
    : (input: Input<E>, context: Context<E>) => Promise<Result<z.input<E['reply']>, Refusal> | Repeated>;

export type UseCase<Name extends EndpointName> = UseCaseOf<EndpointNamed<Name>>;
/** One function for each endpoint of the contract, by the endpoint's name. */
export type UseCases = { [Name in EndpointName]: UseCase<Name> };
